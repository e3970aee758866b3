package wallboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static support.RealRedis.REDIS;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;
import support.Browser;
import support.FakeQiscus;
import support.RunningApplication;

/** The page in a real browser, as supervisors use it. */
@Timeout(180)
class WallboardInBrowserTest {
    private static final String HOSTILE = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>";

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @RegisterExtension
    final RunningApplication app = new RunningApplication().with("RECONCILE_PERIOD", "500ms");

    private final FakeQiscus qiscus = app.qiscus();

    private String origin;

    @BeforeEach
    void openIt() {
        origin = app.request("/").build().uri().toString();
        BROWSER.size(1440, 900);
        BROWSER.prefers("light");
        BROWSER.speaks("en-US,en");
        qiscus.hasAgents("11");
        // The page of the previous test would report that its program is gone.
        BROWSER.open("about:blank");
        BROWSER.complaints();
        BROWSER.requests();
        BROWSER.open(origin);
        await().atMost(30, TimeUnit.SECONDS).until(() -> "Live".equals(BROWSER.text("#link-text")));
    }

    private static void shows(String selector, String text) {
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(BROWSER.text(selector)).contains(text));
    }

    private void writes(String roomId, String name) throws Exception {
        app.post("/webhook", RunningApplication.newSession(roomId, "wa").replace("Customer " + roomId, name));
    }

    @Test
    void theBoardIsLiveAndAHostileNameStaysText() throws Exception {
        shows("#customers-none", "Nobody waits.");
        qiscus.setAvailable("11", false);

        writes("1", HOSTILE);

        shows("#customers", HOSTILE);
        shows("#customers", "WhatsApp");
        shows("#customers", "Nobody is online");
        shows("#troubles", "no agent is online");
        assertThat(BROWSER.text("#waiting")).isEqualTo("1");
        assertThat(BROWSER.text("#longest-note")).contains(HOSTILE);
        assertThat(BROWSER.findAll("#board img, #board script")).isEmpty();

        qiscus.setAvailable("11", true);

        shows("#customers-none", "Nobody waits.");
        shows("#desks", "1 of 2");
        shows("#hour-aside", "1 assigned");
        assertThat(BROWSER.run("return window.hacked")).isNull();
        assertThat(BROWSER.complaints()).isEmpty();
        assertThat(BROWSER.requests()).isNotEmpty().allMatch(url -> url.startsWith(origin) || url.startsWith("data:"));
    }

    @Test
    void aParkedSessionIsRetriedOrDroppedByKeyboard() throws Exception {
        for (String room : List.of("1", "2")) {
            qiscus.refusesToAssign(room, "Room is locked");
            writes(room, "Ayu " + room);
            await().until(() -> REDIS.client().hexists("parked", room));
        }
        shows("#parked", "Ayu 1");
        shows("#parked", "Ayu 2");
        shows("#parked", "Room is locked");
        qiscus.isWell();

        BROWSER.run("document.querySelector('[aria-label=\"Retry Ayu 1\"]').focus()");
        BROWSER.press(Keys.ENTER);

        await().until(() -> "11".equals(qiscus.agentOf("1")));
        shows("#news", "Ayu 1 waits again");
        assertThat(BROWSER.run("return document.activeElement.closest('#parked') !== null"))
                .as("the focus is on the next parked session")
                .isEqualTo(true);

        BROWSER.run("document.querySelector('[aria-label=\"Drop Ayu 2\"]').focus()");
        BROWSER.press(Keys.ENTER);
        shows("#confirm", "Ayu 2 will get no agent");
        BROWSER.press(Keys.ENTER); // on Keep
        await().until(() -> BROWSER.findAll("#confirm[open]").isEmpty());
        assertThat(REDIS.client().hexists("parked", "2")).isTrue();

        BROWSER.press(Keys.ENTER);
        shows("#confirm", "Ayu 2 will get no agent");
        BROWSER.press(Keys.TAB);
        BROWSER.press(Keys.ENTER);

        await().until(() -> !REDIS.client().hexists("parked", "2"));
        shows("#parked-none", "Nothing is parked.");
        assertThat(BROWSER.complaints()).isEmpty();
    }

    @Test
    void theHistoryOfARoomIsShownInWords() throws Exception {
        qiscus.setAvailable("11", false);
        writes("1", HOSTILE);
        shows("#customers", "Nobody is online");

        BROWSER.run("document.querySelector('#customers button').focus()");
        BROWSER.press(Keys.ENTER);

        shows("#history", "(room 1) came");
        shows("#history", "keeps waiting: no agent is online");
        shows("#history-title", HOSTILE);
        BROWSER.press(Keys.ESCAPE);
        await().until(() -> BROWSER.findAll("#history[open]").isEmpty());

        qiscus.setAvailable("11", true);
        await().until(() -> "11".equals(qiscus.agentOf("1")));
        shows("#customers-none", "Nobody waits.");
        BROWSER.find("#lookup-room").sendKeys("1", Keys.ENTER);

        shows("#history", "Agent 11 is chosen: the only one with a free slot (Agent 11 0/2)");
        shows("#history", "(room 1) to Agent 11 (1 of 2)");
        shows("#history-aside", "with Agent 11 since");
        assertThat(BROWSER.barriers()).isEmpty();
        BROWSER.press(Keys.ESCAPE);
        assertThat(BROWSER.run("return window.hacked")).isNull();
        assertThat(BROWSER.complaints()).isEmpty();

        BROWSER.find("#lookup-room").clear();
        BROWSER.find("#lookup-room").sendKeys("404", Keys.ENTER);
        shows("#history-aside", "Nothing is known of this room.");
    }

    @Test
    void nothingIsWiderThanAPhone() throws Exception {
        BROWSER.size(390, 844);
        qiscus.setAvailable("11", false);
        for (int room = 1; room <= 10; room++) {
            writes(Integer.toString(room), "A customer with quite a long name indeed " + room + "x".repeat(30));
        }
        shows("#unfold-customers", "and 5 more");

        assertThat(BROWSER.run("const page = document.documentElement; return page.scrollWidth - page.clientWidth"))
                .isEqualTo(0L);
        assertThat(BROWSER.barriers()).isEmpty();
    }

    @Test
    void bothThemesAreAccessibleAndTheChoiceIsKept() throws Exception {
        qiscus.refusesToAssign("1", "Room is locked");
        writes("1", "Ayu");
        await().until(() -> REDIS.client().hexists("parked", "1"));
        qiscus.setAvailable("11", false);
        writes("2", "Budi");
        shows("#customers", "Budi");
        shows("#troubles", "no agent is online");
        assertThat(BROWSER.barriers()).isEmpty();
        String light = ground();

        BROWSER.prefers("dark");
        String dark = ground();
        assertThat(dark).isNotEqualTo(light);
        assertThat(BROWSER.barriers()).isEmpty();

        BROWSER.run("document.getElementById('theme').focus()");
        BROWSER.press(Keys.ENTER); // dark
        BROWSER.press(Keys.ENTER); // light, whatever the system prefers
        assertThat(ground()).isEqualTo(light);
        BROWSER.open(origin);
        assertThat(ground()).isEqualTo(light);
        BROWSER.run("localStorage.clear()");
    }

    @Test
    void anIndonesianBrowserGetsAnIndonesianPage() throws Exception {
        BROWSER.speaks("id-ID,id,en");
        qiscus.setAvailable("11", false);
        qiscus.refusesToAssign("1", "Room is locked");
        BROWSER.open(origin);
        shows("#customers-none", "Tidak ada yang menunggu.");
        assertThat(BROWSER.run("return document.documentElement.lang")).isEqualTo("id");
        shows("#link-text", "Langsung");
        assertThat(BROWSER.text("#clock")).matches("\\d\\d\\.\\d\\d\\.\\d\\d");

        writes("2", "Budi");

        shows("#customers", "Tidak ada yang online");
        shows("#troubles", "1 pelanggan menunggu di kanal tanpa agen online: seorang agen harus login ke Qiscus.");
        shows("#longest-note", "Budi: tidak ada yang online");
        assertThat(BROWSER.text("#longest")).matches("0\\.\\d\\d");
        assertThat(BROWSER.text("#goal")).isEqualTo("–");
        assertThat(BROWSER.barriers()).isEmpty();
        assertThat(englishLeft()).isEmpty();

        qiscus.setAvailable("11", true);
        shows("#customers-none", "Tidak ada yang menunggu.");
        BROWSER.find("#lookup-room").sendKeys("2", Keys.ENTER);
        shows("#history", "Budi (room 2) datang");
        shows("#history", "Budi (room 2) tetap menunggu: tidak ada agen online");
        shows("#history", "Agent 11 dipilih: satu-satunya yang punya slot kosong (Agent 11 0/2)");
        shows("#history", "Budi (room 2) ditugaskan ke Agent 11 (1 dari 2)");
        shows("#history-aside", "Room 2, dilayani Agent 11 sejak");
        BROWSER.press(Keys.ESCAPE);

        BROWSER.find("#lookup-room").clear();
        BROWSER.find("#lookup-room").sendKeys("404", Keys.ENTER);
        shows("#history-aside", "Room ini tidak dikenal.");
        BROWSER.press(Keys.ESCAPE);

        writes("1", "Ayu");
        shows("#parked", "Qiscus menjawab 422: Room is locked");
        shows("#troubles", "1 pelanggan disisihkan: supervisor harus memutuskan.");
        BROWSER.run("document.querySelector('[aria-label=\"Keluarkan Ayu\"]').focus()");
        BROWSER.press(Keys.ENTER);
        shows("#confirm", "Ayu tidak akan kami beri agen");
        BROWSER.press(Keys.TAB);
        BROWSER.press(Keys.ENTER);
        shows("#news", "Ayu dikeluarkan.");
        shows("#parked-none", "Tidak ada yang disisihkan.");
    }

    /** English words that are not Indonesian. */
    private static List<String> englishLeft() {
        String shown = BROWSER.text("body") + BROWSER.run("return document.title");
        return Stream.of("wait", "online of", "customer", "channel", "last hour", "parked", "ago")
                .filter(word -> shown.toLowerCase(Locale.ROOT).contains(word))
                .toList();
    }

    @Test
    void theLanguageComesFromTheAddressElseTheChoiceElseTheBrowser() {
        shows("#language", "ID");
        BROWSER.run("document.getElementById('language').focus()");
        BROWSER.press(Keys.ENTER);
        shows("#customers-none", "Tidak ada yang menunggu.");
        assertThat(String.valueOf(BROWSER.run("return location.search"))).isEqualTo("?lang=id");

        BROWSER.open(origin);
        shows("#customers-none", "Tidak ada yang menunggu.");

        BROWSER.open(origin + "?a=b&lang=en");
        shows("#customers-none", "Nobody waits.");
        assertThat(BROWSER.find("#language").getDomProperty("href")).isEqualTo(origin + "?a=b&lang=id");

        BROWSER.run("localStorage.clear()");
        BROWSER.open(origin + "?lang=fr");
        shows("#customers-none", "Nobody waits.");
    }

    @Test
    void everySentenceOfTheServerIsTranslated() {
        BROWSER.open(origin + "?lang=id");
        shows("#customers-none", "Tidak ada yang menunggu.");
        Object unsaid = BROWSER.run("""
                return Promise.all([
                  import('/wallboard/words.js'),
                  import('/wallboard/words.en.js'),
                  import('/wallboard/words.id.js'),
                ]).then(([{say}, {default: english}, {default: indonesian}]) => {
                  const placeholder = /\\{(\\w+)(?::(\\w+))?(?:\\|([^|}]*)\\|([^|}]*))?\\}/g;
                  const samples = {time: '2026-12-01T06:00:00Z', stopwatch: '3:12', number: '5', name: 'agent 7'};
                  const filled = text => text.replace(placeholder, (_, name, form, one, many) => many ? `5 ${many}` : samples[form] ?? 'x');
                  const expected = text => new RegExp('^' + text.split(placeholder).filter((_, i) => i % 5 === 0)
                    .map(part => part.replace(/[^\\w\\s]/g, '\\\\$&')).join('.+') + '$', 'i');
                  const {name, ...sentencesOf} = english.server;
                  return Object.entries(sentencesOf).flatMap(([group, sentences]) => Object.entries(sentences)
                    .map(([id, text]) => [`${group}.${id}`, expected(indonesian.server[group][id]), say(filled(text))])
                    .filter(([, expectation, said]) => !expectation.test(said))
                    .map(([name, , said]) => `${name}: ${said}`));
                });
                """);
        assertThat((List<?>) unsaid).isEmpty();
    }

    @Test
    void numbersAndTimesAreFormattedForEachLanguage() {
        String written = """
                return import('/wallboard/words.js').then(({forms, say}) => [
                  forms.number(1234.5), forms.percent(0.567), forms.duration(400), forms.duration(192000), forms.duration(7500000),
                  forms.stopwatch(42000), forms.stopwatch(3753000), forms.ago(3000), forms.ago(600000),
                  forms.minute(new Date(2026, 10, 28, 14, 5).getTime()), forms.minute(new Date(2026, 10, 28, 0, 5).getTime()),
                  forms.day(new Date(2026, 7, 17).getTime()),
                  say('1234 customers wait where no agent is online: an agent must log in to Qiscus.')]);
                """;

        assertThat((List<?>) BROWSER.run(written))
                .isEqualTo(List.of(
                        "1,234.5",
                        "56%",
                        "0.4 s",
                        "3 min 12 s",
                        "2 h 5 min",
                        "0:42",
                        "1:02:33",
                        "just now",
                        "10 min ago",
                        "14:05",
                        "00:05",
                        "Aug 17",
                        "1,234 customers wait where no agent is online: an agent must log in to Qiscus."));
        BROWSER.open(origin + "?lang=id");
        assertThat((List<?>) BROWSER.run(written))
                .isEqualTo(List.of(
                        "1.234,5",
                        "56%",
                        "0,4 dtk",
                        "3 mnt 12 dtk",
                        "2 jam 5 mnt",
                        "0.42",
                        "1.02.33",
                        "baru saja",
                        "10 mnt lalu",
                        "14.05",
                        "00.05",
                        "17 Agu",
                        "1.234 pelanggan menunggu di kanal tanpa agen online: seorang agen harus login ke Qiscus."));
    }

    private static String ground() {
        return String.valueOf(BROWSER.run("return getComputedStyle(document.body).backgroundColor"));
    }
}
