package wallboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.Browser;
import support.FakeQiscus;
import support.RealRedis;
import support.RunningApplication;
import support.StoredState;

/** The page of a large team in a real browser. Nothing is assigned, so that the state that is given stays. */
@Timeout(180)
class ManyAgentsInBrowserTest {
    private static final List<String> NAMES = List.of(
            "Agus", "Ayu", "Bayu", "Budi", "Citra", "Dewi", "Eka", "Fajar", "Gita", "Hadi", "Indah", "Joko", "Kartika");

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @RegisterExtension
    final FakeQiscus qiscus = new FakeQiscus();

    @RegisterExtension
    final RunningApplication app = new RunningApplication(REDIS, qiscus).with("ASSIGN_ENABLED", "false");

    private final StoredState given = new StoredState(REDIS);
    private final long now = System.currentTimeMillis();

    /** Of ten agents: three have a free slot, five are full, one is offline, one is paused. */
    private void team(int agents) {
        for (int i = 1; i <= agents; i++) {
            String id = Integer.toString(100 + i);
            boolean isFree = i % 10 < 3;
            given.seen(id, i % 10 != 3, isFree ? i % 2 : 2);
            int number = i;
            given.change("agent", id, agent -> {
                agent.put("name", name(number));
                if (number % 10 == 4) {
                    agent.put("paused", Map.of("at", now, "by", "dewi", "reason", "lunch", "until", now + 3_600_000));
                }
            });
        }
    }

    private static String name(int i) {
        return NAMES.get(i % NAMES.size()) + " " + (1 + i / NAMES.size());
    }

    private void line(int waiting) {
        for (int i = 1; i <= waiting; i++) {
            String channel = List.of("wa", "qiscus", "telegram").get(i % 3);
            String room = Integer.toString(5000 + i);
            given.waits(room, channel, now - 400_000 + i * 1000.0, "every agent is full");
            int number = i;
            given.change("session", room, session -> {
                session.put("source", channel);
                session.put("name", "Pelanggan " + number);
            });
        }
    }

    private void open(int width, int height, String query) {
        BROWSER.size(width, height);
        BROWSER.prefers("light");
        BROWSER.open("about:blank");
        BROWSER.complaints();
        BROWSER.open(app.request("/" + query).build().uri().toString());
        await().atMost(30, TimeUnit.SECONDS).until(() -> "Live".equals(BROWSER.text("#link-text")));
    }

    private static void shows(String selector, String text) {
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(BROWSER.text(selector)).contains(text));
    }

    @Test
    @EnabledIfSystemProperty(named = "pictures", matches = ".+", disabledReason = "only draws the pictures of the docs")
    void picturesForTheDocs() throws Exception {
        team(30);
        line(200);
        for (int i = 1; i <= 5; i++) {
            given.parked("60" + i, "wa", "Qiscus answered 422: Room is locked");
        }
        given.change("session", "5007", session -> session.put(
                "move", Map.of("from", "105", "from_name", name(5), "since", now - 604_000, "had", List.of("105"))));
        picture(1440, 900, "", "wallboard-30-agents");
        picture(1440, 900, "?open=full,away", "open-30");
        picture(390, 844, "", "wallboard-phone");
        picture(1920, 1080, "?view=wall", "wall-1920-30");
        team(100);
        line(282);
        picture(2560, 1440, "", "wallboard-100-agents");
        picture(2560, 1440, "?open=full,away", "open-100");
        picture(1920, 1080, "?view=wall", "wallboard-wall");
        picture(2560, 1440, "?view=wall", "wall-2560");
        REDIS.client().flushAll();
        given.seen("11", true, 0);
        picture(1440, 900, "", "quiet");
    }

    private void picture(int width, int height, String query, String name) throws Exception {
        open(width, height, query);
        await().untilAsserted(() -> assertThat(BROWSER.findAll("#line")).isNotEmpty());
        BROWSER.picture(System.getProperty("pictures") + "/" + name + ".png");
        System.out.println(name + " " + BROWSER.run("return document.documentElement.scrollHeight"));
    }
}
