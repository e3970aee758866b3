package assignment;

/** One of our agents transferred a chat to a colleague in the dashboard. The counts do not tell which chat. */
public record Transfer(String fromId, Agent to) {}
