package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static store.StoreInTest.LONG;
import static store.StoreInTest.UNANSWERED;
import static store.StoreInTest.agent;
import static store.StoreInTest.setback;

import assignment.Agent;
import assignment.Resolve;
import assignment.Session;
import assignment.Team;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.resps.StreamEntry;
import support.RealRedis;

/** What each move leaves in the stream {@code history}. */
@Timeout(30)
class HistoryTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();

    // Coming and waiting

    @Test
    void aSessionComesOnceHoweverOftenItCalls() {
        given.asks("ayu");
        given.asks("ayu");
        store.take();
        given.asks("ayu");
        store.take();

        assertThat(events("ayu")).containsExactly("came");
        JsonNode came = last("ayu", "came");
        assertThat(came.path("name").asText()).isEqualTo("Customer ayu");
        assertThat(came.path("channel").asText()).isEqualTo("whatsapp");
        assertThat(came.path("first_asked").asLong()).isBetween(1_500_000_000_000L, System.currentTimeMillis());
    }

    @Test
    void aSessionThatWaitsSaysForWhomAndHowFullTheyAre() {
        store.reserve(given.claim("ayu"), List.of(agent("a1", 2), agent("a2", 3)), true);

        JsonNode waits = last("ayu", "waits");
        assertThat(waits.path("name").asText()).isEqualTo("Customer ayu");
        assertThat(waits.path("channel").asText()).isEqualTo("channel-of-ayu");
        assertThat(waits.path("reason").asText()).isEqualTo("every agent is full");
        assertThat(waits.path("agents")).hasToString("""
                [["a1","Agent a1",2,2],["a2","Agent a2",3,2]]""");
        assertThat(waits.path("online").asInt()).isEqualTo(2);
    }

    @Test
    void withNobodyOnlineNobodyIsNamed() {
        store.reserve(given.claim("ayu"), List.of(), true);

        assertThat(last("ayu", "waits").path("reason").asText()).isEqualTo("no agent is online");
        assertThat(last("ayu", "waits").has("agents")).isFalse();
        assertThat(last("ayu", "waits").path("online").asInt()).isZero();
    }

    @Test
    void aSessionThatGoesOnWaitingSaysItAgainOnlyWhenTheReasonIsNews() {
        SessionStore eager = given.store(LONG, LONG, Duration.ofMillis(1));
        given.asks("ayu");
        for (List<Agent> online :
                List.of(List.of(agent("a1", 2)), List.of(agent("a1", 2)), List.<Agent>of(), List.of(agent("a1", 2)))) {
            eager.reserve(untilTaken(eager), online, true);
        }

        assertThat(events("ayu")).containsExactly("came", "waits", "waits", "waits");
    }

    @Test
    void ofManyAgentsTwentyAreNamed() {
        store.reserve(
                given.claim("ayu"),
                IntStream.range(0, 45).mapToObj(i -> agent("a" + i, 2)).toList(),
                true);

        assertThat(last("ayu", "waits").path("agents")).hasSize(20);
        assertThat(last("ayu", "waits").path("online").asInt()).isEqualTo(45);
    }

    // The choice and why

    @Test
    void theChoiceNamesWhoWasEligibleWithWhatLoad() {
        store.reserve(given.claim("ayu"), List.of(agent("a1", 1), agent("a2", 0), agent("a3", 2)), true);

        JsonNode chosen = last("ayu", "chosen");
        assertThat(chosen.path("agent_id").asText()).isEqualTo("a2");
        assertThat(chosen.path("agent_name").asText()).isEqualTo("Agent a2");
        assertThat(chosen.path("load").asInt(-1)).isZero();
        assertThat(chosen.path("capacity").asInt()).isEqualTo(2);
        assertThat(chosen.path("why").asText()).isEqualTo("fewest customers");
        assertThat(chosen.path("agents")).hasToString("""
                [["a1","Agent a1",1,2],["a2","Agent a2",0,2],["a3","Agent a3",2,2]]""");
    }

    @Test
    void amongEqualsItIsToldThatHeWaitedLongest() {
        given.assign("ayu", "a1");
        store.reserve(given.claim("budi"), List.of(agent("a1", 1), agent("a2", 1), agent("a3", 1)), true);

        assertThat(last("budi", "chosen").path("why").asText()).isEqualTo("waited longest of the least busy");
    }

    @Test
    void equalsWhoAreBusierDoNotMatter() {
        store.reserve(given.claim("ayu"), List.of(agent("a1", 1), agent("a2", 1), agent("a3", 0)), true);

        assertThat(last("ayu", "chosen").path("why").asText()).isEqualTo("fewest customers");
    }

    @Test
    void theOnlyOneWithAFreeSlotIsToldAsThat() {
        store.reserve(given.claim("ayu"), List.of(agent("a1", 2), agent("a2", 1)), true);

        assertThat(last("ayu", "chosen").path("why").asText()).isEqualTo("the only one with a free slot");
    }

    @Test
    void anAssignmentTellsHowLongItTookAndHowManyHeHas() {
        Session ayu = given.reserve("ayu", "a1");
        given.change("assigned", "ayu", reserved -> reserved.put("since", System.currentTimeMillis() - 700));

        store.confirm(ayu);

        assertThat(events("ayu")).containsExactly("came", "chosen", "assigned");
        JsonNode assigned = last("ayu", "assigned");
        assertThat(assigned.path("agent_id").asText()).isEqualTo("a1");
        assertThat(assigned.path("agent_name").asText()).isEqualTo("Agent a1");
        assertThat(assigned.path("count").asInt()).isEqualTo(1);
        assertThat(assigned.path("waited").asLong()).isGreaterThanOrEqualTo(500_000);
        assertThat(assigned.path("took").asLong()).isBetween(700L, 30_000L);
    }

    // Failures and corrections

    @Test
    void everySetbackIsThereWithItsNumber() {
        SessionStore eager = given.store(LONG, LONG, Duration.ofMillis(1));
        given.asks("ayu");
        eager.returnToLine(untilTaken(eager), setback("Qiscus answered 500", Duration.ZERO, Duration.ZERO));
        eager.returnToLine(untilTaken(eager), setback("Qiscus answered 500", Duration.ZERO, Duration.ZERO));

        assertThat(events("ayu")).containsExactly("came", "set_back", "set_back");
        assertThat(last("ayu", "set_back").path("reason").asText()).isEqualTo("Qiscus answered 500");
        assertThat(last("ayu", "set_back").path("attempts").asInt()).isEqualTo(2);
    }

    @Test
    void aDoubtIsToldOnce() {
        Session ayu = given.reserve("ayu", "a1");
        store.doubt(ayu, UNANSWERED);
        store.doubt(ayu, UNANSWERED);

        assertThat(events("ayu")).containsExactly("came", "chosen", "doubted");
        assertThat(last("ayu", "doubted").path("reason").asText()).isEqualTo("no answer came");
    }

    @Test
    void aClaimOfADeadWorkerIsRecoveredOrDoubted() {
        SessionStore dying = given.store(LONG, Duration.ZERO);
        dying.reserve(given.claim("budi"), List.of(agent("a1", 0)), true);
        dying.takeAbandoned();
        store.drop(store.takeAbandoned().session(), "it is resolved in Qiscus");
        given.claim("ayu", dying);
        store.takeAbandoned();

        assertThat(events("ayu")).containsExactly("came", "recovered");
        assertThat(events("budi")).containsExactly("came", "chosen", "doubted", "dropped");
    }

    @Test
    void whatIsParkedSaysWhyAndHowItEnded() {
        store.park(given.reserve("ayu", "a1"), "no such room");
        store.park(given.reserve("budi", "a1"), "no such room");
        store.park(given.reserve("citra", "a1"), "no such room");
        given.settled().park(given.claim("dewi"), "no such room");
        given.asksNow("dewi");
        given.settled().take();
        store.unpark("ayu", true);
        store.unpark("budi", false);
        store.resolve(new Resolve("citra", "1"));

        assertThat(last("ayu", "parked").path("reason").asText()).isEqualTo("no such room");
        assertThat(last("ayu", "unparked").path("how").asText()).isEqualTo("retry");
        assertThat(last("budi", "unparked").path("how").asText()).isEqualTo("dropped");
        assertThat(last("citra", "unparked").path("how").asText()).isEqualTo("resolved");
        assertThat(last("dewi", "unparked").path("how").asText()).isEqualTo("came back");
        assertThat(last("dewi", "unparked").path("name").asText()).isEqualTo("Customer dewi");
        assertThat(events("dewi")).containsExactly("came", "parked", "unparked", "came");
    }

    @Test
    void whatWasNotWrittenByUsIsParkedUnderANameOfItsOwn() {
        given.redis().lpush("new_session_queue", "no json");
        store.take();

        assertThat(entries()).singleElement().satisfies(entry -> {
            assertThat(entry.getFields().get("event")).isEqualTo("parked");
            assertThat(entry.getFields().get("room")).startsWith("unreadable:");
        });
    }

    @Test
    void whatIsDroppedSaysWhy() {
        store.drop(given.reserve("ayu", "a1"), "it is resolved in Qiscus");

        assertThat(last("ayu", "dropped").path("reason").asText()).isEqualTo("it is resolved in Qiscus");
    }

    @Test
    void aStaleAssignmentIsTold() {
        given.assign("ayu", "a1");
        given.assign("budi", "a1");
        given.settled().freeStale(Session.ofRoom("ayu"));
        given.asksNow("budi");
        given.settled().take();

        JsonNode stale = last("ayu", "stale");
        assertThat(stale.path("name").asText()).isEqualTo("Customer ayu");
        assertThat(stale.path("agent_id").asText()).isEqualTo("a1");
        assertThat(stale.path("agent_name").asText()).isEqualTo("Agent a1");
        assertThat(stale.path("count").asInt()).isEqualTo(1);
        assertThat(events("budi")).containsExactly("came", "chosen", "assigned", "stale", "came");
    }

    @Test
    void correctedCountsAreAboutNoRoom() {
        store.recount();
        assertThat(entries()).isEmpty();

        given.redis().hset("agent_customer_count", Map.of("a1", "5", "a2", "7"));
        store.recount();

        assertThat(entries()).singleElement().satisfies(entry -> assertThat(entry.getFields())
                .isEqualTo(Map.of("event", "corrected", "data", "{\"agents\":2}")));
    }

    // The end

    @Test
    void aResolveTellsWhoHasASlotAgain() {
        given.assign("ayu", "a1");
        given.asks("budi");
        store.resolve(new Resolve("ayu", "1"));
        store.resolve(new Resolve("ayu", "1"));
        store.resolve(new Resolve("budi", "2"));
        store.resolve(new Resolve("nobody", "3"));

        JsonNode served = last("ayu", "resolved");
        assertThat(events("ayu")).containsExactly("came", "chosen", "assigned", "resolved");
        assertThat(served.path("agent_id").asText()).isEqualTo("a1");
        assertThat(served.path("agent_name").asText()).isEqualTo("Agent a1");
        assertThat(served.path("count").asInt(-1)).isZero();
        assertThat(served.path("while").asText()).isEqualTo("served");
        assertThat(last("budi", "resolved").path("while").asText()).isEqualTo("waiting");
        assertThat(last("budi", "resolved").path("name").asText()).isEqualTo("Customer budi");
        assertThat(events("nobody")).isEmpty();
    }

    @Test
    void aLostClaimLeavesNothing() {
        Session ayu = given.reserve("ayu", "a1");
        store.resolve(new Resolve("ayu", "1"));
        List<String> before = events("ayu");

        store.confirm(ayu);
        store.park(ayu, "why");
        store.drop(ayu, "why");
        store.doubt(ayu, UNANSWERED);
        store.returnToLine(ayu, setback("why", Duration.ZERO, Duration.ZERO));

        assertThat(events("ayu")).isEqualTo(before);
    }

    // How long it is kept

    @Test
    void whatIsOlderThanTheRetentionIsLetGo() {
        long now = System.currentTimeMillis();
        add(now - 25 * HOUR, 500);
        add(now - 23 * HOUR, 1);

        await().until(() -> {
            store.resolve(new Resolve("ayu", null));
            given.assign("ayu", "a1");
            return entries().size() < 500;
        });

        store.recount();
        assertThat(entries().get(0).getID().getTime()).isEqualTo(now - 23 * HOUR);
    }

    @Test
    void itNeverGrowsBeyondAHundredThousand() {
        add(System.currentTimeMillis() - 1000, 100_500);

        await().until(() -> {
            store.resolve(new Resolve("ayu", null));
            given.assign("ayu", "a1");
            return given.redis().xlen("history") < 100_200;
        });
    }

    @Test
    void aHistoryThatCannotBeWrittenKeepsNobodyFromBeingServed() {
        given.redis().set("history", "somebody else's");

        given.assign("ayu", "a1");
        store.recount();
        store.resolve(new Resolve("ayu", "1"));

        assertThat(given.customersOf("a1")).isEqualTo("0");
    }

    // Agents as seen

    @Test
    void whoIsOnlineAndWhoIsNotIsWritten() {
        Agent away = new Agent("a2", "Agent a2", 0, false, false, "agent");
        long before = System.currentTimeMillis();

        store.reserve(given.claim("ayu"), new Team(List.of(agent("a1", 2)), List.of(away)), true);

        assertThat(given.stored("agent", "a1").path("online").asBoolean(false)).isTrue();
        assertThat(given.stored("agent", "a1").path("seen").asLong()).isBetween(before, System.currentTimeMillis());
        assertThat(given.stored("agent", "a2").path("online").asBoolean(true)).isFalse();
        assertThat(given.stored("agent", "a2").path("seen").asLong()).isBetween(before, System.currentTimeMillis());
        assertThat(given.stored("agent", "a2").path("name").asText()).isEqualTo("Agent a2");
    }

    @Test
    void whoGoesOrComesIsWrittenAtOnceAndWhatIsKnownOfHimStays() {
        given.assign("ayu", "a1");
        long lastAssigned = given.stored("agent", "a1").path("last_assigned").asLong();

        store.reserve(given.claim("budi"), new Team(List.of(), List.of(agent("a1", 0))), true);
        assertThat(given.stored("agent", "a1").path("online").asBoolean(true)).isFalse();
        assertThat(given.stored("agent", "a1").path("last_assigned").asLong()).isEqualTo(lastAssigned);

        store.reserve(given.claim("citra"), List.of(agent("a1", 2)), true);
        assertThat(given.stored("agent", "a1").path("online").asBoolean(false)).isTrue();
    }

    @Test
    void whoStaysAsHeIsIsWrittenOnlyFromTimeToTime() {
        Team team = new Team(List.of(agent("a1", 2)), List.of(agent("a2", 0)));
        store.reserve(given.claim("ayu"), team, true);
        String online = given.redis().hget("agent", "a1");
        String offline = given.redis().hget("agent", "a2");

        store.reserve(given.claim("budi"), team, true);
        assertThat(given.redis().hget("agent", "a1")).isEqualTo(online);
        assertThat(given.redis().hget("agent", "a2")).isEqualTo(offline);

        long longAgo = System.currentTimeMillis() - 11_000;
        given.change("agent", "a1", agent -> agent.put("seen", longAgo));
        given.change("agent", "a2", agent -> agent.put("seen", longAgo));
        store.reserve(given.claim("citra"), team, true);
        assertThat(given.stored("agent", "a1").path("seen").asLong()).isGreaterThan(longAgo);
        assertThat(given.stored("agent", "a2").path("seen").asLong()).isGreaterThan(longAgo);
    }

    private static Session untilTaken(SessionStore taking) {
        Session session = taking.take();
        while (session == null) {
            Thread.onSpinWait();
            session = taking.take();
        }
        return session;
    }

    private void add(long at, int entries) {
        try (var pipeline = given.redis().pipelined()) {
            for (int i = 0; i < entries; i++) {
                pipeline.xadd(
                        "history",
                        Map.of("event", "came", "room", "old", "data", "{}"),
                        XAddParams.xAddParams().id(new StreamEntryID(at, i)));
            }
        }
    }

    private List<StreamEntry> entries() {
        return given.redis().xrange("history", "-", "+");
    }

    private List<String> events(String room) {
        return entries().stream()
                .filter(entry -> room.equals(entry.getFields().get("room")))
                .map(entry -> entry.getFields().get("event"))
                .toList();
    }

    private JsonNode last(String room, String event) {
        String data = entries().stream()
                .filter(entry -> room.equals(entry.getFields().get("room"))
                        && event.equals(entry.getFields().get("event")))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .getFields()
                .get("data");
        try {
            return new ObjectMapper().readTree(data);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
