package assignment;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.event.Level;

/**
 * What can happen to a session or to our counts. The scripts record each under its name in lower case, in the history and in
 * their answers; what people read of it, and what
 * counts it, stands here and nowhere else.
 */
public enum Event {
    CAME(null, "{customer} came"),
    WAITS(Level.INFO, "{customer} keeps waiting: {reason}"),
    CHOSEN(null, "{agent} is chosen: {why}"),
    ASSIGNED(
            Level.INFO,
            "Assigned {customer} to {agent} ({customers} of {capacity})",
            "assignments",
            "Sessions that got an agent"),
    SENT_ON(Level.INFO, "{by} sent {customer} on from {from} to the next agent in turn"),
    RELEASED(Level.INFO, "{by} took {customer} back from {agent}: back in line"),
    PRIORITIZED(Level.INFO, "{by} let {customer} be the next"),
    UNANSWERED(Level.INFO, "{customer} has had no answer from {from} for {unanswered}, and is to be moved"),
    MOVED(Level.INFO, "{customer} moved from {from} to {to}, unanswered for {unanswered}"),
    KEPT(Level.INFO, "{customer} stays with {agent}: {reason}"),
    PAUSED(Level.WARN, "{agent} gets no new chats: {silent} in a row were moved because they did not answer"),
    RESUMED(Level.INFO, "{agent} gets new chats again: {how}"),
    CAPACITY_SET(Level.INFO, "{by} changed the capacity of {agent} from {before} to {after}"),
    SET_BACK(Level.WARN, "{customer} is back in line: {reason}"),
    DOUBTED(
            Level.WARN,
            "Unclear whether {customer} was assigned: {reason}",
            "doubts",
            "Assign calls of which nobody knew at once whether they took effect"),
    RECOVERED(Level.WARN, "{customer} is back in line: its claim had no reservation"),
    PARKED(Level.ERROR, "{customer} is parked: {reason}", "parked", "Sessions that were put aside for a human"),
    UNPARKED(Level.INFO, "{customer} is no longer parked: {how}"),
    DROPPED(
            Level.INFO,
            "{customer} no longer needs an agent: {reason}",
            "dropped",
            "Sessions that turned out to need no agent from us any more"),
    RESOLVED(Level.INFO, "{customer} is resolved, {agent} has {count} left"),
    STALE(
            Level.WARN,
            "{customer} is no longer served, {agent} has {count} left",
            "stale.rooms",
            "Rooms that we held and nobody served any more: a resolve was lost"),
    HANDED_OVER(Level.INFO, "{customer} was transferred from {from} to {agent}"),
    CORRECTED(
            Level.WARN,
            "Corrected the customer counts of {agents} agents",
            "count.corrections",
            "Customer counts that were not the number of the agent's rooms"),
    REPAIRED(Level.WARN, "Repaired {sessions} sessions that were missing from their line"),
    KEY_REPLACED(Level.WARN, "{key} was written over in Redis: that is kept as {aside}, ours is empty now");

    /** Where an operator wanted it. */
    private static final Map<Event, String> BY_HAND = Map.of(
            CHOSEN, "{by} chose {agent} for {customer}",
            ASSIGNED, "Assigned {customer} to {agent} ({customers} of {capacity}), whom {by} chose",
            MOVED, "{customer} moved from {from} to {to}, as {by} wanted",
            UNPARKED, "{customer} is no longer parked: {how}, by {by}");

    private static final Pattern FIELD = Pattern.compile("\\{(\\w+)}");

    private final Level level;
    private final String sentence;
    private final String metric;
    private final String counts;

    Event(Level level, String sentence) {
        this(level, sentence, null, null);
    }

    Event(Level level, String sentence, String metric, String counts) {
        this.level = level;
        this.sentence = sentence;
        this.metric = metric;
        this.counts = counts;
    }

    /** @return null: it is no line of the log */
    Level level() {
        return level;
    }

    /** The name of the counter, without its prefix; null: it is not counted. */
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

    /** What the history says of an event in words; its id if another version of the program recorded it. */
    public static String tell(String id, String room, Map<String, Object> data) {
        return Arrays.stream(values())
                .filter(event -> event.id().equals(id))
                .findFirst()
                .map(event -> event.sentence(room, data))
                .orElse(id);
    }

    /** @param room null for what concerns no room @param data what the script recorded */
    String sentence(String room, Map<String, Object> data) {
        String words = sentence;
        if (this == RESOLVED && !data.containsKey("agent_id")) {
            words = "{customer} was resolved while waiting and left the line";
        } else if (this == ASSIGNED && !data.containsKey("capacity")) {
            // A version before 2 reserved it.
            words = "Assigned {customer} to {agent}";
        } else if (data.containsKey("by") && BY_HAND.containsKey(this)) {
            words = BY_HAND.get(this);
        } else if (this == CAPACITY_SET && !data.containsKey("agent_id")) {
            words = "{by} changed the capacity of all agents from {before} to {after}";
        } else if (this == PAUSED && data.containsKey("by")) {
            words = "{by} paused {agent}"
                    + (data.get("until") instanceof Number ? " until {until}" : "")
                    + (data.containsKey("reason") ? ": {reason}" : "");
        }
        return FIELD.matcher(words)
                .replaceAll(field -> Matcher.quoteReplacement(
                        switch (field.group(1)) {
                            case "customer" -> DisplayNames.customer(text(data, "name"), room);
                            case "agent" -> DisplayNames.agent(text(data, "agent_name"), text(data, "agent_id"));
                            case "customers" -> customers(data);
                            case "from" ->
                                DisplayNames.agent(
                                        text(data, "from_name"),
                                        text(data, data.containsKey("from") ? "from" : "from_id"));
                            case "to" -> DisplayNames.agent(text(data, "to_name"), text(data, "to"));
                            case "until" -> time(data.get("until"));
                            case "before", "after" ->
                                data.get(field.group(1)) instanceof Number number
                                        ? Long.toString(number.longValue())
                                        : "that of all";
                            case "unanswered" -> minutes(data.get("unanswered"));
                            default -> String.valueOf(data.getOrDefault(field.group(1), "?"));
                        }));
    }

    /** From the certain number to the possible one: Qiscus may not show yet that a customer is gone. */
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
