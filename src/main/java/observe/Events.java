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
    public void accept(RecordedEvent recorded) {
        meters.count(recorded);
        // The same setback, repeated, is logged once.
        boolean repeats = recorded.event() == Event.SET_BACK && !recorded.data().containsKey("news");
        if (recorded.level() != null && !repeats) {
            LoggingEventBuilder line = LOG.atLevel(recorded.level())
                    .addKeyValue("event", recorded.event().id());
            add(line, "room_id", recorded.room());
            for (String field : new String[] {"channel", "agent_id", "by", "reason", "outcome", "count"}) {
                add(line, field, recorded.data().get(field));
            }
            line.log(recorded.toString());
        }
    }

    private static void add(LoggingEventBuilder line, String field, Object value) {
        if (value != null) {
            line.addKeyValue(field, value);
        }
    }
}
