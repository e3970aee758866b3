package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static store.StoreInTest.CHANNEL;
import static store.StoreInTest.LONG;
import static store.StoreInTest.agent;
import static store.StoreInTest.setback;

import assignment.Resolve;
import assignment.Session;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import support.RealRedis;

@Timeout(30)
class TakeTest {
    private static final String LONG_AGO = "170000000000";

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();

    @Test
    void whateverChannelIsWrittenIntoItASessionIsTakenFromTheLineInWhichItStands() {
        given.asks("ayu");
        store.line();
        given.asks("budi");
        store.returnToLine(store.take(), setback("it fails", Duration.ZERO, Duration.ZERO));
        given.change("session", "ayu", session -> session.put("channel", "nowhere"));

        assertThat(store.take().roomId()).isEqualTo("ayu");
        assertThat(given.isWaiting("ayu")).isFalse();
    }

    @Test
    void nobodyIsTakenFromAnEmptyRedis() {
        assertThat(store.take()).isNull();
    }

    @Test
    void aSessionHasWhatTheWebhookStored() {
        given.asks("ayu", CHANNEL, "1700000000000.123", "77");

        Session taken = store.take();

        assertThat(taken)
                .usingRecursiveComparison()
                .ignoringFields("claim")
                .isEqualTo(new Session("ayu", CHANNEL, "wa", "Customer ayu", "1700000000000.123", "77", 0, null, null));
        assertThat(given.redis().exists("new_session_queue")).isFalse();
    }

    @Test
    void aRoomWaitsOnceHoweverOftenQiscusCalls() {
        given.asks("ayu");
        given.asks("ayu");
        store.line();
        given.asks("ayu");

        assertThat(store.take().roomId()).isEqualTo("ayu");
        given.asks("ayu");
        assertThat(store.take()).isNull();
        assertThat(given.redis().exists("new_session_queue")).isFalse();
    }

    @Test
    void callsOfAClockThatIsAheadKeepTheirOrder() {
        long ahead = System.currentTimeMillis() + 60_000;
        List<String> rooms = List.of("30", "20", "10", "9");
        for (int i = 0; i < rooms.size(); i++) {
            given.asks(rooms.get(i), CHANNEL, Long.toString(ahead + i));
        }

        assertThat(Stream.generate(store::take).limit(4).map(Session::roomId)).containsExactlyElementsOf(rooms);
    }

    @Test
    void aRoomKeepsItsFirstPlaceWhenItAsksAgain() {
        given.asks("dewi", CHANNEL, LONG_AGO + 0);
        store.returnToLine(store.take(), setback("it fails", Duration.ZERO, LONG));
        given.asks("ayu", CHANNEL, LONG_AGO + 1);
        assertThat(store.take()).isNull();

        given.asks("dewi", "another-channel");

        assertThat(store.take()).isNull();
        assertThat(given.redis().zscore("waiting:" + CHANNEL, "dewi")).isEqualTo(Double.parseDouble(LONG_AGO + 0));
        assertThat(given.redis().exists("waiting:another-channel")).isFalse();
    }

