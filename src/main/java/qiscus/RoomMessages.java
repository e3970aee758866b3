package qiscus;

import assignment.English;
import assignment.ListedRoom;
import assignment.Message;
import assignment.Message.Sender;
import assignment.QiscusFault;
import assignment.RoomPage;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The newest messages of a room, if Qiscus shows them. Bound as a bean. */
public class RoomMessages {
    private static final Duration AFTER_A_REFUSAL = Duration.ofHours(1);
    private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(10);

    private final Clock steady;
    private Instant askNotBefore = Instant.MIN;

    public RoomMessages(Clock steady) {
        this.steady = steady;
    }

    /** Whether to ask for messages: not for a while after Qiscus did not show them. */
    public synchronized boolean mayAsk() {
        return !steady.instant().isBefore(askNotBefore);
    }

    /** @return null, because there are none */
    public synchronized RoomPage notTold(Exception failure) {
        boolean isRefusal = failure instanceof QiscusFault fault && fault.isRefusal();
        askNotBefore = steady.instant().plus(isRefusal ? AFTER_A_REFUSAL : AFTER_A_FAILURE);
        return null;
    }

    /**
     * @param customerId to recognise the customer's messages; null if unknown
     * @param date the header of Qiscus's answer; may be null
     * @return null if one of the messages cannot be read
     * @throws QiscusFault if the answer has no messages
     */
    public RoomPage page(JsonNode answer, String roomId, String customerId, String date) {
        JsonNode results = answer == null ? null : answer.get("results");
        List<JsonNode> told = results == null ? null : LenientJson.list(results, "comments", answer.get("error"));
        if (told == null || told.isEmpty()) {
            throw new QiscusFault(200, English.say("reason.no_messages"), null);
        }
        record Numbered(long id, Message message) {}
        List<Numbered> messages = new ArrayList<>();
        for (JsonNode comment : told) {
            Optional<Instant> at = LenientJson.time(comment.get("timestamp"));
            Sender sender = sender(comment, customerId);
            if (at.isEmpty() || sender == null) {
                return null;
            }
            messages.add(new Numbered(
                    comment.path("id").asLong(), new Message(sender, at.get().toEpochMilli())));
        }
        messages.sort(Comparator.comparing((Numbered one) -> one.message().at())
                .thenComparing(Numbered::id)
                .reversed());
        List<Message> newestFirst = messages.stream().map(Numbered::message).toList();
        Instant answered = HttpDate.time(date);
        return new RoomPage(
                List.of(new ListedRoom(roomId, customerId, false, false, newestFirst.get(0))),
                newestFirst,
                answered == null ? null : Long.valueOf(answered.toEpochMilli()),
                1,
                false);
    }

    /** Null if it may or may not be the customer. */
    private static Sender sender(JsonNode comment, String customerId) {
        if ("system_event".equals(comment.path("type").asText())) {
            return Sender.SYSTEM;
        }
        JsonNode user = comment.path("user");
        String userId = user.path("user_id").asText("");
        String type = user.path("extras").path("type").asText("").strip().toLowerCase(Locale.ROOT);
        if ("customer".equals(type) || !userId.isEmpty() && userId.equals(customerId)) {
            return Sender.CUSTOMER;
        }
        return type.isEmpty() && customerId == null ? null : Sender.ANSWER;
    }
}
