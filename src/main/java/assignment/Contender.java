package assignment;

/**
 * An agent in a decision.
 *
 * @param capacity how many customers the agent may have; 0: none
 * @param customers the count that the decision uses: all possible customers, unless fewer are certain
 * @param certain how many customers the agent has for certain
 * @param isPaused the agent gets no new chats
 * @param lastAssigned when the agent last got a customer, epoch milliseconds; 0: never
 */
public record Contender(
        String id, String name, int capacity, int customers, int certain, boolean isPaused, long lastAssigned) {

    public boolean isBelowCapacity() {
        return customers < capacity;
    }

    public boolean isFull() {
        return !isBelowCapacity();
    }

    /** Full only because of customers who may have left: Qiscus shows that late. */
    boolean mayBeBelowCapacity() {
        return certain < capacity && customers >= capacity;
    }

    Contender withOneMore() {
        return new Contender(id, name, capacity, customers + 1, certain + 1, isPaused, lastAssigned);
    }
}
