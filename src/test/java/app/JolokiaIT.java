package app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import settings.Settings;
import settings.WrongSetting;
import support.FakeQiscus;
import support.RunningApplication;

/** Jolokia for hawtio: off by default, for operators only, and read-only. */
class JolokiaIT {
    private static final String TOKEN = "token-of-the-operators";
    private static final String CONTEXT =
            "org.apache.camel:context=qiscus-agent-assignment,type=context,name=\"qiscus-agent-assignment\"";

    @RegisterExtension
    final RunningApplication app = new RunningApplication().startedByTest();

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void jolokiaIsOffUnlessEnabled() throws Exception {
        app.start();

        assertThat(app.get("/observe/jolokia/version").statusCode()).isEqualTo(404);
    }

    @Test
    void jolokiaRequiresTheTokenAndTheProgramDoesNotStartWithoutOne() throws Exception {
        app.with("JOLOKIA_ENABLED", "true").with("OPERATOR_TOKEN", TOKEN).start();

        assertThat(app.get("/observe/jolokia/version").statusCode()).isEqualTo(401);
        assertThat(app.post("/observe/jolokia", "{\"type\":\"list\"}").statusCode())
                .isEqualTo(401);
        assertThatThrownBy(() -> new Settings(Map.of("JOLOKIA_ENABLED", "true")))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("OPERATOR_TOKEN must be set too when JOLOKIA_ENABLED is true.");
    }

    @Test
    void theRoutesAndTheirCountersAreReadableButNoSecret() throws Exception {
        app.with("JOLOKIA_ENABLED", "true").with("OPERATOR_TOKEN", TOKEN).start();

        JsonNode routes = exec("dumpRoutesAsXml()");
        JsonNode figures = exec("dumpRoutesStatsAsXml", true, true);
        JsonNode all =
                ask(Map.of("type", "read", "mbean", "org.apache.camel:*", "config", Map.of("ignoreErrors", true)));

        assertThat(routes.path("value").textValue())
                .contains("id=\"reserve-slot.session-store-reserve\"", "ref:qiscusSecretKey");
        assertThat(figures.path("value").textValue())
                .contains("id=\"reserve-slot.session-store-reserve\"", "exchangesTotal");
        assertThat(all.path("value").size()).isGreaterThan(300);
        assertThat(routes.toString() + figures + all).doesNotContain(FakeQiscus.SECRET, TOKEN);
    }

    @Test
    void nothingElseCanBeReadChangedOrStopped() throws Exception {
        app.with("JOLOKIA_ENABLED", "true").with("OPERATOR_TOKEN", TOKEN).start();

        assertThat(exec("stop()").path("status").intValue()).isEqualTo(403);
        assertThat(exec("sendBody(java.lang.String,java.lang.Object)", "direct:call-worker", "")
                        .path("status")
                        .intValue())
                .isEqualTo(403);
        assertThat(exec("dumpRoutesAsXml(boolean)", true).path("status").intValue())
                .isEqualTo(403);
        assertThat(ask(Map.of("type", "write", "mbean", CONTEXT, "attribute", "Tracing", "value", true))
                        .path("status")
                        .intValue())
                .isEqualTo(403);
        assertThat(ask(Map.of("type", "read", "mbean", "java.lang:type=Runtime", "attribute", "SystemProperties"))
                        .path("status")
                        .intValue())
                .isEqualTo(403);
    }

    private JsonNode exec(String operation, Object... arguments) throws IOException, InterruptedException {
        return ask(Map.of("type", "exec", "mbean", CONTEXT, "operation", operation, "arguments", arguments));
    }

    private JsonNode ask(Map<String, ?> question) throws IOException, InterruptedException {
        return json.readTree(app.send(app.request("/observe/jolokia")
                        .header("Authorization", "Bearer " + TOKEN)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json.writeValueAsString(question))))
                .body());
    }
}
