package assignment;

/** An agent as the last list showed them, for the wallboard. @param external customers that others assigned */
public record AgentSeen(String id, String name, boolean online, int external) {}
