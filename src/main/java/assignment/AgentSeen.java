package assignment;

/** An agent as the last list showed them, for people to see. @param external customers whom we did not assign */
public record AgentSeen(String id, String name, boolean online, int external) {}
