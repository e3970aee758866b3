package simulator;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** An agent of the simulated Qiscus. Saved field by field. */
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
class SimulatedAgent {
    private String id;
    private String name;
    private boolean online = true;
    /** Went offline without finishing; other agents who go offline finish what they have. */
    private boolean left;
    /** Answers no customers. */
    private boolean silent;
    /** Epoch milliseconds to the customer count from then on. The older counts are those that Qiscus still shows. */
    private TreeMap<Long, Integer> counts = new TreeMap<>(Map.of(0L, 0));

    SimulatedAgent() {}

    SimulatedAgent(String id, String name) {
        this.id = id;
        this.name = name;
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    String email() {
        return name.toLowerCase().replace(' ', '.') + "@example.com";
    }

    boolean isOnline() {
        return online;
    }

    void setOnline(boolean online) {
        this.online = online;
    }

    void leaves(boolean inTheMiddle) {
        left = inTheMiddle;
    }

    void ignores(boolean customers) {
        silent = customers;
    }

    boolean isAnswering() {
        return !silent && !left;
    }

    void changeCount(int by, long now) {
        counts.put(now, Math.max(0, counts.lastEntry().getValue() + by));
        while (counts.size() > 50) {
            counts.pollFirstEntry();
        }
    }

    int customers() {
        return counts.lastEntry().getValue();
    }

    private int count(long at) {
        Map.Entry<Long, Integer> then = counts.floorEntry(at);
        return (then == null ? counts.firstEntry() : then).getValue();
    }

    /** The agent as Qiscus lists them, with their count at {@code shownAt}. */
    Map<String, Object> json(long shownAt) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("avatar_url", null);
        json.put("current_customer_count", count(shownAt));
        json.put("email", email());
        json.put("force_offline", false);
        json.put("id", Integer.valueOf(id));
        json.put("is_available", online);
        json.put("name", name);
        json.put("type", 2);
        json.put("type_as_string", "agent");
        return json;
    }

    /** The agent's real state, for people who use the simulator. */
    Map<String, Object> state() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("id", id);
        state.put("name", name);
        state.put("is_available", online);
        state.put("answers", isAnswering());
        state.put("customers", counts.lastEntry().getValue());
        return state;
    }
}
