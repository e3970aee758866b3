package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static store.StoreInTest.UNANSWERED;
import static store.StoreInTest.retry;

import assignment.Agent;
import assignment.AgentSeen;
import assignment.Candidate;
import assignment.Contender;
import assignment.Event;
import assignment.Match;
import assignment.Placement;
import assignment.RecordedEvent;
import assignment.Reservation;
import assignment.Resolve;
import assignment.Session;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.resps.StreamEntry;
import support.RealRedis;

/** The entries that each change leaves in the stream {@code history}. */
@Timeout(30)
class HistoryTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();

    // Coming and waiting

    @Test
    void aSessionComesOnceForManyCalls() {
        given.asks("ayu");
        given.asks("ayu");
        given.snapshot();
        given.asks("ayu");
        given.snapshot();

        assertThat(events("ayu")).containsExactly("came");
        JsonNode came = last("ayu", "came");
        assertThat(came.path("name").asText()).isEqualTo("Customer ayu");
        assertThat(came.path("channel").asText()).isEqualTo("whatsapp");
        assertThat(came.path("source").asText()).isEqualTo("wa");
        assertThat(came.path("first_asked").asLong()).isBetween(1_500_000_000_000L, System.currentTimeMillis());
    }

    @Test
    void aWaitingSessionNamesItsAgentsAndHowFullTheyAre() {
        store.note(
                List.of(waits(given.comes("ayu"), Match.Why.ALL_FULL, List.of(agent("a1", 2, 2), agent("a2", 3, 1)))));

        JsonNode waits = last("ayu", "waits");
        assertThat(waits.path("name").asText()).isEqualTo("Customer ayu");
        assertThat(waits.path("channel").asText()).isEqualTo("whatsapp");
        assertThat(waits.path("reason").asText()).isEqualTo("every agent is full");
        assertThat(waits.path("agents")).hasToString("""
                [["a1","Agent a1",2,2,2],["a2","Agent a2",3,2,1]]""");
        assertThat(waits.path("online").asInt()).isEqualTo(2);
        assertThat(given.waiting("ayu").reason()).isEqualTo("every agent is full");
    }

    @Test
    void withoutAgentsOnlineNoneIsNamed() {
        store.note(List.of(waits(given.comes("ayu"), Match.Why.NO_AGENT_ONLINE, List.of())));

        assertThat(last("ayu", "waits").path("reason").asText()).isEqualTo("no agent is online");
        assertThat(last("ayu", "waits").has("agents")).isFalse();
        assertThat(last("ayu", "waits").path("online").asInt(-1)).isZero();
    }

    @Test
    void aWaitingSessionIsRecordedAgainOnlyForANewReason() {
        given.asks("ayu");
        Session before = given.waiting("ayu");
        for (Match.Why why :
                List.of(Match.Why.ALL_FULL, Match.Why.ALL_FULL, Match.Why.NO_AGENT_ONLINE, Match.Why.ALL_FULL)) {
            store.note(List.of(waits(given.waiting("ayu"), why, List.of())));
        }
        // As read before another instance stored the reason.
        store.note(List.of(waits(before, Match.Why.ALL_FULL, List.of())));

        assertThat(events("ayu")).containsExactly("came", "waits", "waits", "waits");
    }

    @Test
    void aSessionReservedOrResolvedMeanwhileDoesNotWait() {
        Session ayu = given.comes("ayu");
        Session budi = given.comes("budi");
        given.reserveWaiting("ayu", "a1", store);
        store.resolve(new Resolve("budi", "1"));

        store.note(List.of(waits(ayu, Match.Why.ALL_FULL, List.of()), waits(budi, Match.Why.ALL_FULL, List.of())));

        assertThat(events("ayu")).containsExactly("came", "chosen");
        assertThat(events("budi")).containsExactly("came", "resolved");
        assertThat(given.hasSession("budi")).isFalse();
    }

    @Test
    void atMostTwentyAgentsAreNamed() {
        store.note(List.of(waits(
                given.comes("ayu"),
                Match.Why.ALL_FULL,
                IntStream.range(0, 45).mapToObj(i -> agent("a" + i, 2, 2)).toList())));

        assertThat(last("ayu", "waits").path("agents")).hasSize(20);
        assertThat(last("ayu", "waits").path("online").asInt()).isEqualTo(45);
    }

    @Test
    void theAgentsNearestToTheChoiceAreNamed() {
        store.note(List.of(waits(
                given.comes("ayu"),
                Match.Why.ALL_FULL,
                IntStream.range(0, 45).mapToObj(i -> agent("a" + i, 45 - i, 0)).toList())));

        JsonNode agents = last("ayu", "waits").path("agents");
        assertThat(agents.path(0).path(0).asText()).isEqualTo("a44");
        assertThat(agents.path(19).path(0).asText()).isEqualTo("a25");
    }

    // The choice and why

    @Test
    void theChoiceNamesTheEligibleAgentsWithTheirLoad() {
        Session ayu = given.comes("ayu");
        Contender chosen = agent("a2", 0, 0);
        List<Contender> considered = List.of(agent("a1", 1, 0), chosen, agent("a3", 2, 2));

        store.reserve(
                new Placement(new Match(candidate(ayu), chosen, Match.Why.FEWEST_CUSTOMERS, considered), 0, null));

        JsonNode told = last("ayu", "chosen");
        assertThat(told.path("name").asText()).isEqualTo("Customer ayu");
        assertThat(told.path("channel").asText()).isEqualTo("whatsapp");
        assertThat(told.path("agent_id").asText()).isEqualTo("a2");
        assertThat(told.path("agent_name").asText()).isEqualTo("Agent a2");
        assertThat(told.path("load").asInt(-1)).isZero();
        assertThat(told.path("capacity").asInt()).isEqualTo(2);
        assertThat(told.path("why").asText()).isEqualTo("fewest customers");
        assertThat(told.path("online").asInt()).isEqualTo(3);
        assertThat(told.path("agents")).hasToString("""
                [["a1","Agent a1",1,2,0],["a2","Agent a2",0,2,0],["a3","Agent a3",2,2,2]]""");
    }

    @Test
    void theChoiceAndTheAssignmentSayHowManyCustomersAreCertain() {
        Session ayu = given.comes("ayu");
        Contender chosen = agent("a2", 1, 0);

        Reservation reserved = store.reserve(
                new Placement(new Match(candidate(ayu), chosen, Match.Why.ONLY_ONE_FREE, List.of(chosen)), 0, null));
        store.confirm(reserved.session());

        assertThat(last("ayu", "chosen").path("load").asInt()).isEqualTo(1);
        assertThat(last("ayu", "chosen").path("certain").asInt(-1)).isZero();
        assertThat(last("ayu", "assigned").path("customers").asInt()).isEqualTo(2);
        assertThat(last("ayu", "assigned").path("certain").asInt()).isEqualTo(1);
    }

    @Test
    void aVoidPlacementIsNotRecorded() {
        Session ayu = given.comes("ayu");
        given.assign("budi", "a1");

        store.reserve(StoreInTest.placement(ayu, "a1", 0));

        assertThat(events("ayu")).containsExactly("came");
    }

    @Test
    void anAssignmentSaysHowLongItTookAndTheNewCount() {
        Session ayu = given.reserve("ayu", "a1");
        given.change("assigned", "ayu", reserved -> reserved.put("since", System.currentTimeMillis() - 700));

        store.confirm(ayu);

        assertThat(events("ayu")).containsExactly("came", "chosen", "assigned");
        JsonNode assigned = last("ayu", "assigned");
        assertThat(assigned.path("name").asText()).isEqualTo("Customer ayu");
        assertThat(assigned.path("channel").asText()).isEqualTo("whatsapp");
        assertThat(assigned.path("agent_id").asText()).isEqualTo("a1");
        assertThat(assigned.path("agent_name").asText()).isEqualTo("Agent a1");
        assertThat(assigned.path("count").asInt()).isEqualTo(1);
        assertThat(assigned.path("waited").asLong()).isGreaterThanOrEqualTo(500_000);
        assertThat(assigned.path("took").asLong()).isBetween(700L, 30_000L);
    }

    // Failures and corrections

    @Test
    void everySetbackIsRecordedWithItsNumber() {
        given.asks("ayu");
        for (int i = 0; i < 2; i++) {
            store.returnToLine(given.waiting("ayu"), retry("Qiscus answered 500", Duration.ZERO, Duration.ZERO));
        }

        assertThat(events("ayu")).containsExactly("came", "set_back", "set_back");
        assertThat(last("ayu", "set_back").path("reason").asText()).isEqualTo("Qiscus answered 500");
        assertThat(last("ayu", "set_back").path("attempts").asInt()).isEqualTo(2);
    }

    @Test
    void anUnclearAssignmentIsRecordedOnce() {
        Session ayu = given.reserve("ayu", "a1");
        store.unclear(ayu, UNANSWERED);
        store.unclear(ayu, UNANSWERED);

        assertThat(events("ayu")).containsExactly("came", "chosen", "doubted");
        assertThat(last("ayu", "doubted").path("reason").asText()).isEqualTo("no answer came");
    }

    @Test
    void aClaimOfADeadInstanceIsRecoveredOrUnclear() {
        given.reserve("budi", "a1", given.leaseless());
        given.leaseless().expired();
        store.drop(store.expired().session(), "it is resolved in Qiscus");
        given.reserve("ayu", "a1", given.leaseless());
        given.redis().hdel("assigned", "ayu");
        store.expired();

        assertThat(events("ayu")).containsExactly("came", "chosen", "recovered");
        assertThat(events("budi")).containsExactly("came", "chosen", "doubted", "dropped");
    }

    @Test
    void aParkedSessionIsRecordedWithItsReasonAndEnd() {
        store.park(given.reserve("ayu", "a1"), "no such room");
        store.park(given.reserve("budi", "a1"), "no such room");
        store.park(given.reserve("citra", "a1"), "no such room");
        given.settled().park(given.comes("dewi"), "no such room");
        given.asksNow("dewi");
        given.snapshot(given.settled());
        store.unpark("ayu", true, "dewi");
        store.unpark("budi", false, "dewi");
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
    void anUnreadableEntryIsParkedUnderItsOwnName() {
        given.redis().lpush("new_session_queue", "no json");
        given.snapshot();

        assertThat(entries()).singleElement().satisfies(entry -> {
            assertThat(entry.getFields().get("event")).isEqualTo("parked");
            assertThat(entry.getFields().get("room")).startsWith("unreadable:");
        });
    }

    @Test
    void aDroppedSessionIsRecordedWithItsReason() {
        store.drop(given.reserve("ayu", "a1"), "it is resolved in Qiscus");

        assertThat(last("ayu", "dropped").path("reason").asText()).isEqualTo("it is resolved in Qiscus");
    }

    @Test
    void aStaleAssignmentIsRecorded() {
        given.assign("ayu", "a1");
        given.assign("budi", "a1");
        given.settled().freeStale(Session.ofRoom("ayu"));
        given.asksNow("budi");
        given.snapshot(given.settled());
        given.settled().freeStale(Session.ofRoom("budi"));

        JsonNode stale = last("ayu", "stale");
        assertThat(stale.path("name").asText()).isEqualTo("Customer ayu");
        assertThat(stale.path("agent_id").asText()).isEqualTo("a1");
        assertThat(stale.path("agent_name").asText()).isEqualTo("Agent a1");
        assertThat(stale.path("count").asInt()).isEqualTo(1);
        assertThat(events("budi")).containsExactly("came", "chosen", "assigned", "stale", "came");
    }

    @Test
    void aTransferNamesBothAgents() {
        given.assign("ayu", "a1");

        given.settled().transfer("ayu", "a1", new Agent("a2", "Agent a2", 1, true, false, "agent"));

        assertThat(last("ayu", "handed_over")).isEqualTo(StoreInTest.json("""
                {"count":1,"agent_id":"a2","from_id":"a1","from_name":"Agent a1","name":"Customer ayu",
                 "agent_name":"Agent a2"}"""));
    }

    @Test
    void correctedCountsConcernNoRoom() {
        store.recount();
        assertThat(entries()).isEmpty();

        given.redis().hset("agent_customer_count", Map.of("a1", "5", "a2", "7"));
        store.recount();

        assertThat(entries()).singleElement().satisfies(entry -> assertThat(entry.getFields())
                .isEqualTo(Map.of("event", "corrected", "data", "{\"agents\":2}")));
    }

    // The end

    @Test
    void aResolveSaysWhoGotASlotBack() {
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
    void aLostClaimIsNotRecorded() {
        Session ayu = given.reserve("ayu", "a1");
        store.resolve(new Resolve("ayu", "1"));
        List<String> before = events("ayu");

        store.confirm(ayu);
        store.park(ayu, "why");
        store.drop(ayu, "why");
        store.unclear(ayu, UNANSWERED);
        store.returnToLine(ayu, retry("why", Duration.ZERO, Duration.ZERO));

        assertThat(events("ayu")).isEqualTo(before);
    }

    // Events for the program

    @Test
    void everyEntryIsReportedOnceInTheSameWords() {
        store.confirm(given.reserve("ayu", "a1"));
        store.resolve(new Resolve("ayu", "1"));

        assertThat(given.happened())
                .extracting(RecordedEvent::event)
                .containsExactly(Event.CAME, Event.CHOSEN, Event.ASSIGNED, Event.RESOLVED);
        assertThat(given.happened()).allSatisfy(recorded -> {
            assertThat(recorded.room()).isEqualTo("ayu");
            assertThat(StoreInTest.json(data("ayu", recorded.event().id()))
                            .path("name")
                            .asText())
                    .isEqualTo(recorded.text("name"));
        });
    }

    @Test
    void theProgramKnowsEveryEventOfTheHistory() {
        given.assign("ayu", "a1");
        store.park(given.comes("budi"), "no such room");
        store.unpark("budi", false, "dewi");

        assertThat(entries()).allSatisfy(entry -> assertThat(
                        Event.of(entry.getFields().get("event")).id())
                .isEqualTo(entry.getFields().get("event")));
    }

    // Retention

    @Test
    void entriesOlderThanTheRetentionAreDeleted() {
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
    void theChangesOfTheCountsNeverGrowBeyondTwentyThousand() {
        given.redis().eval("for i = 1, 21000 do redis.call('XADD', 'count_changes', '*', 'agent', 'a1') end return 1");

        await().until(() -> {
            given.assign("ayu", "a1");
            store.resolve(new Resolve("ayu", null));
            return given.redis().xlen("count_changes") < 20_200;
        });
    }

    @Test
    void aHistoryThatCannotBeWrittenStopsNoAssignment() {
        given.snapshot();
        given.redis().set("history", "another program's");

        given.assign("ayu", "a1");
        store.recount();
        store.resolve(new Resolve("ayu", "1"));

        assertThat(given.customersOf("a1")).isEqualTo("0");
    }

    // Last seen agents

    @Test
    void onlineAndOfflineAgentsAreStored() {
        long before = System.currentTimeMillis();

        store.show(List.of(new AgentSeen("a1", "Agent a1", true, 2), new AgentSeen("a2", "Agent a2", false, 0)));

        JsonNode a1 = given.stored("agent", "a1");
        assertThat(a1.path("online").asBoolean(false)).isTrue();
        assertThat(a1.path("seen").asLong()).isBetween(before, System.currentTimeMillis());
        assertThat(a1.path("external").asInt()).isEqualTo(2);
        JsonNode a2 = given.stored("agent", "a2");
        assertThat(a2.path("online").asBoolean(true)).isFalse();
        assertThat(a2.path("seen").asLong()).isBetween(before, System.currentTimeMillis());
        assertThat(a2.path("name").asText()).isEqualTo("Agent a2");
    }

    @Test
    void otherFieldsOfAnAgentStay() {
        given.assign("ayu", "a1");
        long lastAssigned = given.stored("agent", "a1").path("last_assigned").asLong();
        store.show(List.of(new AgentSeen("a1", "Agent a1", false, 3)));

        store.see(List.of(new Agent("a1", "Siti", 0, true, false, "agent")));

        JsonNode agent = given.stored("agent", "a1");
        assertThat(agent.path("online").asBoolean(false)).isTrue();
        assertThat(agent.path("name").asText()).isEqualTo("Siti");
        assertThat(agent.path("external").asInt()).isEqualTo(3);
        assertThat(agent.path("last_assigned").asLong()).isEqualTo(lastAssigned).isPositive();
    }

    private static Contender agent(String id, int customers, int certain) {
        return new Contender(id, "Agent " + id, 2, customers, certain, false, 0);
    }

    private static Candidate candidate(Session session) {
        return new Candidate(session, Set.of(), true, Set.of());
    }

    private static Match waits(Session session, Match.Why why, List<Contender> considered) {
        return new Match(candidate(session), null, why, considered);
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
        return StoreInTest.json(data(room, event));
    }

    private String data(String room, String event) {
        return entries().stream()
                .filter(entry -> room.equals(entry.getFields().get("room"))
                        && event.equals(entry.getFields().get("event")))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .getFields()
                .get("data");
    }
}
