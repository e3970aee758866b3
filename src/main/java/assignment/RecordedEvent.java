package assignment;

import java.util.Map;
import org.slf4j.event.Level;

/**
 * One event and its data.
 *
 * @param room null if the event concerns no room
 * @param data what the script recorded, as the history has it
 */
public record RecordedEvent(Event event, String room, Map<String, Object> data) {

    public String text(String field) {
        return data.get(field) instanceof String text ? text : null;
    }

    /** @return 0 if there is no such number */
    public long number(String field) {
        return data.get(field) instanceof Number number ? number.longValue() : 0;
    }

    /** Null: the event is not logged. What an operator does is logged, but never as a warning. */
    public Level level() {
        return data.containsKey("by") ? Level.INFO : event.level();
    }

    /** How often it happened, for the counter. */
    public long times() {
        return event == Event.CORRECTED ? number("agents") : 1;
    }

    /** The sentence for the log, and for the caller whose request caused it. */
    @Override
    public String toString() {
        return event.sentence(room, data);
    }
}
