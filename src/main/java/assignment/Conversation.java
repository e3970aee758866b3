package assignment;

import java.util.List;

/**
 * The newest messages of a room, without a gap between them, the newest first.
 *
 * @param newest their times are by our clock, rather too late than too early
 */
public record Conversation(List<Message> newest) {
    /** "The agent joined this conversation" is written so long after the agent is in the room at most. */
    private static final long JOINING = 5_000;

    /**
     * Since when the customer waits for an answer: since the assignment, or since the customer's last message after an
     * answer, whichever is later.
     *
     * @return null if the customer has an answer, or if that cannot be told
     */
    public Long unansweredSince(WatchedRoom room) {
        if (newest.isEmpty() || newest.get(0).sender() == Message.Sender.ANSWER) {
            // Of what time the answer is said to be does not matter: nobody wrote since.
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
