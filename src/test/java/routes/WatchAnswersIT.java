package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.resps.StreamEntry;
import support.FakeQiscus;
import support.LogLines;
import support.QiscusServer.Call;
import support.QiscusServer.Fault;
import support.RealRedis;
import support.RunningApplication;

/** Which customers are passed to the route that moves them, and which never are. */
@Execution(ExecutionMode.CONCURRENT)
class WatchAnswersIT {
    private static final Duration AWAY = Duration.ofSeconds(2);

    @RegisterExtension
    final LogLines log = new LogLines();

    @RegisterExtension
    final RunningApplication app = new RunningApplication(RealRedis.ofItsOwn())
            .with("AWAY_ANSWER_WITHIN", "2s")
            .with("ANSWER_WITHIN", "6s")
            .with("WATCH_PERIOD", "500ms")
            .startedByTest();

    private final RealRedis redis = app.redis();
    private final FakeQiscus qiscus = app.qiscus();

    @Test
    void theCustomerOfAnOfflineAgentIsUnansweredAfterTheShorterTime() throws Exception {
        qiscus.hasAgents("11", "12");
        app.start();
        String agent = assigned("1");
        Instant assigned = Instant.now();

        qiscus.setAvailable(agent, false);

        await().until(() -> unanswered("1"));
        assertThat(Duration.between(assigned, Instant.now())).isBetween(AWAY.minusMillis(500), AWAY.plusSeconds(3));
        assertThat(reason("1")).isEqualTo("away");
        assertThat(told("1").get(0).getFields().get("data")).contains("\"from\":\"" + agent + "\"");
    }

    @Test
    void theCustomerOfAnOnlineAgentIsUnansweredAfterTheLongerTimeAndOnce() throws Exception {
        qiscus.hasAgents("11");
        app.start();
        assigned("1");

        await().until(() -> unanswered("1"));

        assertThat(reason("1")).isEqualTo("silent");
        await().during(AWAY).until(() -> timesTold("1") == 1);
    }

    @Test
    void anAgentWhoAnsweredKeepsTheChatEvenWhenOffline() throws Exception {
        qiscus.hasAgents("11", "12");
        app.start();
        String agent = assigned("1");
        qiscus.setAvailable(agent, false);

        qiscus.answers("1");

        await().during(Duration.ofSeconds(8)).atMost(Duration.ofSeconds(10)).until(() -> !unanswered("1"));
    }

    @Test
    void anAnsweredChatStaysWithAnOfflineAgentUntilTheCustomerWritesAgain() throws Exception {
        qiscus.hasAgents("11", "12");
        app.start();
        String agent = assigned("1");
        qiscus.answers("1");
        qiscus.setAvailable(agent, false);
        await().during(AWAY.multipliedBy(2)).until(() -> !unanswered("1"));

        Instant wrote = Instant.now();
        qiscus.customerWrites("1");

        await().until(() -> unanswered("1"));
        assertThat(Duration.between(wrote, Instant.now())).isGreaterThanOrEqualTo(AWAY);
        assertThat(reason("1")).isEqualTo("away");
        assertThat(since("1")).isGreaterThanOrEqualTo(wrote.toEpochMilli());
    }

    @Test
    void aShortAbsenceMovesNothing() throws Exception {
        qiscus.hasAgents("11");
        app.with("ANSWER_WITHIN", "off");
        app.start();
        assigned("1");
        qiscus.setAvailable("11", false);
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);

        qiscus.setAvailable("11", true);

