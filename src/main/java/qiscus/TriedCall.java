package qiscus;

import assignment.DisplayNames;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A call to Qiscus whose answer is shown to a person.
 *
 * @param query null if there is none
 * @param form null if nothing is posted
 */
public record TriedCall(String method, String path, String query, String form) {

    public static TriedCall get(String path, String query) {
        return new TriedCall("GET", path, query, null);
    }

    public static TriedCall post(String path, String form) {
        return new TriedCall("POST", path, null, form);
    }

    /**
     * The outcome of the call.
     *
     * @param status 0 if no answer came
     * @param words the answer without secrets, or why there is none
     * @param agents ids of the agents that the answer lists
     */
    public record Answer(int status, String words, List<String> agents) {

        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        @Override
        public String toString() {
            return (status == 0 ? "" : status + " ") + words;
        }
    }

    /** Bound as a bean: the methods that routes call. */
    public static class Reader {
        private static final int LONGEST = 2000;
        /** What customers write is nobody's business either. */
        private static final Pattern SECRET =
                Pattern.compile("(?i).*(token|secret|key|password|credential|cookie|session_id|comment_text).*");

        private final ObjectMapper json;
        private final QiscusFaults faults;
        private final UnaryOperator<String> masked;

        /** @param masked removes our own secrets from a text */
        public Reader(ObjectMapper json, QiscusFaults faults, UnaryOperator<String> masked) {
            this.json = json;
            this.faults = faults;
            this.masked = masked;
        }

        public Answer answered(int status, byte[] body) {
            try {
                JsonNode answer = json.readTree(body == null ? new byte[0] : body);
                List<JsonNode> listed = LenientJson.list(answer.get("data"), "agents", answer.get("errors"));
                List<String> agents = listed == null
                        ? List.of()
                        : listed.stream()
                                .map(agent -> Ids.at(agent, "id"))
                                .filter(Objects::nonNull)
                                .toList();
                hide(answer);
                return new Answer(
                        status,
                        DisplayNames.printable(
                                masked.apply(answer.isMissingNode() ? "without a body" : answer.toString()), LONGEST),
                        agents);
            } catch (JsonProcessingException notJson) {
                return new Answer(status, "which is not JSON", List.of());
            } catch (java.io.IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        public Answer failed(Exception failure) {
            QiscusFaults.ServerError error = faults.serverError(failure);
            if (error != null) {
                String body = error.body() == null ? "" : error.body();
                return answered(error.status(), body.getBytes(StandardCharsets.UTF_8));
            }
            return new Answer(0, faults.of(failure).getMessage(), List.of());
        }

        private static void hide(JsonNode node) {
            if (node instanceof ObjectNode object) {
                object.properties().forEach(field -> {
                    if (SECRET.matcher(field.getKey()).matches()) {
                        object.put(field.getKey(), "***");
                    }
                });
            }
            node.forEach(Reader::hide);
        }
    }
}
