package assignment;

/** What became of an operator's wish that an agent gets new chats again. */
public enum Resumed {
    RESUMED,
    /** The agent was not paused. */
    UNCHANGED,
    /** No such agent was ever seen. */
    UNKNOWN;

    public boolean isUnknown() {
        return this == UNKNOWN;
    }
}
