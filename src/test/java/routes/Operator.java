package routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import support.RunningApplication;

/** Calls the program with a token of their own. */
record Operator(RunningApplication app, String token) {
    /** For {@code OPERATOR_TOKENS}. */
    static final String DEWI_AND_BUDI = "dewi:token1,budi:token2";

    static Operator dewi(RunningApplication app) {
        return new Operator(app, "token1");
    }

    HttpResponse<String> post(String path, String body) {
        return send("POST", path, body);
    }

    HttpResponse<String> send(String method, String path, String body) {
        try {
            return app.send(app.request(path)
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(body)));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static JsonNode done(HttpResponse<String> answer, int status) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new ObjectMapper().readTree(answer.body());
    }
}
