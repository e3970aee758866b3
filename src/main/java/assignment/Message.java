package assignment;

/**
 * Who wrote in a room, and when. We never read what they wrote.
 *
 * @param at epoch milliseconds by the clock of Qiscus, mostly whole seconds
 */
public record Message(Sender sender, long at) {

    public enum Sender {
        CUSTOMER,
        /** An agent, an admin or a bot: anyone who may answer a customer. */
        ANSWER,
        /** Qiscus itself, or an unknown sender. In the list of rooms it hides the message before it. */
        SYSTEM
    }
}
