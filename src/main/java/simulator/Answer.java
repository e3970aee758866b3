package simulator;

import java.util.Map;

/** An HTTP answer of the simulated Qiscus. */
public record Answer(int status, Map<String, Object> body) {

    static Answer ok(Map<String, Object> data, Map<String, Object> meta) {
        return new Answer(200, Map.of("data", data, "meta", meta, "status", 200));
    }

    /** Qiscus's answer to wrong keys, passwords and tokens. */
    static Answer unauthorized() {
        return new Answer(401, Map.of("errors", "Unauthorized"));
    }

    static Answer error(int status, String message) {
        return new Answer(status, Map.of("errors", Map.of("message", message), "status", status));
    }
}
