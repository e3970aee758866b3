package assignment;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.event.Level;

/**
 * What can happen to a session or to our counts. The scripts record each event under its name in lower case, in the
 * history and in their answers. This enum says what each event counts; the words files have the sentences, under the
 * same names.
 */
public enum Event {
    CAME(null),
    WAITS(Level.INFO),
    CHOSEN(null),
    ASSIGNED(Level.INFO, "assignments", "Sessions that got an agent"),
    SENT_ON(Level.INFO),
    RELEASED(Level.INFO),
    PRIORITIZED(Level.INFO),
    UNANSWERED(Level.INFO),
    MOVED(Level.INFO),
    KEPT(Level.INFO),
    PAUSED(Level.WARN),
    RESUMED(Level.INFO),
    CAPACITY_SET(Level.INFO),
    SET_BACK(Level.WARN),
    DOUBTED(Level.WARN, "doubts", "Assign calls that may or may not have taken effect"),
    RECOVERED(Level.WARN),
    PARKED(Level.ERROR, "parked", "Sessions that were set aside for a human"),
    UNPARKED(Level.INFO),
    DROPPED(Level.INFO, "dropped", "Sessions that no longer need an agent from us"),
    RESOLVED(Level.INFO),
    STALE(Level.WARN, "stale.rooms", "Rooms that we held although no agent served them: a resolve was lost"),
    HANDED_OVER(Level.INFO),
    CORRECTED(Level.WARN, "count.corrections", "Customer counts that differed from the number of the agent's rooms"),
    REPAIRED(Level.WARN),
    KEY_REPLACED(Level.WARN);

    /** These have another sentence when an operator caused them. */
    private static final Set<Event> BY_HAND = Set.of(CHOSEN, ASSIGNED, MOVED, UNPARKED);

    private final Level level;
    private final String metric;
    private final String counts;

    Event(Level level) {
        this(level, null, null);
    }

    Event(Level level, String metric, String counts) {
        this.level = level;
        this.metric = metric;
        this.counts = counts;
    }

    /** @return null: the event is not logged */
    Level level() {
        return level;
    }

    /** The name of the counter, without its prefix; null: the event is not counted. */
    public String metric() {
        return metric;
    }

    /** What that counter counts. */
    public String counts() {
        return counts;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Event of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }

    /** The sentence of an event in the history; its id if another version of the program recorded it. */
    public static String describe(String id, String room, Map<String, Object> data) {
        return Arrays.stream(values())
                .filter(event -> event.id().equals(id))
                .findFirst()
                .map(event -> event.sentence(room, data))
                .orElse(id);
    }

    /** @param room null if the event concerns no room @param data what the script recorded */
    String sentence(String room, Map<String, Object> data) {
        return English.fill("event." + variant(data), field -> switch (field) {
            case "customer" -> DisplayNames.customer(text(data, "name"), room);
            case "agent" -> DisplayNames.agent(text(data, "agent_name"), text(data, "agent_id"));
            case "customers" -> customers(data);
            case "from" ->
                DisplayNames.agent(text(data, "from_name"), text(data, data.containsKey("from") ? "from" : "from_id"));
            case "to" -> DisplayNames.agent(text(data, "to_name"), text(data, "to"));
            case "until" -> time(data.get("until"));
            case "before", "after" ->
                data.get(field) instanceof Number number
                        ? Long.toString(number.longValue())
                        : English.say("name.capacity_of_all");
            case "unanswered" -> minutes(data.get("unanswered"));
            default -> String.valueOf(data.getOrDefault(field, "?"));
        });
    }

    /** Which of its sentences fits the data. */
    private String variant(Map<String, Object> data) {
        if (this == RESOLVED && !data.containsKey("agent_id")) {
            return "resolved_waiting";
        } else if (this == ASSIGNED && !data.containsKey("capacity")) {
            // A version before 2 reserved it.
            return "assigned_before_2";
        } else if (this == CAPACITY_SET && !data.containsKey("agent_id")) {
            return "capacity_set_of_all";
        } else if (this == PAUSED && data.containsKey("by")) {
            return "paused_by"
                    + (data.get("until") instanceof Number ? "_until" : "")
                    + (data.containsKey("reason") ? "_for" : "");
        }
        return BY_HAND.contains(this) && data.containsKey("by") ? id() + "_by" : id();
    }

    /** From the certain number to the possible one: Qiscus shows late that a customer is gone. */
    private static String customers(Map<String, Object> data) {
        String customers = String.valueOf(data.getOrDefault("customers", "?"));
        return data.get("certain") instanceof Number certain
                        && data.get("customers") instanceof Number possible
                        && certain.longValue() < possible.longValue()
                ? certain + "-" + customers
                : customers;
    }

    /** Minutes and seconds, as on a clock. */
    private static String minutes(Object milliseconds) {
        long seconds = milliseconds instanceof Number number ? number.longValue() / 1000 : 0;
        return "%d:%02d".formatted(seconds / 60, seconds % 60);
    }

    private static String time(Object milliseconds) {
        return milliseconds instanceof Number number
                ? Instant.ofEpochMilli(number.longValue()).toString()
                : "?";
    }

    private static String text(Map<String, Object> data, String field) {
        return data.get(field) instanceof String text ? text : null;
    }
}
