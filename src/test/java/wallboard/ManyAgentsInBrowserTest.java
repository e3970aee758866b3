package wallboard;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static support.RealRedis.REDIS;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import support.Browser;
import support.RunningApplication;
import support.StoredState;

/** The page of a large team in a real browser. Nothing is assigned, so that the given state stays. */
@Timeout(180)
class ManyAgentsInBrowserTest {
    private static final List<String> NAMES = List.of(
            "Agus", "Ayu", "Bayu", "Budi", "Citra", "Dewi", "Eka", "Fajar", "Gita", "Hadi", "Indah", "Joko", "Kartika");

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @RegisterExtension
    final RunningApplication app = new RunningApplication().with("ASSIGN_ENABLED", "false");

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
        BROWSER.speaks("en-US,en");
        BROWSER.open("about:blank");
        BROWSER.complaints();
        BROWSER.open(app.request("/" + query).build().uri().toString());
        await().atMost(30, TimeUnit.SECONDS).until(() -> "Live".equals(BROWSER.text("#link-text")));
    }

    private static void shows(String selector, String text) {
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(BROWSER.text(selector)).contains(text));
    }

    /** The texts of the elements that are visible without scrolling. */
    private static List<String> seen(String selector) {
        return strings("""
                const sees = (box, e) => box.bottom > 0 && box.bottom <= e.bottom + 1 && box.top >= e.top - 1;
                return [...document.querySelectorAll(arguments[0])].filter(e => {
                  const box = e.getBoundingClientRect();
                  const scroll = e.closest('.scroll, .fit');
                  return box.height > 0 && box.bottom <= innerHeight && (!scroll || sees(box, scroll.getBoundingClientRect()));
                }).map(e => e.innerText);""", selector);
    }

    private static List<String> strings(String script, Object... arguments) {
        return ((List<?>) BROWSER.run(script, arguments))
                .stream().map(String::valueOf).toList();
    }

    private static String address() {
        return String.valueOf(BROWSER.run("return location.search"));
    }

    @Test
    void freeAgentsComeFirstAndTheOthersAreFolded() throws Exception {
        team(30);
        open(1440, 900, "");
        shows("#agents-aside", "24 of 30 available");

        assertThat(strings("return [...document.querySelectorAll('#desks .row .name')].map(e => e.textContent)"))
                .containsExactly(
                        "Bayu 1", "Citra 3", "Fajar 2", "Hadi 2", "Indah 1", "Kartika 1", "Ayu 1", "Gita 2", "Joko 1");
        assertThat(BROWSER.text("#group-full summary")).isEqualTo("15 full");
        assertThat(BROWSER.text("#group-away summary")).isEqualTo("6 away");

        BROWSER.run("document.querySelector('#group-away summary').focus()");
        BROWSER.press(Keys.ENTER);

        shows("#group-away", "Budi 1");
        assertThat(BROWSER.text("#group-away")).contains("lunch", "paused until", "offline");
        assertThat(address()).isEqualTo("?open=away");
        open(1440, 900, address());
        shows("#group-away", "Budi 1");
        assertThat(BROWSER.findAll("#group-full .row")).isEmpty();
        assertThat(BROWSER.barriers()).isEmpty();
        assertThat(BROWSER.complaints()).isEmpty();
    }

    @Test
    void agentsAreInNaturalOrder() {
        open(1440, 900, "");

        assertThat(strings("""
                const agent = (name, online, customers, paused) => ({id: name, name, online, customers, capacity: 2, paused});
                return import('/wallboard/choose.js').then(({inOrder}) => inOrder([
                  agent('Agus 10', true, 0), agent('Agus 2', true, 0), agent('Zul', true, 1), agent('Ani', true, 2),
                  agent('Bayu', true, 0, {since: 1}), agent('Citra', false, 0), agent('Dewi', undefined, 0),
                ]).map(agent => agent.name));""")).containsExactly("Agus 2", "Agus 10", "Zul", "Ani", "Bayu", "Citra", "Dewi");
    }

    @Test
    void aDeskShowsThirtyAgentsAndALargeScreenAHundred() {
        for (int i = 1; i <= 30; i++) {
            given.seen(Integer.toString(i), true, i % 2);
        }
        line(200);
        open(1440, 900, "");
        shows("#waiting", "200");

        assertThat(seen("#desks .row")).hasSize(30);
        assertThat(seen("#customers tr")).hasSizeGreaterThanOrEqualTo(10);

        team(100);
        open(2560, 1440, "?open=full,away");
        await().untilAsserted(() -> assertThat(seen("#desks .row")).hasSizeGreaterThanOrEqualTo(100));
        assertThat(seen("#customers tr")).hasSizeGreaterThanOrEqualTo(12);
    }

    @Test
    void aPhoneFoldsLongListsAndShowsFirstWhatNeedsAnAction() throws Exception {
        team(100);
        line(282);
        for (int i = 1; i <= 20; i++) {
            given.parked("60" + i, "wa", "Qiscus answered 422: Room is locked");
        }
        open(390, 844, "");
        shows("#waiting", "282");

        assertThat((Long) BROWSER.run("return document.documentElement.scrollHeight"))
                .isLessThan(2000);
        assertThat(BROWSER.run("const page = document.documentElement; return page.scrollWidth - page.clientWidth"))
                .isEqualTo(0L);
        assertThat(BROWSER.run("""
                const top = selector => document.querySelector(selector).getBoundingClientRect().top;
                return top('#troubles') < top('#parked') && top('#parked') < top('#waiting')""")).isEqualTo(true);
        assertThat(BROWSER.text("#unfold-customers")).isEqualTo("and 277 more");
        assertThat(BROWSER.barriers()).isEmpty();

        BROWSER.run("document.getElementById('unfold-customers').focus()");
        BROWSER.press(Keys.ENTER);
        shows("#customers", "Pelanggan 282");
    }

    @Test
    void anEmptyPanelIsALine() {
        given.seen("11", true, 0);
        open(1440, 900, "");
        shows("#desks", "0 of 2");

        for (String panel : List.of("line", "parked", "channels")) {
            assertThat((Number) BROWSER.run(
                            "return document.querySelector(arguments[0]).getBoundingClientRect().height", "." + panel))
                    .satisfies(
                            height -> assertThat(height.doubleValue()).as(panel).isLessThan(50));
        }
    }

    @Test
    void filtersCombineAndSurviveAReload() throws Exception {
        team(30);
        line(200);
        given.parked("601", "wa", "Qiscus answered 422: Room is locked");
        given.parked("602", "telegram", "Qiscus answered 422: Room is locked");
        given.change(
                "session",
                "5007",
                session -> session.put(
                        "move",
                        Map.of("from", "105", "from_name", name(5), "since", now - 604_000, "had", List.of("105"))));
        open(1440, 900, "?lang=en");
        shows("#waiting", "200");
        assertThat(BROWSER.findAll("#clear")).isEmpty();

        select("#filter-channel", "qiscus");
        await().untilAsserted(() -> assertThat(BROWSER.findAll("#customers tr")).hasSize(67));
        assertThat(BROWSER.text("#parked-aside")).isEqualTo("0 of 2");
        assertThat(BROWSER.findAll("#channels tr")).hasSize(1);
        BROWSER.find("#lookup-room").sendKeys("GAN 10");
        await().untilAsserted(() -> assertThat(BROWSER.findAll("#customers tr")).hasSize(5));
        assertThat(BROWSER.text("#line-aside")).isEqualTo("5 of 200");
        assertThat(address()).isEqualTo("?lang=en&channel=qiscus&q=GAN+10");

        open(1440, 900, address());
        await().untilAsserted(() -> assertThat(BROWSER.findAll("#customers tr")).hasSize(5));
        assertThat(BROWSER.run("return document.getElementById('lookup-room').value"))
                .isEqualTo("GAN 10");
        BROWSER.find("#clear").click();
        await().untilAsserted(() -> assertThat(BROWSER.findAll("#customers tr")).hasSize(200));
        assertThat(address()).isEqualTo("?lang=en");

        BROWSER.find("#lookup-room").sendKeys("5007");
        await().untilAsserted(() -> assertThat(BROWSER.text("#customers")).contains("Pelanggan 7"));
        assertThat(BROWSER.findAll("#customers tr")).hasSize(1);
        BROWSER.find("#clear").click();

        select("#filter-agent", "105");
        await().untilAsserted(() -> assertThat(BROWSER.findAll("#desks .row")).hasSize(1));
        assertThat(BROWSER.text("#desks")).contains(name(5));
        assertThat(BROWSER.findAll("#customers tr"))
                .as("those who move from this agent")
                .hasSize(1);
        assertThat(BROWSER.text("#customers")).contains("moves from " + name(5) + ", unanswered for 10:");
        assertThat(BROWSER.barriers()).isEmpty();
        assertThat(BROWSER.complaints()).isEmpty();
    }

    private static void select(String selector, String value) {
        BROWSER.run("""
                const field = document.querySelector(arguments[0]);
                field.value = arguments[1];
                field.dispatchEvent(new Event('change', {bubbles: true}));""", selector, value);
    }

    @Test
    void aCustomerIsFoundByNameInAnyState() throws Exception {
        team(9);
        given.assigned("7001", "wa", "102");
        given.assigned("7002", "wa", "102");
        given.change("assigned", "7001", assignment -> assignment.put("name", "Ratna Sari"));
        given.waits("7003", "wa", now - 5000.0);
        given.change("session", "7003", session -> session.put("name", "Ratna Dewi"));
        open(1440, 900, "");
        shows("#waiting", "1");

        BROWSER.find("#lookup-room").sendKeys("ratna", Keys.ENTER);
        shows("#found", "Ratna Dewi");
        assertThat(BROWSER.text("#found"))
                .contains("Ratna Sari", "with Agent 102")
                .doesNotContain("7002");
        assertThat(BROWSER.barriers()).isEmpty();
        BROWSER.press(Keys.ESCAPE);
        BROWSER.find("#clear").click();

        BROWSER.find("#lookup-room").sendKeys("ratna s", Keys.ENTER);
        shows("#history-title", "Ratna Sari");
        shows("#history-aside", "Room 7001");
        assertThat(address()).as("the board is no longer filtered").isEmpty();
    }

    @Test
    void anAgentOpensWithTheirCustomers() throws Exception {
        team(9);
        given.assigned("7001", "wa", "104");
        open(1440, 900, "?open=away");
        shows("#group-away", name(4));

        BROWSER.run("document.querySelector('#group-away .row[data-state=paused] .name').focus()");
        BROWSER.press(Keys.ENTER);

        shows("#agent-title", name(4));
        shows("#agent-aside", "lunch");
        shows("#agent-rooms", "Customer 7001");
        assertThat(BROWSER.barriers()).isEmpty();
        BROWSER.run("document.querySelector('#agent-rooms .name').focus()");
        BROWSER.press(Keys.ENTER);
        shows("#history-title", "Customer 7001");
        BROWSER.press(Keys.ESCAPE);
        BROWSER.press(Keys.ESCAPE);
        await().until(() -> BROWSER.findAll("dialog[open]").isEmpty());
        assertThat(BROWSER.complaints()).isEmpty();
    }

    @Test
    void theTitleShowsHowManyWaitTooLong() {
        given.seen("101", true, 2);
        given.waits("1", "wa", now - 400_000.0, "every agent is full");
        given.waits("2", "wa", now - 1000.0);
        open(1440, 900, "");

        await().untilAsserted(() ->
                assertThat(BROWSER.run("return document.title")).isEqualTo("1 longer than 1 min · 2 waiting"));
        shows("#troubles", "2 wait and the only agent is full.");
        assertThat(BROWSER.text("#goal")).as("no customer was in time").isEqualTo("0%");
    }

    @Test
    void theHistoryOfALargeTeamIsFolded() throws Exception {
        String agents = IntStream.rangeClosed(1, 20)
                .mapToObj(i -> "[\"%d\",\"Agent %d\",%d,5,%d]"
                        .formatted(i, i, i == 20 ? 1 : 2 + i % 3, i == 20 ? 1 : 2 + i % 3))
                .collect(joining(",", "[", "]"));
        given.happened(now - 5000, "1", "chosen", """
                {"agent_id":"20","agent_name":"Agent 20","why":"fewest customers","load":1,"capacity":5,"certain":1,\
                "online":30,"name":"Ayu","channel":"wa","agents":%s}""".formatted(agents));
        open(1440, 900, "");
        BROWSER.find("#lookup-room").sendKeys("1", Keys.ENTER);

        shows("#events", "(Agent 20 1/5, Agent 3 2/5, Agent 6 2/5, Agent 9 2/5, …)");
        assertThat(BROWSER.text("#events")).doesNotContain("Agent 10");
        BROWSER.run("document.querySelector('#events summary').focus()");
        assertThat(BROWSER.text("#events summary")).isEqualTo("and 26 more agents");
        BROWSER.press(Keys.ENTER);
        shows("#events", "Agent 10 3/5");
        assertThat(BROWSER.barriers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1920, 1080", "2560, 1440"})
    void aWallScreenHasNoActionsAndNoScrolling(int width, int height) throws Exception {
        team(100);
        line(282);
        for (int i = 1; i <= 20; i++) {
            given.parked("60" + i, "wa", "Qiscus answered 422: Room is locked");
        }
        open(width, height, "?view=wall");
        shows("#waiting", "282");

        assertThat(BROWSER.findAll("button, a[href], input, select, summary, [tabindex='0']"))
                .isEmpty();
        assertThat(strings("""
                return [...document.querySelectorAll('*')]
                  .filter(e => !e.closest('.hidden') && e.scrollHeight > e.clientHeight + 1 && !['inline', 'contents'].includes(getComputedStyle(e).display)
                    && getComputedStyle(e).overflowY !== 'visible')
                  .map(e => e.tagName + '.' + e.className)""")).isEmpty();
        assertThat((Long) BROWSER.run("return document.documentElement.scrollHeight"))
                .isEqualTo(height);
        int customers = seen("#customers tr").size();
        assertThat(customers).isGreaterThanOrEqualTo(8);
        assertThat(BROWSER.text(".line .more")).isEqualTo("and " + (282 - customers) + " more");
        assertThat(BROWSER.text(".parked .more")).startsWith("and ");
        int agents = seen("#desks .row").size();
        assertThat(agents).isGreaterThanOrEqualTo(60);
        assertThat(BROWSER.text(".agents .more")).isEqualTo(agents == 100 ? "" : "and " + (100 - agents) + " more");
        assertThat(BROWSER.barriers()).isEmpty();
        BROWSER.prefers("dark");
        assertThat(BROWSER.barriers()).isEmpty();
        assertThat(BROWSER.complaints()).isEmpty();
    }

    @Test
    void aLargeTeamIsAccessibleByDayAndByNight() throws Exception {
        team(30);
        line(200);
        given.parked("601", "wa", "Qiscus answered 422: Room is locked");
        open(1440, 900, "?open=full,away");
        shows("#waiting", "200");

        assertThat(BROWSER.barriers()).isEmpty();
        BROWSER.prefers("dark");
        assertThat(BROWSER.barriers()).isEmpty();
    }

    @Test
    void whileTheProgramIsAwayThePageStopsAndSaysSo() throws Exception {
        given.waits("1", "wa", now - 60_000.0);
        open(1440, 900, "");
        shows("#waiting", "1");
        BROWSER.complaints();

        app.stop();
        shows("#troubles", "The program cannot be reached");
        assertThat(BROWSER.run("return document.title")).isEqualTo("Not connected");
        assertThat(BROWSER.run("return document.getElementById('link').dataset.state"))
                .isEqualTo("lost");
        assertThat(BROWSER.run("return getComputedStyle(document.querySelector('.line')).opacity"))
                .isNotEqualTo("1");
        assertThat(BROWSER.barriers()).isEmpty();
        List<String> times = List.of(BROWSER.text("#clock"), BROWSER.text("#longest"));
        await().during(2, TimeUnit.SECONDS)
                .until(() -> times.equals(List.of(BROWSER.text("#clock"), BROWSER.text("#longest"))));

        app.startAgain();
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> BROWSER.findAll("#board[data-connected]").isEmpty());
        assertThat(BROWSER.text("#troubles")).doesNotContain("cannot be reached");
        await().until(() -> !times.get(0).equals(BROWSER.text("#clock")));
    }

    @Test
    @EnabledIfSystemProperty(named = "pictures", matches = ".+", disabledReason = "only draws the pictures of the docs")
    void picturesForTheDocs() throws Exception {
        anHour();
        team(30);
        allOnlineAgentsAreFull(30);
        line(200);
        given.parked("601", "wa", "Qiscus answered 422: Room is locked");
        given.change(
                "session",
                "5007",
                session -> session.put(
                        "move",
                        Map.of("from", "103", "from_name", name(3), "since", now - 604_000, "had", List.of("103"))));
        picture(1440, 900, "?open=full,away", "wallboard");
        picture(390, 844, "", "wallboard-phone");
        team(100);
        allOnlineAgentsAreFull(100);
        line(282);
        picture(2560, 1440, "?open=full,away", "wallboard-100-agents");
        picture(1920, 1080, "?view=wall", "wallboard-wall");
    }

    private void allOnlineAgentsAreFull(int agents) {
        for (int i = 1; i <= agents; i++) {
            given.change("agent", Integer.toString(100 + i), agent -> agent.put("external", 2));
        }
    }

    private void anHour() {
        for (int i = 0; i < 900; i++) {
            long at = now - 3_590_000 + i * 3_900L;
            String channel = List.of("wa", "qiscus", "telegram").get(i % 3);
            String event = i % 5 == 0 ? "resolved" : i % 9 < 5 ? "came" : "assigned";
            given.happened(
                    at,
                    "r" + i,
                    event,
                    "{\"channel\":\"%s\",\"source\":\"%s\",\"waited\":%d,\"agent_id\":\"101\",\"count\":1}"
                            .formatted(channel, channel, 4_000 + i % 70 * 1_100L));
        }
    }

    private void picture(int width, int height, String query, String name) throws Exception {
        open(width, height, query);
        await().untilAsserted(() -> assertThat(BROWSER.findAll("#line")).isNotEmpty());
        BROWSER.picture(System.getProperty("pictures") + "/" + name + ".png");
    }
}
