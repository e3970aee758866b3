package qiscus;

import assignment.English;
import assignment.Message;
import assignment.Message.Sender;
import assignment.QiscusFault;
import assignment.RoomNews;
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

/** The newest messages of a room, where Qiscus tells them. Bound as a bean. */
public class RoomMessages {
    private static final Duration AFTER_A_REFUSAL = Duration.ofHours(1);
    private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(10);

    private final Clock steady;
    private Instant askNotBefore = Instant.MIN;

    public RoomMessages(Clock steady) {
        this.steady = steady;
    }

    /** Whether there is use in asking: not for a while after Qiscus did not tell them. */
    public synchronized boolean mayAsk() {
        return !steady.instant().isBefore(askNotBefore);
    }

    /** @return null, for there are none */
    public synchronized RoomPage notTold(Exception failure) {
        boolean isRefusal = failure instanceof QiscusFault fault && fault.isRefusal();
        askNotBefore = steady.instant().plus(isRefusal ? AFTER_A_REFUSAL : AFTER_A_FAILURE);
        return null;
    }

    /**
     * @param customerId whose messages are the customer's; null if that is not known
     * @param date of Qiscus's answer, as HTTP has it; may be null
     * @return null if one of them cannot be read
     * @throws QiscusFault if these are no messages
     */
    public RoomPage page(JsonNode answer, String roomId, String customerId, String date) {
        JsonNode results = answer == null ? null : answer.get("results");
        List<JsonNode> told = results == null ? null : Loose.list(results, "comments", answer.get("error"));
        if (told == null || told.isEmpty()) {
            throw new QiscusFault(200, English.say("reason.no_messages"), null);
        }
        record Numbered(long id, Message message) {}
        List<Numbered> messages = new ArrayList<>();
        for (JsonNode comment : told) {
            Optional<Instant> at = Loose.time(comment.get("timestamp"));
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
                List.of(new RoomNews(roomId, customerId, false, false, newestFirst.get(0))),
                newestFirst,
                answered == null ? null : Long.valueOf(answered.toEpochMilli()),
                1,
                false);
    }

    /** Null if it could be the customer or another. */
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
