package assignment;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.event.Level;

/**
 * What can happen to a session or to our counts. The scripts record each under its name in lower case, in the history and in
 * their answers; what people read of it stands here and nowhere else.
 */
public enum Event {
    CAME(null, ""),
    WAITS(Level.INFO, "{customer} keeps waiting: {reason}"),
    CHOSEN(null, ""),
    ASSIGNED(Level.INFO, "Assigned {customer} to {agent} ({customers} of {capacity})"),
    SET_BACK(Level.WARN, "{customer} is back in line: {reason}"),
    DOUBTED(Level.WARN, "Unclear whether {customer} was assigned: {reason}"),
    RECOVERED(Level.WARN, "{customer} is back in line: its claim had no reservation"),
    PARKED(Level.ERROR, "{customer} is parked: {reason}"),
    UNPARKED(Level.INFO, "{customer} is no longer parked: {how}"),
    DROPPED(Level.INFO, "{customer} no longer needs an agent: {reason}"),
    RESOLVED(Level.INFO, "{customer} is resolved, {agent} has {count} left"),
    STALE(Level.WARN, "{customer} is no longer served, {agent} has {count} left"),
    HANDED_OVER(Level.INFO, "{customer} was transferred from {from} to {agent}"),
    CORRECTED(Level.WARN, "Corrected the customer counts of {agents} agents"),
    REPAIRED(Level.WARN, "Repaired {sessions} sessions that were missing from their line"),
    KEY_REPLACED(Level.WARN, "{key} was written over in Redis: that is kept as {aside}, ours is empty now");

    private static final Pattern FIELD = Pattern.compile("\\{(\\w+)}");

    private final Level level;
    private final String sentence;

    Event(Level level, String sentence) {
        this.level = level;
        this.sentence = sentence;
    }

    /** @return null: it is no line of the log */
    public Level level() {
        return level;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Event of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }

    /** @param room null for what concerns no room @param data what the script recorded */
    String sentence(String room, Map<String, Object> data) {
        String words = sentence;
        if (this == RESOLVED && !data.containsKey("agent_id")) {
            words = "{customer} was resolved while waiting and left the line";
        } else if (this == ASSIGNED && !data.containsKey("capacity")) {
            // A version before 2 reserved it.
            words = "Assigned {customer} to {agent}";
        }
        return FIELD.matcher(words)
                .replaceAll(field -> Matcher.quoteReplacement(
                        switch (field.group(1)) {
                            case "customer" -> Words.customer((String) data.get("name"), room);
                            case "agent" -> Words.agent((String) data.get("agent_name"), (String) data.get("agent_id"));
                            case "from" -> Words.agent((String) data.get("from_name"), (String) data.get("from_id"));
                            default -> String.valueOf(data.get(field.group(1)));
                        }));
    }
}
