package simulator;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A customer's room in the simulated Qiscus, with its open service. Saved field by field. */
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
class SimulatedRoom {
    private static final int MOST_MESSAGES = 100;

    private String id;
    private String name;
    private Simulator.Channel channel;
    private String serviceId;
    private String previousServiceId;
    private List<String> agentIds = new ArrayList<>();
    private boolean resolved = true;
    private long asked;
    private long lastWrote;
    private long servedUntil;
    private long answeredAt;
    private long answerDue;
    /** The newest message is last. */
    private List<Said> messages = new ArrayList<>();

    /** @param sender {@code customer}, {@code agent} or {@code system} */
    record Said(String sender, long at) {}

    SimulatedRoom() {}

    SimulatedRoom(String id, String name, Simulator.Channel channel) {
        this.id = id;
        this.name = name;
        this.channel = channel;
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    List<String> agentIds() {
        return agentIds;
    }

    long asked() {
        return asked;
    }

    long lastWrote() {
        return lastWrote;
    }

    /** In some rooms the agent can be neither removed nor replaced. */
    boolean isFixed() {
        return Long.parseLong(id) % 20 == 0;
    }

    /** In some rooms the agent can be replaced, but not removed. */
    boolean isOnlyReplaced() {
        return Long.parseLong(id) % 10 == 1;
    }

    boolean isResolved() {
        return resolved;
    }

    boolean isServed() {
        return !resolved && !agentIds.isEmpty();
    }

    boolean isUnserved() {
        return !resolved && agentIds.isEmpty();
    }

    /** Qiscus shows a room as waiting until an agent's first answer. */
    boolean isWaiting() {
        return isUnserved() || isServed() && answeredAt == 0;
    }

    /** The agent is about to write. */
    boolean isAnswerDue(long now) {
        return isServed() && answeredAt == 0 && answerDue <= now;
    }

    /** The agent has finished. */
    boolean isDone(long now) {
        return isServed() && answeredAt != 0 && servedUntil <= now;
    }

    void open(String newServiceId, long now) {
        previousServiceId = serviceId;
        serviceId = newServiceId;
        resolved = false;
        asked = now;
    }

    void serve(String agentId, long firstAnswer, long until, long now) {
        agentIds.add(agentId);
        answeredAt = 0;
        answerDue = firstAnswer;
        servedUntil = until;
        says("system", now);
    }

    /** An agent writes to the customer. */
    void answer(long now) {
        answeredAt = now;
        says("agent", now);
    }

    void resolve(long now) {
        agentIds.clear();
        resolved = true;
        says("system", now);
    }

    private void says(String sender, long now) {
        messages.add(new Said(sender, now));
        if (messages.size() > MOST_MESSAGES) {
            messages.remove(0);
        }
    }

    private Said lastMessage() {
        return messages.isEmpty() ? new Said("customer", lastWrote) : messages.get(messages.size() - 1);
    }

    long lastMessageAt() {
        return lastMessage().at();
    }

    /** The messages in the form of {@code load_comments}, the newest first. */
    List<Map<String, Object>> messages() {
        List<Map<String, Object>> newestFirst = new ArrayList<>();
        for (int i = messages.size() - 1; i >= 0; i--) {
            Said said = messages.get(i);
            boolean isCustomers = said.sender().equals("customer");
            newestFirst.add(Map.of(
                    "id",
                    i + 1,
                    "timestamp",
                    time(said.at()),
                    "type",
                    said.sender().equals("system") ? "system_event" : "text",
                    "user",
                    Map.of(
                            "user_id",
                            isCustomers ? customerId() : "agent@example.com",
                            "extras",
                            isCustomers ? Map.of() : Map.of("type", said.sender()))));
        }
        return newestFirst;
    }

    private String customerId() {
        return "customer-" + id + "@example.com";
    }

    /** Qiscus's timestamps have whole seconds. */
    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The customer writes. @return the body of the custom-agent-allocation webhook, as of 2025 */
    Map<String, Object> write(long now) {
        lastWrote = now;
        says("customer", now);
        Map<String, Object> json = new LinkedHashMap<>();
        // Without an app id, because the program under test has its own.
        json.put("source", channel.source());
        json.put("channel", channel);
        json.put("name", name);
        json.put("email", customerId());
        json.put("avatar_url", null);
        json.put("extras", "{\"timezone_offset\":7}");
        json.put("is_new_session", true);
        // About the previous service, as with Qiscus.
        json.put("is_resolved", previousServiceId != null);
        json.put(
                "latest_service",
                previousServiceId == null
                        ? null
                        : Map.of("id", Long.valueOf(previousServiceId), "room_id", id, "is_resolved", true));
        json.put("room_id", id);
        json.put("candidate_agent", null);
        return json;
    }

    /** The body of the mark-as-resolved webhook. */
    Map<String, Object> resolvedBy(Map<String, Object> resolver) {
        Map<String, Object> service = new LinkedHashMap<>();
        service.put("id", Long.valueOf(serviceId));
        service.put("room_id", id);
        service.put("is_resolved", true);
        service.put("notes", null);
        service.put("first_comment_id", "1");
        service.put("last_comment_id", "2");
        service.put("source", channel.source());
        return Map.of(
                "customer",
                Map.of("name", name, "additional_info", List.of()),
                "resolved_by",
                resolver,
                "service",
                service,
                "channel",
                channel);
    }

    /** The service that an assignment opens. */
    Map<String, Object> service() {
        return Map.of("room_id", id, "user_id", Long.valueOf(agentIds.get(0)), "is_resolved", false);
    }

    /** The room in the form of {@code customer_rooms}. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("room_id", id);
        json.put("name", name);
        json.put("channel_id", channel.id());
        json.put("source", channel.source());
        json.put("is_resolved", resolved);
        json.put("is_waiting", isWaiting());
        json.put("last_customer_timestamp", Instant.ofEpochMilli(asked).toString());
        json.put("user_id", customerId());
        json.put("last_comment_sender_type", lastMessage().sender());
        json.put("last_comment_timestamp", time(lastMessageAt()));
        return json;
    }
}
