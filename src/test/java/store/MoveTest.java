package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assignment.Agent;
import assignment.NotKnown;
import assignment.Reservation;
import assignment.Resolve;
import assignment.Resolved.Outcome;
import assignment.Session;
import assignment.Snapshot;
import assignment.Unanswered;
import assignment.Unanswered.Reason;
import assignment.UnclearAssignment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.RealRedis;

/** The steps of a move in Redis: the room counts for both agents, and in the end for one of them. */
@Timeout(30)
class MoveTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();

    // In line again

    @Test
    void itIsAtItsFirstPlaceAndItsAgentKeepsTheRoom() {
        Session before = given.assign("ayu", "a1");

        assertThat(unanswered("ayu", "a1")).isTrue();

        Session waiting = given.waiting("ayu");
        assertThat(waiting.place()).isEqualTo(before.place());
        assertThat(waiting.move().from()).isEqualTo("a1");
        assertThat(waiting.move().had()).containsExactly("a1");
        assertThat(waiting.name()).isEqualTo("Customer ayu");
        assertThat(given.isAssigned("ayu")).isTrue();
        assertThat(counts()).isEqualTo(Map.of("a1", "1"));
    }

    @Test
    void aSessionThatChangedMeanwhileDoesNotMove() {
        given.assign("ayu", "a1");
        given.reserve("budi", "a1");

        assertThat(unanswered("ayu", "a2")).as("another agent has it").isFalse();
        assertThat(unanswered("budi", "a1")).as("it is being assigned").isFalse();
        assertThat(unanswered("citra", "a1")).as("it is unknown").isFalse();
        assertThat(unanswered("ayu", "a1")).isTrue();
        assertThat(unanswered("ayu", "a1")).as("it moves already").isFalse();
        assertThat(given.line()).hasSize(1);
    }

    @Test
    void anAssignmentOfAnEarlierVersionMovesToo() {
        given.assign("ayu", "a1");
        given.change("assigned", "ayu", assignment -> assignment.remove("first_asked"));

        assertThat(unanswered("ayu", "a1")).isTrue();
        assertThat(given.waiting("ayu").firstAsked())
                .startsWith(given.stored("assigned", "ayu").path("since").asText());
    }

    @Test
    void anotherCallOfItsCustomerIsADuplicate() {
        given.assign("ayu", "a1");
        unanswered("ayu", "a1");

        given.asksNow("ayu");

        assertThat(given.heads(given.settled())).containsExactly("ayu");
        assertThat(given.waiting("ayu").move()).isNotNull();
    }

    @Test
    void theNextSessionOfItsRoomDoesNotMove() {
        given.asksAfterService("ayu", "7");
        store.confirm(given.reserveWaiting("ayu", "a1", store));
        unanswered("ayu", "a1");

        given.asksAfterService("ayu", "8");

        assertThat(given.waiting("ayu").move()).isNull();
        assertThat(given.isAssigned("ayu")).isFalse();
        assertThat(counts()).isEqualTo(Map.of("a1", "0"));
    }

    @Test
    void movingSessionsDoNotKeepOthersOutOfTheRound() {
        SessionStore one = given.store(StoreInTest.LONG, StoreInTest.LONG, 1);
        for (String room : List.of("ayu", "budi", "citra")) {
            given.assign(room, "a1");
            unanswered(room, "a1");
        }
        given.asks("dian");
        given.asks("eko");

        Snapshot snapshot = given.snapshot(one);

        assertThat(snapshot.heads()).extracting(Session::roomId).containsExactly("ayu", "budi", "citra", "dian");
        assertThat(snapshot.isCut()).isTrue();
    }

    // Reserved

    @Test
    void aReservedRoomCountsForBoth() {
        Reservation reservation = moving("ayu", "a1", "a2");

        assertThat(reservation.fromId()).isEqualTo("a1");
        assertThat(reservation.ours()).containsExactlyInAnyOrder("a1", "a2");
        assertThat(given.isWaiting("ayu")).isFalse();
        assertThat(counts()).isEqualTo(Map.of("a1", "1", "a2", "1"));
        assertThat(given.snapshot().unconfirmed()).isEqualTo(Map.of("a2", 1));
        store.recount();
        assertThat(counts()).isEqualTo(Map.of("a1", "1", "a2", "1"));
    }

    @Test
    void anAgentWhoHasItOrIsPausedGetsNoReservation() {
        given.assign("ayu", "a1");
        unanswered("ayu", "a1");
        Session waiting = given.waiting("ayu");
        given.redis().hset("agent", "a2", "{\"paused\":{\"at\":1,\"reason\":\"silent\"}}");

        assertThat(store.reserve(given.placement(waiting, "a1")).outcome()).isEqualTo(Reservation.Outcome.CHANGED);
        assertThat(store.reserve(given.placement(waiting, "a2")).outcome()).isEqualTo(Reservation.Outcome.CHANGED);
        assertThat(given.isWaiting("ayu")).isTrue();
        assertThat(store.snapshot().pausedAgents()).as("read at once").containsExactly("a2");
    }

    @Test
    void aConfirmedMoveCountsForTheOtherAgentOnly() {
        Session session = moving("ayu", "a1", "a2").session();
        given.happened().clear();

        assertThat(store.confirm(session)).isTrue();

        assertThat(counts()).isEqualTo(Map.of("a1", "0", "a2", "1"));
        assertThat(given.stored("assigned", "ayu").path("agent_id").asText()).isEqualTo("a2");
        assertThat(given.stored("assigned", "ayu").has("to")).isFalse();
        assertThat(given.stored("assigned", "ayu").path("moves").asInt()).isEqualTo(1);
        assertThat(given.hasSession("ayu") || given.isClaimed("ayu")).isFalse();
        assertThat(given.happened())
                .extracting(recorded -> recorded.event().id())
                .containsExactly("moved");
    }

    @Test
    void itKeepsItsFirstPlaceAndItsFormerAgentsThroughSeveralMoves() {
        String place = given.assign("ayu", "a1").place();
        for (int i = 1; i <= 3; i++) {
            assertThat(unanswered("ayu", "a" + i)).isTrue();
            assertThat(given.waiting("ayu").place()).isEqualTo(place);
            store.confirm(given.reserveWaiting("ayu", "a" + (i + 1), store));
        }

        assertThat(StoreInTest.json(given.stored("assigned", "ayu").path("had").toString()))
                .isEqualTo(StoreInTest.json("[\"a1\",\"a2\",\"a3\"]"));
        assertThat(unanswered("ayu", "a4")).as("MOVES are over").isFalse();
    }

    @Test
    void aTransferredSessionDoesNotReturnToItsFormerAgent() {
        given.assign("ayu", "a1");
        given.settled().transfer("ayu", "a1", new Agent("a2", "Budi", 0, true, false, "agent"));

        unanswered("ayu", "a2");

        assertThat(given.waiting("ayu").move().had()).containsExactly("a1", "a2");
    }

    // Over without a move

    @Test
    void aKeptSessionCountsForTheFirstAgentOnly() {
        Session session = moving("ayu", "a1", "a2").session();

        store.stay(session, "the agent answered");

        assertThat(counts()).isEqualTo(Map.of("a1", "1", "a2", "0"));
        assertThat(given.stored("assigned", "ayu").path("agent_id").asText()).isEqualTo("a1");
        assertThat(given.hasSession("ayu") || given.isClaimed("ayu") || given.isWaiting("ayu"))
                .isFalse();
        assertThat(unanswered("ayu", "a1")).as("it may move later").isTrue();
    }

    @Test
    void backInLineItStillCountsForTheFirstAgent() {
        Session session = moving("ayu", "a1", "a2").session();

        store.returnToLine(session, StoreInTest.retry("Qiscus is away", Duration.ZERO, Duration.ZERO));

        assertThat(counts()).isEqualTo(Map.of("a1", "1", "a2", "0"));
        assertThat(given.waiting("ayu").move().from()).isEqualTo("a1");
        assertThat(given.stored("assigned", "ayu").has("to")).isFalse();
    }

    @Test
    void aVacatedRoomCountsForTheOtherAgentAndHasNoneIfThatFails() {
        String place = given.assign("ayu", "a1").place();
        unanswered("ayu", "a1");
        Session session = given.reserveWaiting("ayu", "a2", store);

        assertThat(store.vacated(session)).isTrue();
        assertThat(counts()).isEqualTo(Map.of("a1", "0", "a2", "1"));
        assertThat(store.vacated(session)).as("the slot is freed once").isFalse();
        store.returnToLine(session, StoreInTest.retry("no", Duration.ZERO, Duration.ZERO));

        assertThat(counts()).isEqualTo(Map.of("a1", "0", "a2", "0"));
        assertThat(given.isAssigned("ayu")).isFalse();
        assertThat(given.waiting("ayu").place()).isEqualTo(place);
        store.confirm(given.reserveWaiting("ayu", "a3", store));
        assertThat(counts()).isEqualTo(Map.of("a1", "0", "a2", "0", "a3", "1"));
        assertThat(given.stored("assigned", "ayu").path("moves").asInt()).isEqualTo(1);
        assertThat(given.stored("assigned", "ayu").path("had").toString()).isEqualTo("[\"a1\"]");
    }

    @Test
    void aParkedMoveStaysWithTheFirstAgent() {
        store.park(moving("ayu", "a1", "a2").session(), "cannot be taken from Siti: no");

        assertThat(counts()).isEqualTo(Map.of("a1", "1", "a2", "0"));
        assertThat(given.isParked("ayu") && given.isAssigned("ayu")).isTrue();
        assertThat(unanswered("ayu", "a1")).isFalse();
        given.asksNow("ayu");
        assertThat(given.heads(given.settled())).isEmpty();
        assertThat(given.isParked("ayu")).as("Qiscus called").isTrue();

        assertThat(store.unpark("ayu", true, "dewi").outcome()).isEqualTo(Outcome.WAITING);
        assertThat(given.waiting("ayu").move().from()).isEqualTo("a1");
        assertThat(counts()).isEqualTo(Map.of("a1", "1", "a2", "0"));
    }

    @Test
    void aDroppedMoveStaysWithTheFirstAgent() {
        store.park(moving("ayu", "a1", "a2").session(), "cannot be taken from Siti: no");

        assertThat(store.unpark("ayu", false, "dewi").outcome()).isEqualTo(Outcome.DROPPED);

        assertThat(unanswered("ayu", "a1")).isFalse();
        assertThat(counts()).isEqualTo(Map.of("a1", "1", "a2", "0"));
    }

    @Test
    void aResolveEndsAMoveAtAnyMoment() {
        Session session = moving("ayu", "a1", "a2").session();
        assertThat(store.resolve(new Resolve("ayu", "1")).outcome()).isEqualTo(Outcome.FREED);
        assertThat(counts()).isEqualTo(Map.of("a1", "0", "a2", "0"));
        assertThat(store.confirm(session) || store.vacated(session) || store.renew(session))
                .isFalse();

        given.assign("budi", "a1");
        unanswered("budi", "a1");
        assertThat(store.resolve(new Resolve("budi", "2")).outcome()).isEqualTo(Outcome.FREED);
        assertThat(given.line()).isEmpty();

        store.park(moving("citra", "a1", "a2").session(), "cannot be taken");
        assertThat(store.resolve(new Resolve("citra", "3")).outcome()).isEqualTo(Outcome.FREED);
        assertThat(given.redis().exists("parked", "assigned", "session", "claimed"))
                .isZero();
        assertThat(counts()).isEqualTo(Map.of("a1", "0", "a2", "0"));
    }

    @Test
    void whileItWaitsTheRoomIsStillComparedWithQiscus() {
        given.assign("ayu", "a1");
        unanswered("ayu", "a1");

        assertThat(given.settled().roomsToCheck())
                .extracting(room -> room.session().roomId())
                .containsExactly("ayu");
        given.settled().transfer("ayu", "a1", new Agent("a3", "Citra", 0, true, false, "agent"));

        assertThat(given.line()).isEmpty();
        assertThat(given.hasSession("ayu")).isFalse();
        assertThat(counts()).isEqualTo(Map.of("a1", "0", "a3", "1"));
    }

    @Test
    void withoutAnAgentInTheRoomItWaitsAtItsPlace() {
        given.assign("ayu", "a1");
        unanswered("ayu", "a1");

        given.settled().freeStale(Session.ofRoom("ayu"));

        assertThat(counts()).isEqualTo(Map.of("a1", "0"));
        assertThat(given.waiting("ayu").move().had()).containsExactly("a1");
    }

    // Left behind by its instance

    @Test
    void anExpiredMoveNamesBothAgents() {
        given.assign("ayu", "a1");
        unanswered("ayu", "a1");
        given.reserveWaiting("ayu", "a2", given.leaseless());

        UnclearAssignment unclear = given.leaseless().expired();

        assertThat(unclear.agentId()).isEqualTo("a2");
        assertThat(unclear.fromId()).isEqualTo("a1");
        assertThat(unclear.ours()).isEqualTo(List.of("a2", "a1"));
        store.unclear(unclear.session(), StoreInTest.UNANSWERED, true);
        assertThat(given.stored("session", "ayu").path("move").path("replaced").asBoolean())
                .isTrue();
    }

    @Test
    void aMoveWithoutAClaimIsOver() {
        moving("ayu", "a1", "a2");
        given.redis().del("claimed", "session");

        store.recount();

        assertThat(counts()).isEqualTo(Map.of("a1", "1", "a2", "0"));
        assertThat(given.stored("assigned", "ayu").has("to")).isFalse();
    }

    @Test
    void repairReturnsOnlyMissingSessionsToTheLine() {
        given.assign("ayu", "a1");
        unanswered("ayu", "a1");
        store.repair();
        assertThat(given.isClaimed("ayu")).isFalse();
        given.redis().del("waiting");

        store.repair();

        assertThat(given.waiting("ayu").move()).isNotNull();
        assertThat(given.isClaimed("ayu")).isFalse();
    }

    @Test
    void anUnreadableMoveIsIgnored() {
        given.assign("ayu", "a1");
        unanswered("ayu", "a1");
        given.change("session", "ayu", session -> session.put("move", "by hand"));
        store.repair();

        assertThat(given.isAssigned("ayu")).isTrue();
        assertThat(counts()).isEqualTo(Map.of("a1", "1"));
        assertThat(given.isClaimed("ayu")).as("its room is read").isTrue();
    }

    // Silent agents

    @Test
    void twoInARowPauseAnAgentAndAnAnswerEndsThat() {
        silent("ayu");
        assertThat(store.snapshot().pausedAgents()).isEmpty();
        silent("budi");
        assertThat(given.snapshot(given.settled()).pausedAgents()).isEqualTo(Set.of("a1"));

        store.answered("somewhere", "a1");

        assertThat(given.snapshot(given.store()).pausedAgents()).isEmpty();
        silent("citra");
        assertThat(given.stored("agent", "a1").has("paused"))
                .as("it begins at nothing")
                .isFalse();
    }

    @Test
    void anAnswerInBetweenResetsTheCount() {
        silent("ayu");
        store.answered("somewhere", "a1");
        silent("budi");

        assertThat(given.stored("agent", "a1").has("paused")).isFalse();
    }

    @Test
    void anOfflineAgentIsNotSilent() {
        for (String room : List.of("ayu", "budi", "citra")) {
            given.assign(room, "a1");
            store.move(new Unanswered(room, "a1", Reason.AWAY, 0));
            store.confirm(given.reserveWaiting(room, "a2", store));
            store.resolve(new Resolve(room, null));
        }

        assertThat(given.stored("agent", "a1").has("paused")).isFalse();
    }

    @Test
    void anAnswerDoesNotEndAPauseByAnOperator() {
        given.redis().hset("agent", "a1", "{\"paused\":{\"at\":1,\"reason\":\"operator\"}}");
        store.answered("somewhere", "a1");
        assertThat(given.stored("agent", "a1").has("paused")).isTrue();

        assertThat(store.resume("a1", "dewi").event()).isNotNull();
        assertThat(store.resume("a1", "dewi").event()).isNull();
        assertThatThrownBy(() -> store.resume("a404", "dewi")).isInstanceOf(NotKnown.class);
        assertThat(given.redis().hexists("agent", "a404")).isFalse();
    }

    @Test
    void anAnswerOfAnotherAgentLeavesTheMoveInLine() {
        given.assign("ayu", "a1");
        unanswered("ayu", "a1");

        store.answered("ayu", "a2");
        assertThat(given.isWaiting("ayu")).isTrue();
        store.answered("ayu", "a1");

        assertThat(given.line()).isEmpty();
        assertThat(counts()).isEqualTo(Map.of("a1", "1"));
    }

    // ----

    private boolean unanswered(String room, String agent) {
        return store.move(new Unanswered(room, agent, Reason.SILENT, System.currentTimeMillis() - 600_000));
    }

    /** It has one agent, and is reserved for another. */
    private Reservation moving(String room, String from, String to) {
        given.assign(room, from);
        unanswered(room, from);
        Session waiting = given.waiting(room);
        Reservation reservation = given.decides(store).reserve(given.placement(waiting, to));
        assertThat(reservation.isReserved()).isTrue();
        return reservation;
    }

    private void silent(String room) {
        store.confirm(moving(room, "a1", "a2").session());
        store.resolve(new Resolve(room, null));
    }

    private Map<String, String> counts() {
        return given.redis().hgetAll("agent_customer_count");
    }
}
