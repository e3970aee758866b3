package store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static store.StoreInTest.CHANNEL;
import static store.StoreInTest.FIVE_MINUTES;
import static store.StoreInTest.LONG;
import static store.StoreInTest.retry;

import assignment.CountChange;
import assignment.FaultScope;
import assignment.NewSession;
import assignment.Resolve;
import assignment.Retry;
import assignment.Session;
import assignment.Snapshot;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import support.RealRedis;

/** Which calls are admitted, and what a decider reads at the start of a round. */
@Timeout(30)
class SnapshotTest {
    private static final String LONG_AGO = "170000000000";
    private static final String PLACE = "1700000000000.123";

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();

    // Which calls are admitted

    @Test
    void noSessionWaitsInAnEmptyRedis() {
        assertThat(given.snapshot())
                .usingRecursiveComparison()
                .ignoringFields("now")
                .isEqualTo(new Snapshot(
                        true, 0, List.of(), false, Set.of(), Map.of(), Map.of(), List.of(), Map.of(), Map.of(), 2,
                        Set.of(), 0));
    }

    @Test
    void aSessionHasWhatTheWebhookStored() {
        given.asks("ayu", CHANNEL, PLACE, "77");

        assertThat(given.snapshot().heads())
                .containsExactly(
                        new Session("ayu", CHANNEL, "wa", "Customer ayu", PLACE, "77", 0, null, null, null, null));
        assertThat(given.line()).containsExactly(CHANNEL + ":" + PLACE + ":ayu");
        assertThat(given.redis().exists("new_session_queue")).isFalse();
    }

    @Test
    void aSessionStaysInLineWhenItIsRead() {
        given.asks("ayu");

        assertThat(given.heads()).containsExactly("ayu");
        assertThat(given.heads()).containsExactly("ayu");
        assertThat(given.isWaiting("ayu")).isTrue();
        assertThat(given.isClaimed("ayu")).isFalse();
    }

    @Test
    void aRoomWaitsOnceForManyCalls() {
        given.asks("ayu");
        given.asks("ayu");
        given.snapshot();
        given.asks("ayu");

        assertThat(given.heads()).containsExactly("ayu");
        assertThat(given.line()).hasSize(1);
        assertThat(given.redis().exists("new_session_queue")).isFalse();
    }

    @Test
    void aRoomKeepsItsFirstPlaceWhenItAsksAgain() {
        given.asks("dewi", CHANNEL, PLACE);
        given.asks("ayu", CHANNEL, LONG_AGO + 1);
        given.snapshot();

        given.asks("dewi", "another-channel");
        given.snapshot();

        assertThat(given.line()).contains(CHANNEL + ":" + PLACE + ":dewi").hasSize(2);
    }

