package assignment;

import java.util.Map;
import org.slf4j.event.Level;

/**
 * One event, with what it is about.
 *
 * @param room null for what concerns no room
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

    /** Null: it is no line of the log. What an operator does is one, and never a warning. */
    public Level level() {
        return data.containsKey("by") ? Level.INFO : event.level();
    }

    /** How often it happened at once. */
    public long times() {
        return event == Event.CORRECTED ? number("agents") : 1;
    }

    /** The sentence for the log, and for the caller whose request made it happen. */
    @Override
    public String toString() {
        return event.sentence(room, data);
    }
}
