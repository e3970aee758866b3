package assignment;

/** How many customers an agent may have at a time. */
public record Capacity(int maxCustomerPerAgent) {
    public static final int SMALLEST = 1;
    public static final int LARGEST = 1000;

    public Capacity {
        if (maxCustomerPerAgent < SMALLEST || maxCustomerPerAgent > LARGEST) {
            throw new InvalidRequest(English.say(
                    "refusal.whole_number", "field", "max_customer_per_agent", "least", 1, "most", LARGEST));
        }
    }
}
