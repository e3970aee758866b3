package assignment;

/**
 * The state of a session.
 *
 * @param state {@code waiting}, {@code claimed} (its assign call is in flight), {@code assigned} (with a position: it
 *     is to be moved), {@code parked}, {@code resolved}, or {@code unknown}: something is stored, but it is none of
 *     these
 * @param name the customer's
 * @param position in its line, from 1; null unless it is in line
 * @param reason why it still waits, or is parked; null if unknown
 * @param since when it asked or was parked, epoch milliseconds; null unless it waits, is claimed or is parked
 * @param sinceTime the same in ISO 8601
 * @param agent who has it, or is about to get it; null if there is none
 */
public record SessionState(
        String roomId,
        String state,
        String name,
        String channel,
        Integer position,
        String reason,
        Long since,
        String sinceTime,
        Holder agent) {

    /**
     * @param since epoch milliseconds
     * @param sinceTime the same in ISO 8601
     */
    public record Holder(String id, String name, long since, String sinceTime) {

        public String shown() {
            return DisplayNames.agent(name, id);
        }
    }

    public boolean isWith(String agentId) {
        return state.equals("assigned") && agent.id().equals(agentId);
    }

    /** One sentence without its full stop. */
    @Override
    public String toString() {
        String customer = DisplayNames.customer(name, roomId);
        String with = agent == null ? null : agent.shown();
        return English.say(
                switch (state) {
                    case "waiting" -> position == null ? "state.waiting" : "state.waiting_at";
                    case "claimed" -> agent == null ? "state.claimed" : "state.claimed_to";
                    case "assigned" -> position == null ? "state.assigned" : "state.moving";
                    case "parked" -> "event.parked";
                    case "resolved" -> "state.resolved";
                    default -> "state.unknown";
                },
                "customer",
                customer,
                "position",
                position,
                "agent",
                with,
                "reason",
                reason);
    }
}
