package wallboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import support.Browser;
import support.FakeQiscus;
import support.RealRedis;
import support.RunningApplication;
import support.StoredState;

/** What an operator does on the page, in a real browser. */
@Timeout(180)
class ConsoleInBrowserTest {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @RegisterExtension
    final FakeQiscus qiscus = new FakeQiscus();

    @RegisterExtension
    final RunningApplication app = new RunningApplication(REDIS, qiscus);

    /** Each agent has a customer; nobody waits. */
    @BeforeEach
    void twoAgentsAtWork() throws Exception {
        qiscus.hasAgents("11", "12", "13");
        app.customerWrites("1");
        app.customerWrites("2");
        app.customerWrites("3");
        await().until(() -> qiscus.assignments().size() == 3 && REDIS.client().zcard("claimed") == 0);
        BROWSER.size(1440, 900);
    }

    @Test
    void aCustomerMovesToTheAgentWhoIsChosen() {
        String from = qiscus.agentOf("1");
        String to = from.equals("11") ? "12" : "11";
        openRoom("1");
        choose("#move-agent", to);
        click("#act-move button");

        outcome("#session-actions", "Customer 1 (room 1) is with Agent " + to + ".", true);
        assertThat(qiscus.agentOf("1")).isEqualTo(to);
        shows("#history-aside", "Agent " + to);
        shows("#events", "as operator wanted");
    }

    @Test
    void aFullAgentIsRefusedInWordsUnlessItIsAskedFor() throws Exception {
        app.put("/config", "{\"max_customer_per_agent\":1}");
        app.customerWrites("4");
        await().until(() -> REDIS.client().zcard("waiting") == 1);
        openRoom("4");
        shows("#history-aside", "waits");
        choose("#assign-agent", "11");
        click("#act-assign button");

        outcome("#session-actions", "Agent 11 is full (1 of 1).", false);
        assertThat(qiscus.agentOf("4")).isNull();

        click("#act-assign input[type=checkbox]");
        click("#act-assign button");

        outcome("#session-actions", "Customer 4 (room 4) is with Agent 11.", true);
        assertThat(qiscus.agentOf("4")).isEqualTo("11");
    }

    @Test
    void aCustomerIsTakenBackAndLetForwardWithTheKeyboardAlone() throws Exception {
        for (String agent : new String[] {"11", "12", "13"}) {
            app.post("/agents/" + agent + "/pause", "{\"until\":null}");
        }
        app.customerWrites("4");
        await().until(() -> REDIS.client().zcard("waiting") == 1);
        openRoom("2");
        shows("#history-aside", "with Agent");
        focus("#act-release button");
        BROWSER.press(Keys.ENTER);
        outcome("#session-actions", "Customer 2 (room 2) waits, number 1 in line.", true);
        assertThat(qiscus.agentOf("2")).isNull();
        BROWSER.press(Keys.ESCAPE);

        openRoom("4");
        shows("#history-aside", "place 2");
        focus("#act-priority button");
        BROWSER.press(Keys.ENTER);
        outcome("#session-actions", "operator let Customer 4 (room 4) be the next.", true);
        shows("#history-aside", "place 1");
    }

    @Test
    void aPauseAndACapacityAreUndone() {
        openAgent("11");
        choose("#pause-minutes", "60");
        BROWSER.find("#pause-reason").sendKeys("lunch");
        click("#act-pause button");
        outcome("#agent-actions", "operator paused Agent 11 until", true);
        shows("#agent-aside", "lunch");
        click("#agent-actions .undo");
        outcome("#agent-actions", "Agent 11 gets new chats again", true);

        WebElement capacity = BROWSER.find("#capacity");
        capacity.clear();
        capacity.sendKeys("5");
        click("#act-capacity button");
        outcome("#agent-actions", "to 5.", true);
        assertThat(REDIS.client().hget("config", "max_customer_per_agent:11")).isEqualTo("5");
        click("#agent-actions .undo");
        outcome("#agent-actions", "from 5 to that of all.", true);
        assertThat(REDIS.client().hget("config", "max_customer_per_agent:11")).isNull();
    }

    @Test
    void whatAnotherOperatorDidFirstIsSaidBesideTheButton() throws Exception {
        openRoom("3");
        shows("#history-aside", "with Agent");
        app.post("/agents/11/pause", "{}");
        app.post("/agents/12/pause", "{}");
        app.post("/agents/13/pause", "{}");
        app.post("/sessions/3/release", "");
        click("#act-release button");

        outcome("#session-actions", "Customer 3 (room 3) waits, number 1 in line.", false);
    }