        await().during(Duration.ofSeconds(4)).until(() -> !unanswered("1"));
    }

    @Test
    void anAgentWhoGoesOfflineLaterIsNoticedWithinTheShorterTime() throws Exception {
        qiscus.hasAgents("11");
        app.with("ANSWER_WITHIN", "off").with("RECONCILE_PERIOD", "30m");
        app.start();
        assigned("1");
        await().pollDelay(AWAY.multipliedBy(2)).until(() -> true);

        Instant left = Instant.now();
        qiscus.setAvailable("11", false);

        await().until(() -> unanswered("1"));
        assertThat(Duration.between(left, Instant.now())).isLessThan(AWAY.plusSeconds(3));
    }

    @Test
    void everySenderButTheCustomerAndQiscusAnswers() throws Exception {
        qiscus.hasAgents("11");
        app.with("ANSWER_WITHIN", "2s").with("MAX_CUSTOMERS_PER_AGENT", "20");
        app.start();
        List<String> rooms =
                aRoomForEach(qiscus::writes, "\"agent\"", "\"admin\"", "\"bot\"", "\"Supervisor\"", "7", "{}", "\"\"");
        String other = "99";
        app.customerWrites(other);

        await().until(() -> unanswered(other));
        await().during(AWAY).until(() -> unanswered(rooms), List::isEmpty);
    }

    @Test
    void aMessageThatHidesTheCustomersLastOneProvesNothing() throws Exception {
        qiscus.hasAgents("11");
        app.with("ANSWER_WITHIN", "2s").with("MAX_CUSTOMERS_PER_AGENT", "20");
        app.start();
        List<String> rooms = aRoomForEach(
                (room, sender) -> {
                    qiscus.answers(room);
                    qiscus.writes(room, sender, Instant.now().plusSeconds(8));
                },
                "\"agent\"",
                "\"system\"",
                "null");

        await().during(Duration.ofSeconds(5)).until(() -> unanswered(rooms), List::isEmpty);
    }

    @Test
    void anUnreadableTimeMovesNothing() throws Exception {
        qiscus.hasAgents("11");
        app.with("ANSWER_WITHIN", "2s").with("MAX_CUSTOMERS_PER_AGENT", "20");
        app.start();
        List<String> rooms = aRoomForEach(
                (room, time) -> {
                    qiscus.customerWrites(room);
                    qiscus.showsTimeOf(room, time);
                },
                "null",
                "\"\"",
                "\"yesterday\"",
                "17",
                "\"2999-01-01T00:00:00Z\"");

        await().during(Duration.ofSeconds(5)).until(() -> unanswered(rooms), List::isEmpty);
    }

    @Test
    void aTimeWithoutAZoneIsUtc() throws Exception {
        qiscus.hasAgents("11");
        app.with("ANSWER_WITHIN", "2s");
        app.start();
        assigned("1");
        qiscus.customerWrites("1");
        qiscus.showsTimeOf("1", "\"" + Instant.now().toString().replaceAll("\\..*", "") + "\"");

        await().until(() -> unanswered("1"));
    }

    @Test
    void theRoomItselfWinsOverTheList() throws Exception {
        qiscus.hasAgents("11");
        app.with("ANSWER_WITHIN", "2s");
        qiscus.answersTo(FakeQiscus::asksForNews, Fault.answering(200, "{\"data\":{\"customer_rooms\":[]}}"));
        app.start();
        assigned("1");
        qiscus.answers("1");
        assigned("2");

        await().until(() -> unanswered("2"));
        await().during(AWAY).until(() -> !unanswered("1"));
    }

    @ParameterizedTest
    @CsvSource({
        "403, '{\"errors\":\"No news for you\"}', No news for you",
        "200, <html>, Qiscus's answer cannot be read"
    })
    void anUnreadableListDoesNotPreventAMove(int status, String body, String words) throws Exception {
        qiscus.hasAgents("11");
        app.with("ANSWER_WITHIN", "2s");
        qiscus.answersTo(FakeQiscus::asksForNews, Fault.answering(status, body));
        app.start();
        assigned("1");

        await().until(() -> unanswered("1"));
        assertThat(news()).isGreaterThan(2);
        assertThat(log.all())
                .filteredOn(line -> line.startsWith("WARN Qiscus does not show what changed")
                        // Other tests run beside this one.
                        && line.contains(words))
                .hasSize(1);
    }

    @Test
    void aRoomThatAnotherAgentTookIsNotUnanswered() throws Exception {
        qiscus.hasAgents("11", "12");
        app.with("ANSWER_WITHIN", "2s");
        app.start();
        String agent = assigned("1");
        qiscus.handedOver("1", agent.equals("11") ? "12" : "11");

        await().during(Duration.ofSeconds(5)).until(() -> !unanswered("1"));
    }

    @Test
    void aLostResolveIsHandledAtOnce() throws Exception {
        qiscus.hasAgents("11");
        app.start();
        assigned("1");
        await().pollDelay(Duration.ofMillis(1200)).until(() -> true);

        qiscus.resolves("1");

        await().atMost(Duration.ofSeconds(5)).until(() -> !redis.client().hexists("assigned", "1"));
        assertThat(redis.client().hget("agent_customer_count", "11")).isEqualTo("0");
    }

    @Test
    void oneCallPerPeriodForAllAgentsAndNoneWhileNoRoomIsHeld() throws Exception {
        String[] agents = new String[40];
        for (int i = 0; i < agents.length; i++) {
            agents[i] = Integer.toString(100 + i);
        }
        qiscus.hasAgents(agents);
        app.with("AWAY_ANSWER_WITHIN", "10m").with("ANSWER_WITHIN", "10m").with("RECONCILE_PERIOD", "30m");
        app.start();
        await().during(Duration.ofSeconds(2)).until(() -> news() == 0);
        for (int room = 1; room <= 70; room++) {
            app.customerWrites(Integer.toString(room));
        }
        await().until(() -> qiscus.assignments().size() == 70 && redis.client().zcard("claimed") == 0);
        await().pollDelay(Duration.ofSeconds(6)).until(() -> true);
        int before = news();
        int others = qiscus.calls("/").size() - before;

        await().pollDelay(Duration.ofSeconds(6)).until(() -> true);

        assertThat(news() - before).isBetween(9, 13);
        assertThat(qiscus.calls("/").size() - news()).isEqualTo(others);
    }

    @Test
    void anAnswerEndsAWaitingMoveUntilTheCustomerIsUnansweredAgain() throws Exception {
        qiscus.hasAgents("11");
        qiscus.tellsMessages();
        app.with("ANSWER_WITHIN", "2s");
        app.start();
        assigned("1");
        await().until(() -> unanswered("1") && redis.client().zcard("waiting") == 1);

        qiscus.answers("1");
        await().until(() -> redis.client().zcard("waiting") == 0);
        assertThat(redis.isAssigned("1")).isTrue();

        qiscus.customerWrites("1");
        await().until(() -> timesTold("1") == 2 && redis.client().zcard("waiting") == 1);
        assertThat(qiscus.agentOf("1")).isEqualTo("11");
    }

    /** Two calls to be sure, one for the available agents, and four for the move. */
    @Test
    void aMoveCostsSevenCalls() throws Exception {
        qiscus.hasAgents("11");
        qiscus.tellsMessages();
        app.with("AWAY_ANSWER_WITHIN", "off").with("ANSWER_WITHIN", "5s").with("RECONCILE_PERIOD", "30m");
        app.start();
        assigned("1");
        qiscus.hasAgents("12");
        // Wait until the calls of the start are over.
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        int before = qiscus.calls("/").size();

        await().until(() -> "12".equals(qiscus.agentOf("1")) && redis.isAssigned("1"));

        assertThat(qiscus.calls("/").stream()
                        .skip(before)
                        .filter(call -> !FakeQiscus.asksForNews(call))
                        .map(WatchAnswersIT::named))
                .containsExactly(
                        "load_comments",
                        "who is in the room",
                        "available_agents",
                        "1",
                        "who is in the room",
                        "remove_agent",
                        "assign_agent");
    }

    private static String named(Call call) {
        return FakeQiscus.asksWhoIsInRoom(call)
                ? "who is in the room"
                : call.path().substring(call.path().lastIndexOf('/') + 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCustomerWhoKeepsWritingHasWaitedSinceTheAssignment(boolean tellsMessages) throws Exception {
        qiscus.hasAgents("11");
        if (tellsMessages) {
            qiscus.tellsMessages();
        } else {
            qiscus.showsRoomsAsWaitingUntilAnswered();
        }
        app.with("ANSWER_WITHIN", "4s");
        app.start();
        assigned("1");
        long assigned = System.currentTimeMillis();

        await().pollInterval(Duration.ofMillis(500)).until(() -> {
            qiscus.customerWrites("1");
            return unanswered("1");
        });

        assertThat(since("1")).isLessThanOrEqualTo(assigned);
        assertThat(System.currentTimeMillis() - assigned).isBetween(3500L, 7000L);
        assertThat(qiscus.calls("/load_comments")).hasSize(1);
        assertThat(qiscus.calls("/load_comments").get(0).parameters()).containsEntry("room_id", "1");
    }

    /** Between two passes over the list, so that only the messages show the answer. */
    @ParameterizedTest
    @ValueSource(ints = {200, 403, 404})
    void afterAHiddenAnswerTheCustomersNextMessageCounts(int messages) throws Exception {
        qiscus.hasAgents("11");
        qiscus.showsRoomsAsWaitingUntilAnswered();
        if (messages == 200) {
            qiscus.tellsMessages();
        } else {
            qiscus.answersTo(call -> call.path().endsWith("/load_comments"), Fault.answering(messages, "{}"));
        }
        app.with("ANSWER_WITHIN", "4s");
        app.start();
        assigned("1");
        await().pollDelay(Duration.ofMillis(2500)).until(() -> true);
        Instant wrote = Instant.now();
        qiscus.answers("1");
        qiscus.customerWrites("1");

        await().until(() -> unanswered("1"));

        assertThat(Duration.between(wrote, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(4));
        assertThat(since("1")).isGreaterThanOrEqualTo(wrote.toEpochMilli());
    }

    @Test
    void anAnswerThatOnlyTheMessagesShowCounts() throws Exception {
        qiscus.hasAgents("11");
        qiscus.tellsMessages();
        app.with("ANSWER_WITHIN", "2s");
        app.start();
        assigned("1");
        qiscus.answers("1");
        qiscus.writes("1", "\"system\"");
        await().until(() -> !qiscus.calls("/load_comments").isEmpty());

        await().during(Duration.ofSeconds(3)).until(() -> !unanswered("1"));
    }

    @Test
    void ifMessagesAreNotAvailableTheyAreRequestedOnce() throws Exception {
        qiscus.hasAgents("11");
        app.with("ANSWER_WITHIN", "2s");
        app.start();
        assigned("1");
        await().until(() -> unanswered("1"));

        assigned("2");
        await().until(() -> unanswered("2"));

        assertThat(qiscus.calls("/load_comments")).hasSize(1);
    }

    @Test
    void ofTwoInstancesOneWatchesAndTheOtherTakesOver() throws Exception {
        qiscus.hasAgents("11", "12");
        app.with("ANSWER_WITHIN", "8s").with("RECONCILE_PERIOD", "30m");
        RunningApplication other = app.another()
                .with("AWAY_ANSWER_WITHIN", "2s")
                .with("ANSWER_WITHIN", "8s")
                .with("WATCH_PERIOD", "500ms")
                .with("RECONCILE_PERIOD", "30m");
        app.start();
        other.start();
        assigned("1");
        assigned("2");
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        qiscus.answers("2");
        int before = news();
        await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
        assertThat(news() - before).isBetween(3, 7);

        app.stop();

        await().until(() -> unanswered("1"));
        await().during(AWAY).until(() -> !unanswered("2") && timesTold("1") == 1);
    }

    @Test
    void aDisabledLimitIsNotWatched() throws Exception {
        qiscus.hasAgents("11");
        app.with("AWAY_ANSWER_WITHIN", "off").with("ANSWER_WITHIN", "off");
        app.start();
        assigned("1");

        await().during(Duration.ofSeconds(4)).until(() -> news() == 0 && !unanswered("1"));
    }

    @Test
    void anAnswerOnALaterPageIsFound() throws Exception {
        qiscus.hasAgents("11", "12", "13", "14");
        qiscus.listsRoomsPerPage(2);
        app.with("ANSWER_WITHIN", "4s");
        app.start();
        for (int room = 1; room <= 6; room++) {
            assigned(Integer.toString(room));
        }
        for (int room = 1; room <= 5; room++) {
            qiscus.answers(Integer.toString(room));
        }
        await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
        int before = qiscus.calls("/customer_rooms/").size();

        await().until(() -> unanswered("6"));
        assertThat(qiscus.calls("/customer_rooms/").stream().skip(before))
                .isNotEmpty()
                .allMatch(call -> call.path().endsWith("/6"));
    }

    @Test
    void theCustomersOfAnAgentWithManyRoomsDoNotWaitForOneAnother() throws Exception {
        qiscus.hasAgents("11");
        qiscus.answersTo(FakeQiscus::asksWhoIsInRoom, Fault.none().after(Duration.ofMillis(600)));
        app.with("ANSWER_WITHIN", "4s").with("MAX_CUSTOMERS_PER_AGENT", "20");
        app.start();
        List<String> rooms =
                IntStream.rangeClosed(1, 20).mapToObj(Integer::toString).toList();
        for (String room : rooms) {
            app.customerWrites(room);
        }
        await().until(() -> rooms.stream().allMatch(redis::isAssigned));
        Instant assigned = Instant.now();

        await().until(() -> unanswered(rooms).size() == rooms.size());
        assertThat(Duration.between(assigned, Instant.now())).isLessThan(Duration.ofSeconds(4 + 6));
    }

    /** It gets a message while the list is read, and moves to a part that was already read. */
    @Test
    void aRoomThatVanishesBetweenTwoPagesIsNotUnanswered() throws Exception {
        qiscus.hasAgents("11", "12");
        qiscus.listsRoomsPerPage(1);
        app.with("ANSWER_WITHIN", "3s");
        app.start();
        for (int room = 1; room <= 3; room++) {
            assigned(Integer.toString(room));
        }
        answersWhileTheListIsRead("2");

        await().until(() -> unanswered("1") && unanswered("3"));
        await().during(AWAY).until(() -> !unanswered("2"));
    }

    private void answersWhileTheListIsRead(String room) {
        qiscus.beforeAnswering("/customer_rooms", () -> {
            qiscus.answers(room);
            answersWhileTheListIsRead(room);
            return true;
        });
    }

    @Test
    void aRoomThatQiscusNoLongerKnowsIsNotUnanswered() throws Exception {
        qiscus.hasAgents("11");
        app.with("ANSWER_WITHIN", "2s");
        qiscus.answersTo(
                call -> call.path().endsWith("/customer_rooms/1"),
                Fault.answering(404, "{\"errors\":{\"message\":\"Not found\"}}"));
        app.start();
        assigned("1");
        assigned("2");

        await().until(() -> unanswered("2"));
        await().during(AWAY).until(() -> !unanswered("1"));
    }

    /** As if Qiscus had lost later messages. */
    @Test
    void anAnswerThatWasSeenStillCountsAfterQiscusGoesBack() throws Exception {
        qiscus.hasAgents("11");
        app.with("ANSWER_WITHIN", "3s");
        app.start();
        assigned("1");
        qiscus.answers("1");
        await().pollDelay(Duration.ofMillis(1500)).until(() -> true);

        String before = """
                {"room_id":"1","is_resolved":false,"is_waiting":false,"last_comment_sender_type":"customer",\
                "last_comment_timestamp":"%s"}""".formatted(Instant.now().minusSeconds(20));
        qiscus.answersTo(
                FakeQiscus::asksForNews,
                Fault.answering(
                        200, "{\"data\":{\"customer_rooms\":[" + before + "]},\"meta\":{\"cursor_after\":null}}"));
        qiscus.answersTo(
                call -> call.path().endsWith("/customer_rooms/1"),
                Fault.answering(200, "{\"data\":{\"customer_room\":" + before + "},\"status\":200}"));

        await().until(() -> !qiscus.calls("/customer_rooms/1").isEmpty());
        await().during(Duration.ofSeconds(4)).until(() -> !unanswered("1"));
    }

    @Test
    void aWebhookAboutALogoutChangesNothing() throws Exception {
        qiscus.hasAgents("11");
        app.with("ANSWER_WITHIN", "off");
        app.start();
        assigned("1");
        List<String> bodies = List.of(
                "{\"type\":\"logout\",\"agent\":{\"id\":11,\"is_available\":false}}",
                "{\"user\":{\"id\":11},\"room_id\":null}",
                "[]",
                "not JSON");
        for (String body : bodies) {
            for (String path : List.of("/webhook", "/resolve", "/logout", "/auth")) {
                assertThat(app.post(path, body).statusCode()).isBetween(400, 499);
            }
        }

        await().during(AWAY.multipliedBy(2)).until(() -> !unanswered("1"));
        assertThat(redis.isAssigned("1")).isTrue();
    }

    /** @return the agent who got the session */
    private String assigned(String roomId) throws Exception {
        app.customerWrites(roomId);
        await().until(() -> redis.isAssigned(roomId) && redis.client().zscore("claimed", roomId) == null);
        return qiscus.agentOf(roomId);
    }

    /** So that one program tries them all. @return the rooms */
    private List<String> aRoomForEach(BiConsumer<String, String> happensInIt, String... what) throws Exception {
        List<String> rooms = IntStream.rangeClosed(1, what.length)
                .mapToObj(Integer::toString)
                .toList();
        for (String room : rooms) {
            app.customerWrites(room);
        }
        for (int i = 0; i < what.length; i++) {
            String room = rooms.get(i);
            await().until(() -> redis.isAssigned(room));
            happensInIt.accept(room, what[i]);
        }
        return rooms;
    }

    private List<String> unanswered(List<String> rooms) {
        return rooms.stream().filter(this::unanswered).toList();
    }

    private int news() {
        return (int) qiscus.calls("/customer_rooms").stream()
                .filter(FakeQiscus::asksForNews)
                .count();
    }

    private boolean unanswered(String roomId) {
        return timesTold(roomId) > 0;
    }

    private long timesTold(String roomId) {
        return told(roomId).size();
    }

    /** The history of a room whose customer is unanswered. */
    private List<StreamEntry> told(String roomId) {
        return redis.client().xrange("history", "-", "+").stream()
                .filter(entry -> "unanswered".equals(entry.getFields().get("event"))
                        && roomId.equals(entry.getFields().get("room")))
                .toList();
    }

    private String reason(String roomId) {
        return told(roomId).get(0).getFields().get("data").replaceAll(".*\"reason\":\"(\\w+)\".*", "$1");
    }

    /** Since when the customer has waited for an answer, epoch milliseconds. */
    private long since(String roomId) {
        StreamEntry first = told(roomId).get(0);
        return first.getID().getTime()
                - Long.parseLong(first.getFields().get("data").replaceAll(".*\"unanswered\":(\\d+).*", "$1"));
    }
}
