package assignment;

/**
 * Who wrote in a room, and when. What they wrote is never read.
 *
 * @param at epoch milliseconds by the clock of Qiscus, mostly whole seconds
 */
public record Message(Sender sender, long at) {

    public enum Sender {
        CUSTOMER,
        /** An agent, an admin, a bot: all who may answer a customer. */
        ANSWER,
        /** Qiscus itself, or nobody knows who. In a room's line of the list it hides what was written before it. */
        SYSTEM
    }
}
