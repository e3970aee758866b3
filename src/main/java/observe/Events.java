package observe;

import assignment.Event;
import assignment.RecordedEvent;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Logs and counts each event after it has happened. */
public class Events implements Consumer<RecordedEvent> {
    private static final Logger LOG = LoggerFactory.getLogger("event");

    private final Meters meters;

    public Events(Meters meters) {
        this.meters = meters;
    }

    @Override
    public void accept(RecordedEvent happening) {
        meters.happened(happening);
        // The same setback, repeated, is logged once.
        boolean repeats =
                happening.event() == Event.SET_BACK && !happening.data().containsKey("news");
        if (happening.level() != null && !repeats) {
            LoggingEventBuilder line = LOG.atLevel(happening.level())
                    .addKeyValue("event", happening.event().id());
            add(line, "room_id", happening.room());
            for (String field : new String[] {"channel", "agent_id", "by", "reason", "outcome", "count"}) {
                add(line, field, happening.data().get(field));
            }
            line.log(happening.toString());
        }
    }

    private static void add(LoggingEventBuilder line, String field, Object value) {
        if (value != null) {
            line.addKeyValue(field, value);
        }
    }
}
