package wallboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static support.RealRedis.REDIS;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import support.Browser;
import support.FakeQiscus;
import support.RunningApplication;
import support.StoredState;

/** An operator's actions on the page, in a real browser, in each language. */
@Timeout(180)
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"en", "id"})
class ConsoleInBrowserTest {
    @Parameter
    String language;

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @RegisterExtension
    // No agent is full, even while Qiscus may show customers late.
    final RunningApplication app = new RunningApplication().with("MAX_CUSTOMERS_PER_AGENT", "4");

    private final FakeQiscus qiscus = app.qiscus();

    /** Each agent has a customer, and no customer waits. */
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
    void aCustomerMovesToTheChosenAgent() {
        String from = qiscus.agentOf("1");
        String to = from.equals("11") ? "12" : "11";
        openRoom("1");
        choose("#move-agent", to);
        qiscus.answersAfter(Duration.ofMillis(300));
        click("#act-move button");
        await().until(() -> "true".equals(BROWSER.find("#act-move button").getDomAttribute("aria-busy")));
        shows("#session-actions .outcome", said("Working", "Sedang diproses"));

        outcome("#session-actions", said("is with Agent ", "dilayani Agent ") + to + ".", true);
        assertThat(qiscus.agentOf("1")).isEqualTo(to);
        shows("#history-aside", "Agent " + to);
        shows("#events", said("as operator wanted", "atas permintaan operator"));
    }

    @Test
    void aFullAgentIsRefusedUnlessOverCapacityIsChecked() throws Exception {
        app.put("/config", "{\"max_customer_per_agent\":1}");
        app.customerWrites("4");
        await().until(() -> REDIS.client().zcard("waiting") == 1);
        openRoom("4");
        shows("#history-aside", said("waits", "menunggu"));
        choose("#assign-agent", "11");
        click("#act-assign button");

        outcome("#session-actions", said("Agent 11 is full (1 of 1).", "Agent 11 penuh (1 dari 1)."), false);
        assertThat(qiscus.agentOf("4")).isNull();

        click("#act-assign input[type=checkbox]");
        click("#act-assign button");

        outcome("#session-actions", said("is with Agent 11.", "dilayani Agent 11."), true);
        assertThat(qiscus.agentOf("4")).isEqualTo("11");
    }

    @Test
    void aCustomerIsTakenBackAndPutFirstWithTheKeyboardAlone() throws Exception {
        for (String agent : new String[] {"11", "12", "13"}) {
            app.post("/agents/" + agent + "/pause", "{\"until\":null}");
        }
        app.customerWrites("4");
        await().until(() -> REDIS.client().zcard("waiting") == 1);
        openRoom("2");
        shows("#history-aside", said("with Agent", "dilayani Agent"));
        focus("#act-release button");
        BROWSER.press(Keys.ENTER);
        outcome("#session-actions", said("waits, number 1 in line.", "menunggu, nomor 1 dalam antrean."), true);
        assertThat(qiscus.agentOf("2")).isNull();
        BROWSER.press(Keys.ESCAPE);

        openRoom("4");
        shows("#history-aside", said("place 2", "urutan 2"));
        focus("#act-priority button");
        BROWSER.press(Keys.ENTER);
        outcome("#session-actions", said("operator put Customer 4", "operator mendahulukan Customer 4"), true);
        shows("#history-aside", said("place 1", "urutan 1"));
    }

    @Test
    void aPauseAndACapacityAreUndone() {
        openAgent("11");
        choose("#pause-minutes", "60");
        BROWSER.find("#pause-reason").sendKeys("lunch");
        click("#act-pause button");
        outcome("#agent-actions", said("operator paused Agent 11 until", "operator menjeda Agent 11 sampai"), true);
        shows("#agent-aside", "lunch");
        click("#agent-actions .undo");
        outcome("#agent-actions", said("Agent 11 gets new chats again", "Agent 11 kembali mendapat chat baru"), true);

        WebElement capacity = BROWSER.find("#capacity");
        capacity.clear();
        capacity.sendKeys("5");
        click("#act-capacity button");
        outcome("#agent-actions", said("to 5.", "menjadi 5."), true);
        assertThat(REDIS.client().hget("config", "max_customer_per_agent:11")).isEqualTo("5");
        click("#agent-actions .undo");
        outcome("#agent-actions", said("from 5 to ", "dari 5 menjadi "), true);
        assertThat(REDIS.client().hget("config", "max_customer_per_agent:11")).isNull();
    }

    @Test
    void anEarlierActionOfAnotherOperatorIsShownBesideTheButton() throws Exception {
        openRoom("3");
        shows("#history-aside", said("with Agent", "dilayani Agent"));
        app.post("/agents/11/pause", "{}");
        app.post("/agents/12/pause", "{}");
        app.post("/agents/13/pause", "{}");
        app.post("/sessions/3/release", "");
        click("#act-release button");

        outcome("#session-actions", said("waits, number 1 in line.", "menunggu, nomor 1 dalam antrean."), false);
    }

    @Test
    void aRetryOfASessionThatAnotherOperatorDroppedIsRefused() throws Exception {
        new StoredState(REDIS).parked("9", "qiscus", "Qiscus does not know the room");
        openBoard();
        shows("#parked", "Customer 9");
        // Before the board shows it.
        BROWSER.run("""
                const retry = document.querySelector('#parked button:not(.name):not(.danger)');
                fetch('/parked/9', {method: 'DELETE'}).then(() => retry.click());""");

        shows(
                "#parked .outcome",
                said("No session of this room is parked.", "Tidak ada sesi room ini yang disisihkan."));
    }

    @Test
    void theActionsAreAccessible() throws Exception {
        openRoom("1");
        shows("#history-aside", said("with Agent", "dilayani Agent"));
        assertThat(BROWSER.barriers()).isEmpty();
        BROWSER.press(Keys.ESCAPE);
        openAgent("11");
        assertThat(BROWSER.barriers()).isEmpty();
    }

    @Test
    void aWallScreenHasNoActions() {
        BROWSER.open("http://localhost:" + app.port() + "/?view=wall&lang=" + language);
        shows("#desks", "Agent 11");
        assertThat(BROWSER.findAll("button, form, select, a[href]")).isEmpty();
    }

    private String said(String inEnglish, String inIndonesian) {
        return language.equals("en") ? inEnglish : inIndonesian;
    }

    private void openBoard() {
        BROWSER.open("http://localhost:" + app.port() + "/?lang=" + language);
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
