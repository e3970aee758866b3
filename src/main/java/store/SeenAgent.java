package store;

import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * An agent as last seen, from the hash {@code agent}.
 *
 * @param online null if nobody looked yet
 * @param seen when; null if nobody looked yet
 * @param ours customers that we gave the agent
 * @param external customers from elsewhere
 * @param isPaused the agent gets no new chats
 * @param lastAssigned when the agent last got a customer; 0 if not yet
 */
record SeenAgent(String name, Boolean online, Long seen, int ours, int external, boolean isPaused, long lastAssigned) {

    static SeenAgent read(ObjectMapper json, String text, String count, long now) {
        Stored agent = Stored.read(json, text);
        return new SeenAgent(
                agent.text("name"),
                agent.flag("online"),
                agent.whole("seen"),
                number(Stored.number(count, 0.0)),
                number(agent.number("external")),
                isPaused(agent, now),
                agent.whole("last_assigned", 0));
    }

    /** A pause may have an end. */
    static boolean isPaused(Stored agent, long now) {
        Stored paused = agent.object("paused");
        return !paused.isAbsent() && paused.whole("until", Long.MAX_VALUE) > now;
    }

    int customers() {
        return ours + external;
    }

    long lastHeardOf() {
        return Math.max(seen == null ? 0 : seen, lastAssigned);
    }

    private static int number(Double customers) {
        // So few that their sum fits, whatever was written by hand.
        return customers == null ? 0 : (int) Math.min(1_000_000, Math.max(0, customers));
    }
}
