package store;

import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * An agent as last seen, from the hash {@code agent}.
 *
 * @param online null if the agent was not looked up yet
 * @param seen when; null if the agent was not looked up yet
 * @param ours customers that we gave the agent
 * @param external customers that others assigned
 * @param isPaused the agent gets no new chats
 * @param lastAssigned when the agent last got a customer; 0 if never
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

    /** A pause may have ended. */
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
        // Limited, so that a sum of values edited by hand does not overflow.
        return customers == null ? 0 : (int) Math.min(1_000_000, Math.max(0, customers));
    }
}