    @Test
    void aLateCallOfARoomJustAssignedIsDropped() {
        given.assign("ayu", "a1");
        given.asksNow("ayu");

        assertThat(store.take()).isNull();
        assertThat(given.isAssigned("ayu")).isTrue();
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.redis().exists("new_session_queue")).isFalse();
    }

    @Test
    void aCallAfterTheSettleTimeFreesTheStaleAssignmentAndTheRoomWaitsAgain() {
        given.assign("ayu", "a1");
        given.asksNow("ayu");

        assertThat(given.settled().take().roomId()).isEqualTo("ayu");
        assertThat(given.isAssigned("ayu")).isFalse();
        assertThat(given.customersOf("a1")).isEqualTo("0");
    }

    @Test
    void aCallOfAReservedRoomChangesNothing() {
        given.reserve("ayu", "a1");
        given.asksNow("ayu");

        assertThat(given.settled().take()).isNull();
        assertThat(given.isAssigned("ayu")).isTrue();
        assertThat(given.isClaimed("ayu")).isTrue();
        assertThat(given.customersOf("a1")).isEqualTo("1");
    }

    @Test
    void aLateCallOfARoomJustParkedIsDropped() {
        store.park(given.claim("ayu"), "no such room");
        given.asksNow("ayu");

        assertThat(store.take()).isNull();
        assertThat(given.isParked("ayu")).isTrue();
    }

    @Test
    void aCallAfterTheSettleTimeTakesUpAParkedRoom() {
        store.park(given.claim("ayu"), "no such room");
        given.asksNow("ayu");

        assertThat(given.settled().take().roomId()).isEqualTo("ayu");
        assertThat(given.isParked("ayu")).isFalse();
    }

    @Test
    void whatCannotBeReadIsParkedAndOthersAreNot() {
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

        assertThat(Stream.of(store.take(), store.take()).map(Session::roomId)).containsExactly("ayu", "budi");
        assertThat(store.take()).isNull();
        assertThat(given.redis().exists("new_session_queue")).isFalse();
        assertThat(given.redis().hlen("parked")).isEqualTo(unreadable.size());
        assertThat(given.redis().hkeys("parked"))
                .allSatisfy(key -> assertThat(given.stored("parked", key).fieldNames())
                        .toIterable()
                        .containsExactlyInAnyOrder("at", "reason"));
    }

    /** The program that was here before queued the whole call, in which the agents' tokens stand. */
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
                "7                 | {\"room_id\":\"7\",\"channel\":\"t0p\",\"received_at\":\"soon\"}",
                "7                 | {\"room_id\":\"7\",\"channel\":\"t0p\",\"received_at\":-Infinity}",
                "7                 | {\"room_id\":\"7\",\"channel\":\"t 0 p\",\"received_at\":1700000000000}"
            })
    void ofACallThatAnotherProgramQueuedOnlyTheRoomIsKept(String room, String call) {
        given.redis().lpush("new_session_queue", call);

        Session session = store.take();

        assertThat(session.roomId()).isEqualTo(room);
        assertThat(session.channel()).isEqualTo("default");
        assertThat(given.redis().exists("new_session_queue", "parked")).isZero();
        assertThat(given.redis().hget("session", room)).doesNotContain("t0p");
        assertThat(given.redis().xrange("history", "-", "+").toString()).doesNotContain("t0p");
    }

    @Test
    void callsWithoutATimeKeepTheOrderOfTheListBeforeThoseThatHaveOne() {
        String[] rooms = IntStream.range(0, 450).mapToObj(i -> "room" + i).toArray(String[]::new);
        for (String room : rooms) {
            given.redis().lpush("new_session_queue", "{\"name\":\"x\",\"room_id\":\"" + room + "\"}");
        }
        given.asks("ayu", "default", Long.toString(System.currentTimeMillis()));

        store.resolve(new Resolve("nobody", null));

        List<String> line = new ArrayList<>(List.of(rooms));
        line.add("ayu");
        assertThat(given.redis().zrange("waiting:default", 0, -1)).isEqualTo(line);
    }

    @Test
    void nothingUnreadableIsThrownAwayHoweverMuchComesAtOnce() {
        IntStream.range(0, 1000).forEach(i -> given.redis().lpush("new_session_queue", "junk " + i));

        store.take();

        assertThat(given.redis().hlen("parked")).isEqualTo(1000);
    }

    @Test
    void linesOfChannelsThatThisInstanceNeverSawAreFound() {
        given.asks("ayu", "c1");
        given.asks("budi", "c2");
        store.returnToLine(store.take(), setback("it fails", Duration.ZERO, Duration.ZERO));
        given.asks("citra", "c3");
        given.asks("dewi", "c4");
        given.asks("eka", "c3");

        SessionStore another = given.store(LONG, LONG);

        assertThat(takeAll(another)).containsExactly("ayu", "budi", "citra", "dewi", "eka");
        assertThat(given.redis().exists("channels")).isFalse();
    }

    @Test
    void moreCallsThanAreAdmittedAtOnceAreAllTakenInTheirOrder() {
        List<String> rooms = IntStream.range(0, 450).mapToObj(i -> "room" + i).toList();
        rooms.forEach(given::asks);

        assertThat(takeAll(store)).containsExactlyElementsOf(rooms);
        assertThat(given.redis().exists("new_session_queue")).isFalse();
    }

    @Test
    void allCallsAreAdmittedEvenIfNobodyMayBeTaken() {
        store.returnToLine(given.claim("ayu"), setback("Qiscus is down", Duration.ZERO, LONG));
        IntStream.range(0, 450).forEach(i -> given.asks("room" + i));

        assertThat(store.take()).isNull();
        assertThat(given.redis().exists("new_session_queue")).isFalse();
        assertThat(given.redis().zcard("waiting:" + CHANNEL)).isEqualTo(450);
    }

    @Test
    void theOldestOfAllChannelsIsTaken() {
        given.asks("citra", "c1", LONG_AGO + 3);
        given.asks("ayu", "c2", LONG_AGO + 1);
        given.asks("dewi", "c2", LONG_AGO + 4);
        given.asks("budi", "c3", LONG_AGO + 2);

        assertThat(takeAll(store)).containsExactly("ayu", "budi", "citra", "dewi");
    }

    @Test
    void theOrderWithinAMillisecondIsThatOfTheFraction() {
        given.asks("dewi", "c1", LONG_AGO + "0.004");
        given.asks("citra", "c2", LONG_AGO + "0.003");
        given.asks("budi", "c1", LONG_AGO + "0.002");
        given.asks("ayu", "c2", LONG_AGO + "0.001");

        assertThat(takeAll(store)).containsExactly("ayu", "budi", "citra", "dewi");
    }

    @Test
    void aCallFromAClockThatIsAheadCountsAsNow() {
        long before = System.currentTimeMillis();
        given.asks("ayu", CHANNEL, Long.toString(before + LONG.toMillis()));

        assertThat(new BigDecimal(store.take().firstAsked()))
                .isBetween(BigDecimal.valueOf(before), BigDecimal.valueOf(System.currentTimeMillis() + 999));
    }

    @Test
    void aChannelThatIsHeldBackIsSkipped() {
        given.asks("ayu", "c1");
        given.asks("budi", "c1");
        given.asks("citra", "c2");
        store.reserve(store.take(), List.of(), true);

        assertThat(takeAll(store)).containsExactly("citra");
    }

    @Test
    void ofAChannelHeldBackOneTriesWhenASlotMayBeFreeAndTheOthersFollowIfThereAreMore() {
        given.assign("ayu", "a1");
        given.assign("eka", "a2");
        List.of("budi", "citra", "dewi").forEach(given::asks);
        Session budi = store.take();
        store.reserve(budi, List.of(agent("a1", 2)), true);
        store.resolve(new Resolve("ayu", "1"));

        budi = store.take();
        assertThat(budi.roomId()).isEqualTo("budi");
        assertThat(store.take()).isNull();

        store.drop(budi, "resolved in Qiscus");
        Session citra = store.take();
        store.reserve(citra, List.of(agent("full", 2)), true);
        store.resolve(new Resolve("eka", "1"));
        citra = store.take();
        assertThat(store.reserve(citra, List.of(agent("a2", 0), agent("a3", 0)), true)
                        .isReserved())
                .isTrue();
        assertThat(store.take().roomId()).isEqualTo("dewi");
    }

    @Test
    void whoTakesTheLastSlotHoldsTheChannelBack() {
        given.asks("ayu");
        given.asks("budi");
        assertThat(store.reserve(store.take(), List.of(agent("a1", 1)), true).isReserved())
                .isTrue();

        assertThat(store.take()).isNull();
    }

    @Test
    void aClosedChannelDoesNotTryAgainBecauseASlotCameFreeElsewhere() {
        given.assign("ayu", "a1");
        given.asks("budi");
        store.reserve(store.take(), List.of(), true);

        store.resolve(new Resolve("ayu", "1"));

        assertThat(store.take()).isNull();
    }

    @Test
    void aChannelThatCameFreeEarlierAndWasNotTriedGoesBeforeOlderSessionsOfOthers() {
        given.asks("ayu", "closed");
        given.asks("budi", "open");
        given.redis().hset("held", "closed", "1700000003000 closed");
        given.redis().hset("held", "open", "1700000002000");

        assertThat(store.take().roomId()).isEqualTo("budi");
        assertThat(store.take().roomId()).isEqualTo("ayu");
    }

    @Test
    void whatATryOfAClosedChannelFindsIsOwedToNobodyYounger() {
        given.asks("ayu", "closed");
        given.asks("budi", "open");
        given.redis().hset("held", "closed", "0 closed");
        store.take();

        Session budi = store.take();

        assertThat(store.reserve(budi, List.of(agent("a1", 1)), true).isReserved())
                .isTrue();
    }

    @Test
    void channelsBeyondAThousandShareALine() {
        for (int i = 0; i < 1001; i++) {
            given.redis().sadd("channels", "c" + i);
        }

        given.asks("ayu", "one-too-many");
        store.take();

        assertThat(given.redis().hget("session", "ayu")).contains("\"channel\":\"default\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"returned", "parked", "dropped", "resolved"})
    void whoTriesForItsChannelAndFailsLetsTheNextTry(String how) {
        given.assign("ayu", "a1");
        given.asks("budi");
        given.asks("citra");
        store.reserve(store.take(), List.of(agent("full", 2)), true);
        store.resolve(new Resolve("ayu", "1"));
        Session budi = store.take();

        switch (how) {
            case "returned" -> store.returnToLine(budi, setback("it fails", LONG, Duration.ZERO));
            case "parked" -> store.park(budi, "it fails");
            case "dropped" -> store.drop(budi, "resolved in Qiscus");
            default -> store.resolve(new Resolve("budi", "1"));
        }

        assertThat(store.take()).isNotNull().extracting(Session::roomId).isEqualTo("citra");
    }

    @Test
    void aRestingRoomIsSkippedButNotTheNextOfItsChannel() {
        given.asks("ayu");
        store.returnToLine(store.take(), setback("it fails", LONG, Duration.ZERO));
        given.asks("budi");

        assertThat(takeAll(store)).containsExactly("budi");
        assertThat(given.isWaiting("ayu")).isTrue();
    }

    @Test
    void howeverManyRestTheNextIsFound() {
        IntStream.range(0, 70).forEach(i -> {
            given.asks("room" + i);
            store.returnToLine(store.take(), setback("it fails", LONG, Duration.ZERO));
        });
        given.asks("budi");

        assertThat(takeAll(store)).containsExactly("budi");
    }

    @Test
    void aRoomIsTakenAgainWhenItHasRested() {
        given.asks("ayu");
        store.returnToLine(store.take(), setback("it fails", Duration.ofMillis(20), Duration.ZERO));

        assertThat(await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(5))
                        .until(store::take, s -> s != null))
                .extracting(Session::roomId, Session::attempts, Session::reason)
                .containsExactly("ayu", 1, "it fails");
    }

    @Test
    void duringAPauseNobodyIsTaken() {
        given.asks("ayu", "c1");
        store.returnToLine(store.take(), setback("Qiscus is down", Duration.ZERO, Duration.ofMillis(300)));
        given.asks("budi", "c2");

        assertThat(store.take()).isNull();
        assertThat(await().pollInterval(Duration.ofMillis(20))
                        .until(store::take, s -> s != null)
                        .roomId())
                .isEqualTo("ayu");
    }

    @Test
    void aClaimHasATokenOfItsOwnAndALease() {
        given.asks("ayu");
        given.asks("budi");
        long before = System.currentTimeMillis();

        Session ayu = store.take();
        Session budi = given.store(LONG, Duration.ZERO).take();

        assertThat(ayu.claim()).isNotBlank().isNotEqualTo(budi.claim());
        assertThat(given.stored("session", "ayu").path("claim").asText()).isEqualTo(ayu.claim());
        assertThat(given.redis().zscore("claimed", "ayu"))
                .isBetween((double) before + LONG.toMillis(), (double) System.currentTimeMillis() + LONG.toMillis());
        assertThat(given.redis().zscore("claimed", "budi"))
                .isBetween((double) before, (double) System.currentTimeMillis());
        assertThat(given.isWaiting("ayu")).isFalse();
    }

    private static List<String> takeAll(SessionStore store) {
        List<String> rooms = new ArrayList<>();
        for (Session taken = store.take(); taken != null; taken = store.take()) {
            rooms.add(taken.roomId());
        }
        return rooms;
    }
}