    @Test
    void aLateCallOfARoomJustAssignedIsDropped() {
        given.assign("ayu", "a1");
        given.asksNow("ayu");

        assertThat(given.heads()).isEmpty();
        assertThat(given.isAssigned("ayu")).isTrue();
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.redis().exists("new_session_queue")).isFalse();
    }

    @Test
    void aCallAfterTheSettleTimeMakesTheRoomBeChecked() {
        given.assign("ayu", "a1");
        given.asksNow("ayu");

        assertThat(given.heads(given.settled())).isEmpty();
        assertThat(given.isAssigned("ayu")).isTrue();
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.settled().roomsCalledAbout()).singleElement().satisfies(held -> {
            assertThat(held.session().roomId()).isEqualTo("ayu");
            assertThat(held.agentId()).isEqualTo("a1");
            assertThat(held.calledAgo()).isBetween(0L, 10_000L);
        });
        assertThat(given.settled().roomsToCheck()).isEmpty();
        assertThat(given.redis().exists("new_session_queue")).isFalse();
    }

    @Test
    void theDecidingInstanceChecksTheRoom() {
        given.assign("ayu", "a1");
        given.asksNow("ayu");
        given.snapshot(given.settled());

        assertThat(store.roomsCalledAbout()).isEmpty();
    }

    @Test
    void aRoomThatKeepsItsAgentIsNotCheckedUntilTheNextCall() {
        given.assign("ayu", "a1");
        given.asksNow("ayu");
        given.snapshot(given.settled());
        given.settled().markChecked(Session.ofRoom("ayu"));

        assertThat(given.settled().roomsCalledAbout()).isEmpty();
        given.settled().freeStale(Session.ofRoom("ayu"));
        assertThat(given.heads()).isEmpty();
    }

    @Test
    void aCustomerWithoutAnAgentWaitsSinceTheFirstCallAfterwards() {
        given.asksAfterService("ayu", "7");
        store.confirm(given.reserveWaiting("ayu", "a1", store));
        long called = System.currentTimeMillis();
        given.asks("ayu", CHANNEL, called + ".125", "7");
        given.asks("ayu", CHANNEL, called + 1 + ".5", "7");
        given.snapshot(given.settled());

        given.settled().freeStale(Session.ofRoom("ayu"));

        Session again = given.waiting("ayu");
        assertThat(again.firstAsked()).isEqualTo(called + ".125");
        assertThat(again.previousService()).isEqualTo("7");
        assertThat(again.name()).isEqualTo("Customer ayu");
        assertThat(again.channel()).isEqualTo(CHANNEL);
        assertThat(again.source()).isEqualTo("wa");
        assertThat(given.customersOf("a1")).isEqualTo("0");
        assertThat(given.redis().exists("checked")).isFalse();
    }

    @Test
    void aResolveAfterTheCallLeavesNothingToCheck() {
        given.assign("ayu", "a1");
        given.asksNow("ayu");
        given.snapshot(given.settled());

        store.resolve(new Resolve("ayu", "1"));

        assertThat(given.settled().roomsCalledAbout()).isEmpty();
        assertThat(given.redis().exists("checked")).isFalse();
        assertThat(given.heads()).isEmpty();
    }

    @Test
    void aCallOfANewerServiceIsNeverARepetition() {
        given.assign("ayu", "a1");
        given.asks("ayu", CHANNEL, Long.toString(System.currentTimeMillis()), "1");

        assertThat(given.heads()).containsExactly("ayu");
        assertThat(given.customersOf("a1")).isEqualTo("0");
    }

    @Test
    void aLateCallOfAnOlderServiceIsARepetition() {
        given.asksAfterService("ayu", "10");
        store.confirm(given.reserveWaiting("ayu", "a1", store));
        given.asksAfterService("ayu", "9");

        assertThat(given.heads()).isEmpty();
        assertThat(given.customersOf("a1")).isEqualTo("1");
    }

    /** The room list of Qiscus names no service, so we cannot tell whether this one is newer. */
    @Test
    void aLateCallForASessionFromTheRoomListIsARepetition() {
        given.asksAfterService("ayu", NewSession.UNKNOWN_SERVICE);
        store.confirm(given.reserveWaiting("ayu", "a1", store));
        given.asksAfterService("ayu", "1");

        assertThat(given.heads()).isEmpty();
        assertThat(given.customersOf("a1")).isEqualTo("1");
    }

    @Test
    void aSessionFromTheRoomListDoesNotReplaceTheOneOfACall() {
        given.assign("ayu", "a1");
        given.asksAfterService("ayu", NewSession.UNKNOWN_SERVICE);

        assertThat(given.heads()).isEmpty();
        assertThat(given.customersOf("a1")).isEqualTo("1");
    }

    @Test
    void aCallOfAReservedRoomChangesNothing() {
        given.reserve("ayu", "a1");
        given.asksNow("ayu");

        assertThat(given.heads(given.settled())).isEmpty();
        assertThat(given.isAssigned("ayu")).isTrue();
        assertThat(given.isClaimed("ayu")).isTrue();
        assertThat(given.customersOf("a1")).isEqualTo("1");
    }

    @Test
    void aLateCallOfARoomJustParkedIsDropped() {
        store.park(given.comes("ayu"), "no such room");
        given.asksNow("ayu");

        assertThat(given.heads()).isEmpty();
        assertThat(given.isParked("ayu")).isTrue();
    }

    @Test
    void aCallAfterTheSettleTimeUnparksARoom() {
        store.park(given.comes("ayu"), "no such room");
        given.asksNow("ayu");

        assertThat(given.heads(given.settled())).containsExactly("ayu");
        assertThat(given.isParked("ayu")).isFalse();
    }

    @Test
    void onlyUnreadableEntriesAreParked() {
        List<String> unreadable = List.of(
                "",
                "no json",
                "17",
                "null",
                "[]",
                "{}",
                "{\"room_id\":null,\"channel\":\"c\",\"received_at\":1700000000000}",
                "{\"room_id\":\"\",\"channel\":\"c\",\"received_at\":1700000000000}",
                "{\"room_id\":1.5,\"channel\":\"c\",\"received_at\":1700000000000}",
                "{\"room_id\":-1,\"channel\":\"c\",\"received_at\":1700000000000}",
                "{\"room_id\":{\"room_id\":1},\"channel\":\"c\",\"received_at\":1700000000000}",
                "{\"room_id\":\"1 2\",\"channel\":\"c\",\"received_at\":1700000000000}",
                "{\"room_id\":\"" + "1".repeat(65) + "\",\"channel\":\"c\",\"received_at\":1700000000000}");
        given.asks("ayu");
        unreadable.forEach(entry -> given.redis().lpush("new_session_queue", entry));
        given.asks("budi");

        assertThat(given.heads()).containsExactly("ayu", "budi");
        assertThat(given.redis().exists("new_session_queue")).isFalse();
        assertThat(given.redis().hkeys("parked")).hasSize(unreadable.size()).allSatisfy(key -> assertThat(
                        given.stored("parked", key).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("at", "reason"));
    }

    /** The earlier program queued the whole call, with the agents' tokens in it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "77                | {\"candidate_agent\":{\"id\":1,\"authentication_token\":\"t0p\"},\"name\":\"x\",\"room_id\":\"77\",\"is_new_session\":true}",
                "77                | {\"room_id\":77,\"email\":\"t0p@example.com\",\"candidate_agent\":null}",
                "90071992547409931 | {\"email\":\"t0p\",\"latest_service\":{\"id\":7,\"room_id\":\"1\"},\"room_id\" : 90071992547409931 }",
                "90071992547409931 | {\"extras\":\"{\\\"room_id\\\":5}\",\"latest_service\":{\"room_id\":5},\"room_id\":90071992547409931,\"name\":\"t0p\"}",
                "7                 | {\"room_id\":\"7\",\"channel\":{\"id\":3,\"name\":\"t0p\"},\"source\":\"wa\"}",
                "7                 | {\"room_id\":\"7\",\"channel\":\"t0p\"}",
                "7                 | {\"room_id\":7,\"channel\":\"t0p\",\"received_at\":\"soon\"}",
                "7                 | {\"room_id\":\"7\",\"channel\":\"t0p\",\"received_at\":NaN}",
                "7                 | {\"room_id\":\"7\",\"channel\":\"t0p\",\"received_at\":-Infinity}",
                "7                 | {\"room_id\":\"7\",\"channel\":null,\"name\":\"t0p\",\"received_at\":1700000000000}",
                "7                 | {\"room_id\":\"7\",\"channel\":\"\",\"name\":\"t0p\",\"received_at\":1700000000000}",
                "7                 | {\"room_id\":\"7\",\"channel\":\"t:0p\",\"name\":\"t0p\",\"received_at\":1700000000000}",
                "7                 | {\"room_id\":\"7\",\"channel\":\"t 0 p\",\"name\":\"t0p\",\"received_at\":1700000000000}"
            })
    void aCallOfAnotherProgramIsReducedToItsRoom(String room, String call) {
        given.redis().lpush("new_session_queue", call);

        assertThat(given.snapshot().heads())
                .extracting(Session::roomId, Session::channel)
                .containsExactly(tuple(room, "default"));
        assertThat(given.redis().exists("new_session_queue", "parked")).isZero();
        assertThat(given.redis().hget("session", room)).doesNotContain("t0p");
        assertThat(given.redis().xrange("history", "-", "+").toString()).doesNotContain("t0p");
    }

    @Test
    void aChannelThatIsNotATextIsIgnored() {
        byte[] entry = "{\"room_id\":\"1\",\"channel\":\"\u00ff\",\"received_at\":1}".getBytes(ISO_8859_1);
        given.redis().lpush("new_session_queue".getBytes(ISO_8859_1), entry);

        assertThat(given.waiting("1").channel()).isEqualTo("default");
    }

    @Test
    void callsWithoutATimeKeepTheirOrderAheadOfThoseWithATime() {
        List<String> rooms = IntStream.range(0, 450).mapToObj(i -> "room" + i).toList();
        for (String room : rooms) {
            given.redis().lpush("new_session_queue", "{\"name\":\"x\",\"room_id\":\"" + room + "\"}");
        }
        given.asks("ayu", "default", Long.toString(System.currentTimeMillis()));

        store.resolve(new Resolve("nobody", null));

        assertThat(given.heads())
                .containsExactlyElementsOf(
                        Stream.concat(rooms.stream(), Stream.of("ayu")).toList());
    }

    @Test
    void callsWithoutAnyTimeKeepTheirOrder() {
        List<String> rooms = IntStream.range(0, 450).mapToObj(i -> "room" + i).toList();
        for (String room : rooms) {
            given.redis().lpush("new_session_queue", "{\"room_id\":\"" + room + "\"}");
        }

        assertThat(given.heads()).containsExactlyElementsOf(rooms);
    }

    @Test
    void manyUnreadableEntriesAreAllKept() {
        IntStream.range(0, 1000).forEach(i -> given.redis().lpush("new_session_queue", "junk " + i));

        given.snapshot();

        assertThat(given.redis().hlen("parked")).isEqualTo(1000);
    }

    @Test
    void moreCallsThanOneBatchAreAllInLineInOrder() {
        List<String> rooms = IntStream.range(0, 450).mapToObj(i -> "room" + i).toList();
        rooms.forEach(given::asks);

        assertThat(given.heads()).containsExactlyElementsOf(rooms);
        assertThat(given.redis().exists("new_session_queue")).isFalse();
    }

    @Test
    void aCallFromAFastClockCountsAsNow() {
        long before = System.currentTimeMillis();
        given.asks("ayu", CHANNEL, Long.toString(before + LONG.toMillis()));

        assertThat(new BigDecimal(given.waiting("ayu").firstAsked()))
                .isBetween(BigDecimal.valueOf(before), BigDecimal.valueOf(System.currentTimeMillis() + 999));
    }

    @Test
    void callsFromAFastClockKeepTheirOrder() {
        long ahead = System.currentTimeMillis() + 60_000;
        List<String> rooms = List.of("30", "20", "10", "9");
        for (int i = 0; i < rooms.size(); i++) {
            given.asks(rooms.get(i), CHANNEL, Long.toString(ahead + i));
        }

        assertThat(given.heads()).containsExactlyElementsOf(rooms);
    }

    @Test
    void channelsBeyondAThousandShareALine() {
        for (int i = 0; i < 999; i++) {
            given.redis().zadd("waiting", 0, "c" + i + ":1700000000000.000:room" + i);
        }

        given.asks("ayu", "the-last-one");
        given.asks("budi", "one-too-many");
        given.asks("citra", "c7");
        given.snapshot();

        assertThat(given.stored("session", "ayu").path("channel").asText()).isEqualTo("the-last-one");
        assertThat(given.stored("session", "budi").path("channel").asText()).isEqualTo("default");
        assertThat(given.stored("session", "citra").path("channel").asText()).isEqualTo("c7");
    }

    // Which sessions may be tried

    @Test
    void theOldestOfAllChannelsIsFirst() {
        given.asks("citra", "c1", LONG_AGO + 3);
        given.asks("ayu", "c2", LONG_AGO + 1);
        given.asks("dewi", "c2", LONG_AGO + 4);
        given.asks("budi", "c3", LONG_AGO + 2);

        assertThat(given.heads()).containsExactly("ayu", "budi", "citra", "dewi");
    }

    @Test
    void theOrderWithinAMillisecondIsThatOfTheFraction() {
        given.asks("dewi", "c1", LONG_AGO + "0.004");
        given.asks("citra", "c2", LONG_AGO + "0.003");
        given.asks("budi", "c1", LONG_AGO + "0.002");
        given.asks("ayu", "c2", LONG_AGO + "0.001");

        assertThat(given.heads()).containsExactly("ayu", "budi", "citra", "dewi");
    }

    @Test
    void channelsWithACommonPrefixHaveSeparateLines() {
        List<String> channels = List.of("a", "a-b", "a1", "ab", "A", "_", "9");
        channels.forEach(channel -> given.asks("room-of-" + channel, channel));

        SessionStore oneOfEach = given.store(LONG, LONG, 1);

        assertThat(given.heads(oneOfEach))
                .containsExactlyElementsOf(
                        channels.stream().map(channel -> "room-of-" + channel).toList());
    }

    @Test
    void atLeastOneSessionOfEachLineIsRead() {
        for (int i = 0; i < 5; i++) {
            given.asks("x" + i, "x");
            given.asks("y" + i, "y");
        }

        assertThat(given.heads(given.store(LONG, LONG, 4))).containsExactly("x0", "y0", "x1", "y1");
        assertThat(given.heads(given.store(LONG, LONG, 1))).containsExactly("x0", "y0");
    }

    @Test
    void aReservedSessionIsNoLongerRead() {
        given.asks("budi");
        given.reserve("ayu", "a1");

        assertThat(given.heads()).containsExactly("budi");
    }

    @Test
    void aSessionKeepsItsPlaceWhateverIsWrittenIntoIt() {
        given.asks("ayu", CHANNEL, PLACE);
        given.snapshot();
        given.change(
                "session", "ayu", session -> session.put("channel", "nowhere").put("first_asked", "1"));

        Session ayu = given.waiting("ayu");

        assertThat(ayu.place()).isEqualTo(CHANNEL + ":" + PLACE + ":ayu");
        assertThat(given.reserveWaiting("ayu", "a1", store).place()).isEqualTo(ayu.place());
        assertThat(given.isWaiting("ayu")).isFalse();
    }

    @Test
    void aRestingRoomIsSkippedButNotTheNextOfItsChannel() {
        store.returnToLine(given.comes("ayu"), retry("it fails", LONG, Duration.ZERO));
        given.asks("budi");

        assertThat(given.heads()).containsExactly("budi");
        assertThat(given.isWaiting("ayu")).isTrue();
    }

    @Test
    void theNextSessionIsFoundBehindAnyNumberOfRestingOnes() {
        IntStream.range(0, 70).forEach(i -> given.asks("room" + i));
        given.snapshot()
                .heads()
                .forEach(session -> store.returnToLine(session, retry("it fails", LONG, Duration.ZERO)));
        given.asks("budi");

        assertThat(given.heads(given.store(LONG, LONG, 1))).containsExactly("budi");
    }

    @Test
    void aRestingSessionComesBeforeAYoungerOneOnceQiscusAnswers() {
        store.returnToLine(given.comes("ayu"), ofOpenFault());
        given.asks("budi");
        assertThat(given.heads()).containsExactly("budi");

        assertThat(store.snapshot(true).heads()).extracting(Session::roomId).containsExactly("ayu", "budi");

        store.returnToLine(given.waiting("ayu"), ofOpenFault());
        assertThat(store.snapshot(true).heads()).extracting(Session::roomId).containsExactly("budi");
    }

    @Test
    void aSessionThatFailedByItsOwnFaultKeepsResting() {
        store.returnToLine(given.comes("ayu"), retry("it fails", LONG, Duration.ZERO));

        assertThat(store.snapshot(true).heads()).isEmpty();
    }

    @Test
    void aPauseOfAllEndsTheRestsOfSessions() {
        store.returnToLine(given.comes("ayu"), retry("it fails", LONG, Duration.ZERO));
        store.returnToLine(given.comes("budi"), retry("404", Duration.ZERO, FIVE_MINUTES));

        assertThat(given.heads()).containsExactly("ayu", "budi");
    }

    /** It is unknown whose fault it is. */
    private static Retry ofOpenFault() {
        return new Retry("404", FIVE_MINUTES, Duration.ZERO, FaultScope.OPEN, true, false);
    }

    @Test
    void aRoomIsReadAgainWhenItHasRested() {
        store.returnToLine(given.comes("ayu"), retry("it fails", Duration.ofMillis(20), Duration.ZERO));

        assertThat(await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> given.snapshot().heads(), heads -> !heads.isEmpty()))
                .singleElement()
                .extracting(Session::roomId, Session::attempts, Session::reason)
                .containsExactly("ayu", 1, "it fails");
    }

    @Test
    void duringAPauseItsEndIsKnownAndCallsAreAdmitted() {
        long before = System.currentTimeMillis();
        store.returnToLine(given.comes("ayu"), retry("Qiscus is down", Duration.ZERO, FIVE_MINUTES));
        IntStream.range(0, 450).forEach(i -> given.asks("room" + i));

        assertThat(given.snapshot().pausedUntil())
                .isBetween(before + FIVE_MINUTES.toMillis(), System.currentTimeMillis() + FIVE_MINUTES.toMillis());
        assertThat(given.redis().exists("new_session_queue")).isFalse();
        assertThat(given.line()).hasSize(451);
    }

    // Which instance decides

    @Test
    void onlyTheDeciderGetsASnapshotAndAdmitsCalls() {
        SessionStore other = given.store(LONG, LONG);
        given.decides(store);
        given.asks("ayu");

        assertThat(other.lead()).isFalse();
        assertThat(other.snapshot()).isNull();
        assertThat(given.redis().llen("new_session_queue")).isEqualTo(1);
        assertThat(store.lead()).isTrue();
        assertThat(store.snapshot().heads()).hasSize(1);
    }

    @Test
    void withoutALeaseNoInstanceDecides() {
        assertThat(store.snapshot()).isNull();
    }

    @Test
    void aLeaseThatIsNotRenewedIsOver() {
        given.decides(store);
        SessionStore other = given.store(LONG, LONG);

        await().atMost(Duration.ofSeconds(4)).until(other::lead);

        assertThat(store.snapshot()).isNull();
        assertThat(other.snapshot()).isNotNull();
    }

    @Test
    void anotherInstanceTakesOverAtOnceAfterAResignation() {
        SessionStore other = given.store(LONG, LONG);
        given.decides(store);

        other.resign();
        assertThat(other.lead()).isFalse();
        store.resign();

        assertThat(other.lead()).isTrue();
    }

    // The agents

    @Test
    void theSnapshotHasTheCountsAndTheUnconfirmedOnes() {
        given.assign("ayu", "a1");
        given.reserve("budi", "a1");
        given.reserve("citra", "a2");
        given.assign("dewi", "a3");

        Snapshot snapshot = given.snapshot();

        assertThat(snapshot.counts()).containsExactlyInAnyOrderEntriesOf(Map.of("a1", 2, "a2", 1, "a3", 1));
        assertThat(snapshot.unconfirmed()).containsExactlyInAnyOrderEntriesOf(Map.of("a1", 1, "a2", 1));
    }

    @Test
    void aCountFollowsTheChangesSinceTheLastSnapshot() {
        given.assign("ayu", "a1");
        given.snapshot();
        given.reserve("budi", "a1");

        assertThat(store.snapshot().counts()).isEqualTo(Map.of("a1", 2));
    }

    @Test
    void aCountWrittenByHandIsNoticedSoon() {
        given.assign("ayu", "a1");
        given.snapshot();
        given.redis().hset("agent_customer_count", "a1", "7");

        await().until(() -> store.snapshot().counts(), Map.of("a1", 7)::equals);
    }

    @Test
    void aSnapshotSaysWhetherALineMayHaveFurtherSessions() {
        SessionStore twoOfEach = given.store(LONG, LONG, 2);
        given.asks("ayu");
        assertThat(given.snapshot(twoOfEach).isCut()).isFalse();

        given.asks("budi");
        given.asks("citra");
        assertThat(given.snapshot(twoOfEach).isCut()).isTrue();
    }

    @Test
    void aSnapshotHasTheChangesSinceTheLastOne() {
        given.snapshot();
        Session ayu = given.reserve("ayu", "a1");
        Session budi = given.reserve("budi", "a1");
        store.confirm(ayu);
        long since = given.stored("assigned", "budi").path("since").asLong();
        store.returnToLine(budi, retry("refused", LONG, Duration.ZERO));
        store.resolve(new Resolve("ayu", "1"));

        // Another store reads them all; this one has already read those before its last snapshot.
        List<CountChange> changes = given.snapshot(given.store(LONG, LONG)).changes();

        assertThat(changes)
                .extracting(CountChange::kind, CountChange::by, CountChange::count, CountChange::since)
                .containsExactly(
                        tuple(CountChange.Kind.RESERVED, 1, 1, 0L),
                        tuple(CountChange.Kind.RESERVED, 1, 2, 0L),
                        tuple(CountChange.Kind.CONFIRMED, 0, 2, 0L),
                        tuple(CountChange.Kind.NEVER_THERE, -1, 1, since),
                        tuple(CountChange.Kind.RESOLVED, -1, 0, changes.get(4).since()));
        assertThat(changes).allMatch(change -> change.agentId().equals("a1"));
        assertThat(given.snapshot().changes()).hasSize(4);
        assertThat(given.snapshot().changes()).isEmpty();
    }

    @Test
    void staleAssignmentsAndCorrectedCountsAreChangesOfAnUnknownTime() {
        given.assign("ayu", "a1");
        given.snapshot();
        given.settled().freeStale(Session.ofRoom("ayu"));
        given.redis().hset("agent_customer_count", "a2", "3");
        store.recount();

        assertThat(given.snapshot().changes())
                .extracting(CountChange::agentId, CountChange::kind, CountChange::by)
                .containsExactly(tuple("a1", CountChange.Kind.STALE, -1), tuple("a2", CountChange.Kind.STALE, -3));
    }

    @Test
    void theFirstSnapshotHasTheChangesThatQiscusMayNotShowYet() {
        given.redis()
                .xadd(
                        "count_changes",
                        Map.of("agent", "a1", "count", "1", "by", "1", "kind", "RESERVED", "since", "0"),
                        XAddParams.xAddParams().id(new StreamEntryID(System.currentTimeMillis() - 200_000, 0)));
        given.assign("ayu", "a1");

        SessionStore another = given.store(Duration.ofSeconds(10), LONG);

        assertThat(given.snapshot(another).changes())
                .extracting(CountChange::kind)
                .containsExactly(CountChange.Kind.RESERVED, CountChange.Kind.CONFIRMED);
    }

    @Test
    void anInstanceThatTakesOverLearnsWhenEachAgentLastGotACustomer() {
        long before = System.currentTimeMillis();
        given.assign("ayu", "a1");
        SessionStore other = given.store(LONG, LONG);

        Snapshot first = given.snapshot(other);
        assertThat(first.isFirst()).isTrue();
        assertThat(first.lastAssigned().get("a1")).isBetween(before, System.currentTimeMillis());
        Snapshot second = given.snapshot(other);
        assertThat(second.isFirst()).isFalse();
        assertThat(second.lastAssigned()).isEmpty();

        given.decides(store);
        assertThat(other.snapshot()).isNull();
        assertThat(given.snapshot(other).isFirst()).isTrue();
    }

    @Test
    void capacitiesSetAtRunTimeWin() {
        assertThat(given.snapshot().capacity()).isEqualTo(2);
        given.redis()
                .hset(
                        "config",
                        Map.of(
                                "max_customer_per_agent",
                                "5",
                                "max_customer_per_agent:a1",
                                "0",
                                "max_customer_per_agent:a2",
                                "many"));

        Snapshot snapshot = given.snapshot();

        assertThat(snapshot.capacity()).isEqualTo(5);
        assertThat(snapshot.capacities()).isEqualTo(Map.of("a1", 0));
    }

    @Test
    void theTimeIsThatOfRedis() {
        long before = System.currentTimeMillis();

        assertThat(given.snapshot().now()).isBetween(before, System.currentTimeMillis());
    }
}