    @Test
    void aParkedCustomerWhomAnotherOperatorDroppedIsNotRetriedAndThePageSaysSo() throws Exception {
        new StoredState(REDIS).parked("9", "qiscus", "Qiscus does not know the room");
        openBoard();
        shows("#parked", "Customer 9");
        app.send(app.request("/parked/9").DELETE());
        // Before the board has heard of it.
        BROWSER.run("document.querySelector('#parked button:not(.name):not(.danger)').click()");

        shows("#parked .outcome", "No session of this room is parked.");
    }

    @Test
    void thePageOfAnIndonesianActsInIndonesian() {
        String from = qiscus.agentOf("1");
        String to = from.equals("11") ? "12" : "11";
        BROWSER.open("http://localhost:" + app.port() + "/?lang=id");
        shows("#desks", "Agent 11");
        BROWSER.find("#lookup-room").sendKeys("1", Keys.ENTER);
        await().until(() -> !BROWSER.findAll("#session-actions").isEmpty());
        assertThat(BROWSER.text("#act-move button")).isEqualTo("Alihkan");
        choose("#move-agent", to);
        click("#act-move button");

        await().until(() -> to.equals(qiscus.agentOf("1")));
        await().until(() ->
                "true".equals(BROWSER.find("#session-actions .outcome").getAttribute("data-ok")));
        assertThat(BROWSER.text("#session-actions .outcome"))
                .contains("Agent " + to)
                .doesNotContain(" is with ");
        BROWSER.press(Keys.ESCAPE);
        BROWSER.find("#lookup-room").clear();
        BROWSER.run(
                "[...document.querySelectorAll('#desks button.name')].find(one => one.textContent.includes('11')).click()");
        await().until(() -> !BROWSER.findAll("#agent-actions").isEmpty());
        click("#act-pause button");
        await().until(() ->
                "true".equals(BROWSER.find("#agent-actions .outcome").getAttribute("data-ok")));
        assertThat(BROWSER.text("#agent-actions .outcome"))
                .contains("menjeda", "sampai", "Urungkan")
                .doesNotContain("until");
    }

    @Test
    void nobodyIsKeptFromTheActions() throws Exception {
        openRoom("1");
        shows("#history-aside", "with Agent");
        assertThat(BROWSER.barriers()).isEmpty();
        BROWSER.press(Keys.ESCAPE);
        openAgent("11");
        assertThat(BROWSER.barriers()).isEmpty();
    }

    @Test
    void aScreenOnTheWallHasNoActions() {
        BROWSER.open("http://localhost:" + app.port() + "/?view=wall&lang=en");
        shows("#desks", "Agent 11");
        assertThat(BROWSER.findAll("button, form, select, a[href]")).isEmpty();
    }

    private void openBoard() {
        BROWSER.open("http://localhost:" + app.port() + "/?lang=en");
        shows("#desks", "Agent 11");
    }

    private void openRoom(String room) {
        openBoard();
        BROWSER.find("#lookup-room").sendKeys(room, Keys.ENTER);
        await().until(() -> !BROWSER.findAll("#session-actions").isEmpty());
    }

    private void openAgent(String id) {
        openBoard();
        BROWSER.run("""
                [...document.querySelectorAll('#desks button.name')].find(one => one.textContent.includes(arguments[0])).click()""", "Agent " + id);
        await().until(() -> !BROWSER.findAll("#agent-actions").isEmpty());
    }

    private static void choose(String selector, String value) {
        await().ignoreExceptions().until(() -> {
            BROWSER.find(selector + " option[value='" + value + "']").click();
            return true;
        });
    }

    private static void click(String selector) {
        await().ignoreExceptions().until(() -> {
            BROWSER.find(selector).click();
            return true;
        });
    }

    private static void focus(String selector) {
        BROWSER.run("document.querySelector(arguments[0]).focus()", selector);
    }

    private static void outcome(String group, String words, boolean isDone) {
        shows(group + " .outcome", words);
        await().until(() -> Boolean.toString(isDone)
                .equals(BROWSER.find(group + " .outcome").getAttribute("data-ok")));
    }

    private static void shows(String selector, String text) {
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(BROWSER.text(selector)).contains(text));
    }
}
