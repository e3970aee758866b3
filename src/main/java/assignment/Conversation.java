package assignment;

import java.util.List;

/**
 * The newest messages of a room without gaps, the newest first.
 *
 * @param newest with times by our clock, rather too late than too early
 */
public record Conversation(List<Message> newest) {
    /** Qiscus writes "The agent joined this conversation" at most this long after the agent joins. */
    private static final long JOINING = 5_000;

    /**
     * Since when the customer has waited for an answer: since the assignment or since their last message, whichever is
     * later.
     *
     * @return null if the customer has an answer, or if we cannot tell
     */
    public Long unansweredSince(WatchedRoom room) {
        if (newest.isEmpty() || newest.get(0).sender() == Message.Sender.ANSWER) {
            // The time of that answer does not matter: no message came after it.
            return null;
        }
        Long wrote = null;
        for (Message message : newest) {
            switch (message.sender()) {
                case CUSTOMER -> wrote = wrote == null ? Long.valueOf(message.at()) : wrote;
                case ANSWER -> {
                    if (message.at() >= room.reserved()) {
                        return wrote == null ? null : Long.valueOf(Math.max(room.since(), wrote));
                    }
                    return room.since();
                }
                case SYSTEM -> {}
            }
        }
        Message oldest = newest.get(newest.size() - 1);
        boolean isWhole = oldest.at() <= room.since() + (oldest.sender() == Message.Sender.SYSTEM ? JOINING : 0);
        return isWhole
                ? Long.valueOf(room.since())
                : wrote == null ? null : Long.valueOf(Math.max(room.since(), wrote));
    }
}
