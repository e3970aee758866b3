package assignment;

/** An agent of ours gave a chat to a colleague in the dashboard; which one, counts do not tell. */
public record Transfer(String fromId, Agent to) {}
