package observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static support.RealRedis.REDIS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.FakeQiscus;
import support.RunningApplication;
import support.Scrape;

/** The metrics after a few chats; and the documents name only metrics that exist. */
class MetricsTest {
    private static final Path DOCUMENTS = Path.of("docs/observability");

    /** <code>| `name` | type | labels, or nothing | meaning |</code> */
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(assignment_\\w+)` \\| (\\w+) \\|([^|]*)\\|([^|]+)\\|$");

    private static final Pattern METRIC =
            Pattern.compile("\\b(?:assignment|camel|resilience4j|jvm|process|system)_[a-z0-9_]+\\b");

    @RegisterExtension
    final RunningApplication app = new RunningApplication();

    private final FakeQiscus qiscus = app.qiscus();

    @Test
    void aFewChatsAreCountedAndTimed() throws Exception {
        aFewChats();

        await().untilAsserted(() -> {
            Scrape scrape = scrape();
            SoftAssertions soft = new SoftAssertions();
            soft.assertThat(scrape.value("assignment_webhooks_total", "kind=new_session", "outcome=accepted"))
                    .isEqualTo(6);
            soft.assertThat(scrape.value("assignment_webhooks_total", "kind=new_session", "outcome=refused"))
                    .isEqualTo(1);
            soft.assertThat(scrape.value("assignment_webhooks_total", "kind=new_session", "outcome=not_stored"))
                    .isZero();
            soft.assertThat(scrape.value("assignment_webhooks_total", "kind=resolve", "outcome=accepted"))
                    .isEqualTo(4);
            soft.assertThat(scrape.value("assignment_resolves_total", "outcome=freed"))
                    .isEqualTo(2);
            soft.assertThat(scrape.value("assignment_resolves_total", "outcome=repeated"))
                    .isEqualTo(1);
            soft.assertThat(scrape.value("assignment_resolves_total", "outcome=unknown"))
                    .isEqualTo(1);
            soft.assertThat(scrape.value("assignment_assignments_total")).isEqualTo(4);
            soft.assertThat(scrape.value("assignment_wait_seconds_count")).isEqualTo(4);
            soft.assertThat(scrape.value("assignment_wait_seconds_sum")).isGreaterThan(0);
            // One was resolved, and four were given back by a refused customer and taken again.
            soft.assertThat(scrape.value("assignment_refill_seconds_count")).isEqualTo(5);
            soft.assertThat(scrape.value("assignment_loop_backs_total", "reason=agents_full"))
                    .isGreaterThanOrEqualTo(2);
            soft.assertThat(scrape.value("assignment_loop_backs_total", "reason=other"))
                    .isZero();
            soft.assertThat(scrape.value("assignment_parked_total")).isEqualTo(1);
            soft.assertThat(scrape.value("assignment_qiscus_call_seconds_count", "endpoint=assign_agent", "status=200"))
                    .isEqualTo(4);
            soft.assertThat(scrape.value("assignment_qiscus_call_seconds_count", "endpoint=assign_agent", "status=422"))
                    .isEqualTo(5);
            soft.assertThat(scrape.value("assignment_loop_backs_total", "reason=qiscus_refused"))
                    .isEqualTo(4);
            soft.assertThat(scrape.value("assignment_redis_call_seconds_count")).isGreaterThan(20);
            soft.assertThat(scrape.value("assignment_redis_errors_total")).isZero();
            soft.assertAll();
        });
    }

    @Test
    void aCustomerWhoWritesInAHeldRoomShowsThatAResolveWasLost() throws Exception {
        qiscus.hasAgents("11");
        app.customerWrites("1");
        await().until(() -> qiscus.agentOf("1") != null);
        qiscus.resolves("1");
        qiscus.opensAgain("1");

        await().pollInterval(Duration.ofMillis(200)).until(() -> {
            app.customerWrites("1");
            return qiscus.assignments().size() == 2;
        });

        assertThat(scrape().value("assignment_stale_rooms_total")).isEqualTo(1);
    }

    @Test
    void theSharedStateIsReadFromRedis() throws Exception {
        aFewChats();

        await().untilAsserted(() -> {
            Scrape scrape = scrape();
            SoftAssertions soft = new SoftAssertions();
            soft.assertThat(scrape.value("assignment_waiting_sessions", "channel=whatsapp"))
                    .isEqualTo(1);
            soft.assertThat(scrape.value("assignment_waiting_sessions")).isEqualTo(1);
            soft.assertThat(scrape.value("assignment_oldest_wait_seconds")).isGreaterThan(0);
            soft.assertThat(scrape.value("assignment_queued_webhooks")).isZero();
            soft.assertThat(scrape.value("assignment_parked_sessions")).isEqualTo(1);
            soft.assertThat(scrape.value("assignment_held_rooms")).isEqualTo(2);
            soft.assertThat(scrape.value("assignment_agents", "state=full")).isEqualTo(1);
            soft.assertThat(scrape.value("assignment_agents")).isEqualTo(1);
            soft.assertThat(scrape.value("assignment_agent_customers")).isEqualTo(2);
            soft.assertThat(scrape.value("assignment_agent_capacity")).isEqualTo(2);
            soft.assertThat(scrape.value("assignment_redis_up")).isEqualTo(1);
            soft.assertThat(scrape.value("assignment_qiscus_credentials_accepted"))
                    .isEqualTo(1);
            soft.assertThat(scrape.value("resilience4j_circuitbreaker_state", "name=qiscus", "state=closed"))
                    .isEqualTo(1);
            soft.assertThat(scrape.value("camel_exchanges_total", "routeId=new-session-webhook"))
                    .isEqualTo(7);
            soft.assertThat(scrape.value("camel_exchanges_total", "routeId=store-new-session"))
                    .isNull();
            soft.assertAll();
        });
    }

    @Test
    void namesFollowPrometheussConventions() throws Exception {
        Map<String, String> types = ours(scrape());

        assertThat(types).isNotEmpty();
        assertThat(types).allSatisfy((name, type) -> {
            assertThat(name).matches("[a-z]+(_[a-z]+)*");
            assertThat(name.endsWith("_total")).isEqualTo(type.equals("counter"));
            if (type.equals("histogram")) {
                assertThat(name).endsWith("_seconds");
            }
        });
    }

    @Test
    void prometheusGetsOpenMetrics() throws Exception {
        var answer = app.send(app.request("/observe/metrics")
                .header(
                        "Accept",
                        "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.2")
                .GET());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/openmetrics-text");
        assertThat(answer.body()).endsWith("# EOF\n");
    }

    @Test
    void documentedMetricsExist() throws Exception {
        aFewChats();
        Scrape scrape = scrape();

        assertThat(table()).isEqualTo(shapes(scrape));
        for (String file : List.of("README.md", "dashboard.json", "alerts.yml")) {
            Set<String> used = METRIC.matcher(Files.readString(DOCUMENTS.resolve(file)))
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.toCollection(TreeSet::new));
            used.removeAll(scrape.types().keySet());
            assertThat(scrape.names()).as(file).isNotEmpty().containsAll(used);
        }
    }

    @Test
    void everyPanelOfTheDashboardQueriesTheChosenPrometheus() throws Exception {
        JsonNode dashboard =
                new ObjectMapper().readTree(DOCUMENTS.resolve("dashboard.json").toFile());

        assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
        assertThat(dashboard.path("panels")).hasSizeGreaterThan(10);
        assertThat(dashboard.findValuesAsText("expr")).hasSizeGreaterThan(10).allMatch(query -> METRIC.matcher(query)
                .find());
        assertThat(dashboard.path("panels"))
                .filteredOn(panel -> !panel.path("type").asText().equals("row"))
                .allSatisfy(panel -> {
                    assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
                    assertThat(panel.path("title").asText()).isNotBlank();
                    assertThat(panel.path("targets")).isNotEmpty();
                });
        assertThat(dashboard.path("panels"))
                .extracting(panel -> panel.path("id").asInt())
                .doesNotHaveDuplicates();
    }

    /** Four are assigned, one of them when a slot comes free; one is parked, one waits. */
    private void aFewChats() throws Exception {
        qiscus.hasAgents("11");
        app.customerWrites("1");
        await().until(() -> isConfirmed("1"));
        app.customerWrites("2");
        await().until(() -> isConfirmed("2"));
        app.customerWrites("3");
        await().until(() -> String.valueOf(REDIS.client().hget("session", "3")).contains("full"));
        app.post("/webhook", "no session");

        qiscus.resolves("1");
        app.post("/resolve", RunningApplication.resolve("1", 1));
        app.post("/resolve", RunningApplication.resolve("1", 1));
        app.post("/resolve", RunningApplication.resolve("999", 2));
        await().until(() -> isConfirmed("3"));

        qiscus.refusesToAssign("4", "No");
        qiscus.resolves("2");
        app.post("/resolve", RunningApplication.resolve("2", 3));
        app.customerWrites("4");
        await().until(() -> REDIS.client().hexists("parked", "4"));
        app.customerWrites("5");
        await().until(() -> isConfirmed("5"));
        app.customerWrites("6", "whatsapp");
        await().until(() -> String.valueOf(REDIS.client().hget("session", "6")).contains("full"));
    }

    private static boolean isConfirmed(String room) {
        return REDIS.client().hexists("assigned", room) && !REDIS.client().hexists("session", room);
    }

    private Scrape scrape() throws IOException, InterruptedException {
        return new Scrape(app.get("/observe/metrics").body());
    }

    private static Map<String, String> ours(Scrape scrape) {
        Map<String, String> ours = new TreeMap<>(scrape.types());
        ours.keySet().removeIf(name -> !name.startsWith("assignment_") || name.endsWith("_max"));
        return ours;
    }

    /** Name to type and labels. */
    private static Map<String, String> shapes(Scrape scrape) {
        Map<String, String> shapes = ours(scrape);
        shapes.replaceAll(
                (name, type) -> type + " " + scrape.labelsOf(type.equals("histogram") ? name + "_count" : name));
        return shapes;
    }

    private static Map<String, String> table() throws IOException {
        Map<String, String> shapes = new TreeMap<>();
        ROW.matcher(Files.readString(DOCUMENTS.resolve("README.md"))).results().forEach(row -> {
            Set<String> labels = Stream.of(row.group(3).split(","))
                    .map(label -> label.replaceAll("[`\\s]", ""))
                    .filter(label -> !label.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
            shapes.put(row.group(1), row.group(2) + " " + labels);
        });
        return shapes;
    }
}
