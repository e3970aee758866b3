package assignment;

/** How many customers an agent may have at a time. */
public record Capacity(int maxCustomerPerAgent) {
    public static final int SMALLEST = 1;
    public static final int LARGEST = 1000;

    public Capacity {
        if (maxCustomerPerAgent < SMALLEST || maxCustomerPerAgent > LARGEST) {
            throw new InvalidRequest("max_customer_per_agent must be a whole number from 1 to 1000.");
        }
    }
}
