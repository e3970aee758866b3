package simulator;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.Agent;
import assignment.Message;
import assignment.NewSession;
import assignment.RoomPage;
import assignment.RoomState;
import assignment.Session;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qiscus.AgentList;
import qiscus.AgentsPage;
import qiscus.AllAgents;
import qiscus.AnswerReader;
import qiscus.CallReader;
import qiscus.CustomerRoom;
import qiscus.Json;
import qiscus.NewSessionCall;
import qiscus.ResolveCall;
import qiscus.RoomMessages;
import simulator.Simulator.Delivery;
import support.MovableClock;

class SimulatorTest {
    /** Exactly one customer comes with each tick. */
    private static final int ONE_PER_TICK = (int) (60_000 / Simulator.TICK.toMillis());

    private static final Duration HANDLING = Duration.ofSeconds(12);

    private final ObjectMapper json = Json.mapper();
    private final MovableClock clock = new MovableClock();
    private final Chance chance = new Chance();
    private final Simulator simulator = simulator(4);

    @Test
    void allAgentsAreListedByPagesWithTheirStateAndWithoutTheirCounts() {
        simulator.turn("9002", "offline");
        AllAgents.Reader reader = new AllAgents.Reader();

        JsonNode first = json.valueToTree(simulator.agents(1, 3).body());
        JsonNode second = json.valueToTree(simulator.agents(2, 3).body());

        assertThat(first.at("/data/agents")).hasSize(3);
        assertThat(second.at("/data/agents")).hasSize(1);
        assertThat(first.at("/data/agents/0").has("current_customer_count")).isFalse();
        AllAgents list = reader.next(reader.start(), json.convertValue(first, AgentsPage.class));
        assertThat(list.hasMore()).isTrue();
        assertThat(list.page()).extracting(Agent::canServe).containsExactly(true, false, true);
    }

    // ---- assigning

    @Test
    void anAgentIsAssignedToAWaitingRoom() {
        String room = arrive();

        Answer answer = simulator.assign(room, "9001", 1, false);

        JsonNode body = json.valueToTree(answer.body());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(new AnswerReader()
                        .assigned(body, Session.ofRoom(room), "9001")
                        .isAccepted())
                .isTrue();
        assertThat(body.at("/data/added_agent/id").asInt()).isEqualTo(9001);
        assertThat(body.at("/data/service/room_id").asText()).isEqualTo(room);
        assertThat(roomState(room)).isEqualTo(RoomState.SERVED);
        assertThat(customersOf("9001")).isEqualTo(1);
    }

    @Test
    void aRoomGetsAsManyAgentsAsTheCallAllows() {
        String room = arrive();
        simulator.assign(room, "9001", 1, false);

        Answer second = simulator.assign(room, "9002", 1, false);
        Answer allowed = simulator.assign(room, "9002", 2, false);

        assertThat(second).isEqualTo(Answer.error(400, "Cant join room, exceed max agents"));
        assertThat(allowed.status()).isEqualTo(200);
        assertThat(customersOf("9002")).isEqualTo(1);
    }

    @Test
    void neitherCapacityNorBeingOnlineIsChecked() {
        simulator.turn("9001", "offline");
        List<String> rooms = List.of(arrive(), arrive(), arrive());

        List<Integer> statuses = rooms.stream()
                .map(room -> simulator.assign(room, "9001", 1, false).status())
                .toList();

        assertThat(statuses).containsOnly(200);
        assertThat(customersOf("9001")).isEqualTo(3);
    }

    @Test
    void unknownRoomsAndAgentsAreNotFound() {
        String room = arrive();

        assertThat(simulator.assign("no-room", "9001", 1, false)).isEqualTo(Answer.error(404, "Room not found"));
        assertThat(simulator.assign(room, "9999", 1, false)).isEqualTo(Answer.error(404, "Agent not found"));
        assertThat(simulator.room("no-room")).isEqualTo(Answer.error(404, "Room not found"));
        assertThat(simulator.turn("9999", "online")).isEqualTo(Answer.error(404, "Agent not found"));
    }

    @Test
    void aResolvedRoomGetsNoAgent() {
        String room = arrive();
        simulator.assign(room, "9001", 1, false);
        tickUntil(resolveOf(room));

        Answer answer = simulator.assign(room, "9002", 1, false);

        assertThat(answer).isEqualTo(Answer.error(400, "room already resolved"));
        assertThat(roomState(room)).isEqualTo(RoomState.RESOLVED);
        assertThat(customersOf("9001")).isZero();
    }

    @Test
    void anAgentIsRemovedOrReplacedUnlessTheRoomIsFixed() {
        String room = arriveIn("2");
        simulator.assign(room, "9001", 1, false);
        assertThat(simulator.remove(room, "9002").status()).isEqualTo(400);
        assertThat(simulator.remove(room, "9001").status()).isEqualTo(200);
        assertThat(customersOf("9001")).isZero();
        assertThat(roomState(room)).isEqualTo(RoomState.WAITING);

        String replaced = arriveIn("1");
        simulator.assign(replaced, "9001", 1, false);
        assertThat(simulator.remove(replaced, "9001").status()).isEqualTo(400);
        assertThat(simulator.assign(replaced, "9002", null, true).status()).isEqualTo(200);
        assertThat(customersOf("9001")).isZero();
        assertThat(customersOf("9002")).isEqualTo(1);

        String fixed = arriveIn("20", "40", "60", "80", "00");
        simulator.assign(fixed, "9001", 1, false);
        assertThat(simulator.remove(fixed, "9001").status()).isEqualTo(400);
        assertThat(simulator.assign(fixed, "9002", null, true).status()).isEqualTo(400);
        assertThat(customersOf("9001")).isEqualTo(1);
    }

    /** A customer comes in a room whose id ends with one of these. */
    private String arriveIn(String... ends) {
        while (true) {
            String room = arrive();
            if (Stream.of(ends).anyMatch(room::endsWith)) {
                return room;
            }
        }
    }

    // ---- the list of agents

    @ParameterizedTest
    @CsvSource({"0, 0", "1999, 0", "2000, 1", "3600000, 1"})
    void aChangedCountIsShownTwoSecondsLater(long later, int shown) {
        simulator.assign(arrive(), "9001", 1, false);

        clock.pass(Duration.ofMillis(later));

        assertThat(listed("9001").customerCount()).isEqualTo(shown);
        assertThat(customersOf("9001")).isEqualTo(1);
    }

    @Test
    void untilTheFirstAnswerTheRoomIsShownAsWaiting() {
        simulator.answerFirstAfter(Duration.ofSeconds(3));
        String room = arrive();
        assertThat(agentsIn(room)).isEmpty();
        simulator.assign(room, "9002", 1, false);

        assertThat(roomState(room)).isEqualTo(RoomState.WAITING);
        assertThat(agentsIn(room)).extracting(Agent::id).containsExactly("9002");
        assertThat(waiting(simulator)).isEmpty();

        clock.pass(Duration.ofSeconds(3));
        assertThat(roomState(room)).isEqualTo(RoomState.SERVED);
        assertThat(agentsIn(room)).extracting(Agent::id).containsExactly("9002");
        assertThat(agentsIn("no-room")).isEmpty();
    }

    private List<Agent> agentsIn(String room) {
        AgentList.Reader reader = new AgentList.Reader();
        AgentsPage page = json.convertValue(simulator.agentsIn(room).body(), AgentsPage.class);
        return reader.add(reader.startInRoom(), page).agents();
    }

    @Test
    void theCountOfTwoSecondsAgoIsShownAfterManyChanges() {
        simulator.assign(arrive(), "9001", 1, false);
        clock.pass(Duration.ofSeconds(1));
        simulator.assign(arrive(), "9001", 1, false);
        clock.pass(Duration.ofSeconds(1));
        simulator.assign(arrive(), "9001", 1, false);

        Agent agent = listed("9001");

        assertThat(agent.customerCount()).isEqualTo(1);
        assertThat(customersOf("9001")).isEqualTo(3);
    }

    @Test
    void anOfflineAgentIsListedButCannotServe() {
        simulator.turn("9002", "offline");

        List<Agent> agents = agents("1", 100);

        assertThat(agents).hasSize(4);
        assertThat(agents.stream().filter(Agent::canServe))
                .extracting(Agent::id)
                .containsExactly("9001", "9003", "9004");
    }

    @ParameterizedTest
    @CsvSource({"1, 10", "3, 4", "5, 2", "10, 1", "100, 1"})
    void theListComesInPages(int limit, int pages) {
        Simulator ten = simulator(10);

        AgentList list = read(ten, limit);

        assertThat(list.pages()).isEqualTo(pages);
        assertThat(list.agents())
                .extracting(Agent::id)
                .containsExactly("9001", "9002", "9003", "9004", "9005", "9006", "9007", "9008", "9009", "9010");
        assertThat(list.agents()).extracting(Agent::name).doesNotHaveDuplicates();
    }

    @Test
    void withoutALimitAPageHasTen() {
        Simulator twelve = simulator(12);

        JsonNode body = json.valueToTree(twelve.availableAgents("1", null, null).body());

        assertThat(body.at("/data/agents")).hasSize(10);
        assertThat(body.at("/meta/after").asText()).isEqualTo("10");
    }

    // ---- customers

    @Test
    void aNewCustomerIsReadLikeACustomerOfQiscus() {
        Delivery webhook = tick().get(0);

        NewSession session = newSession(webhook);

        assertThat(webhook.path()).isEqualTo("/webhook");
        assertThat(session.roomId()).isEqualTo(webhook.body().get("room_id"));
        assertThat(session.channel()).isIn("101", "102", "103");
        assertThat(session.source()).isIn("wa", "qiscus", "telegram");
        assertThat(session.name()).isNotBlank();
        assertThat(session.previousService()).isNull();
        assertThat(session.isNewSession()).isTrue();
        assertThat(roomState(session.roomId())).isEqualTo(RoomState.WAITING);
    }

    @Test
    void aWaitingCustomerWritesAgainEveryEightSeconds() {
        String room = arrive();

        List<Integer> writtenAt = new ArrayList<>();
        for (int half = 1; half <= 40; half++) {
            clock.pass(Simulator.TICK);
            if (tick().stream().anyMatch(webhookOf(room))) {
                writtenAt.add(half / 2);
            }
        }

        assertThat(writtenAt).containsExactly(8, 16);
    }

    @Test
    void aServedCustomerCausesNoWebhook() {
        String room = arrive();
        simulator.assign(room, "9001", 1, false);

        List<Delivery> deliveries = tickUntil(resolveOf(room));

        assertThat(deliveries.stream().anyMatch(resolveOf(room))).isTrue();
        assertThat(deliveries.stream().anyMatch(webhookOf(room))).isFalse();
    }

    @Test
    void someCallsAreDeliveredTwice() {
        chance.plays = true;
        Map<Object, Integer> calls = new HashMap<>();

        for (int i = 0; i < 200; i++) {
            tick().forEach(call -> calls.merge(call.body().get("room_id"), 1, Integer::sum));
        }

        assertThat(calls.values()).containsOnly(1, 2);
        assertThat(calls.values().stream().filter(times -> times == 2).count()).isBetween(5L, 40L);
    }

    @Test
    void onlyTheExpectedCustomersCome() {
        chance.plays = true;
        Simulator busy = new Simulator(4, ONE_PER_TICK * 5 / 2, HANDLING, clock, chance);

        for (int i = 0; i < 200; i++) {
            busy.tick();
        }

        assertThat(waiting(busy)).hasSizeBetween(450, 550);
    }

    @Test
    void aReturningCustomerHasTheSameRoomAndNamesThePreviousService() {
        chance.plays = true;
        String room = arrive();
        simulator.assign(room, "9001", 1, false);
        Delivery resolve = tickUntil(resolveOf(room)).stream()
                .filter(resolveOf(room))
                .findFirst()
                .orElseThrow();

        Delivery again = tickUntil(webhookOf(room)).stream()
                .filter(webhookOf(room))
                .findFirst()
                .orElseThrow();

        assertThat(newSession(again).previousService())
                .isNotNull()
                .isEqualTo(new CallReader()
                        .resolve(json.convertValue(resolve.body(), ResolveCall.class))
                        .serviceId());
        assertThat(again.body()).containsEntry("is_resolved", true);
        assertThat(roomState(room)).isEqualTo(RoomState.WAITING);
    }

    // ---- agents

    @Test
    void anAgentFinishesAfterHalfToOneAndAHalfOfTheHandlingTime() {
        chance.plays = true;
        List<String> rooms = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            rooms.add(arrive());
        }
        rooms.forEach(room -> simulator.assign(room, "9001", 1, false));

        clock.pass(HANDLING.dividedBy(2).minusMillis(1));
        List<Delivery> early = tick();
        clock.pass(HANDLING.plusMillis(1));
        List<Delivery> late = tick();

        assertThat(early).noneMatch(delivery -> delivery.path().equals("/resolve"));
        assertThat(late.stream().filter(delivery -> delivery.path().equals("/resolve")))
                .hasSize(50);
        assertThat(customersOf("9001")).isZero();
    }

    @Test
    void aResolveLooksLikeThatOfQiscus() {
        String room = arrive();
        simulator.assign(room, "9003", 1, false);

        JsonNode body = json.valueToTree(tickUntil(resolveOf(room)).stream()
                .filter(resolveOf(room))
                .findFirst()
                .orElseThrow()
                .body());

        assertThat(body.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("customer", "resolved_by", "service", "channel");
        assertThat(body.at("/service/room_id").asText()).isEqualTo(room);
        assertThat(body.at("/service/id").isIntegralNumber()).isTrue();
        assertThat(body.at("/service/is_resolved").asBoolean()).isTrue();
        assertThat(body.at("/channel").fieldNames()).toIterable().containsExactly("id", "name", "source");
    }

    @Test
    void usuallyTheAgentResolvesAndSometimesAnAdmin() {
        chance.plays = true;
        List<String> clicked = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            simulator.assign(arrive(), "9002", 1, false);
        }

        clock.pass(HANDLING.multipliedBy(2));
        tick().stream()
                .filter(delivery -> delivery.path().equals("/resolve"))
                .forEach(resolve -> clicked.add(
                        json.valueToTree(resolve.body()).at("/resolved_by/type").asText()));

        assertThat(clicked).hasSize(50).containsOnly("agent", "admin");
        assertThat(clicked.stream().filter("admin"::equals).count()).isBetween(5L, 25L);
    }

    @Test
    void everyAgentInARoomIsFreeWhenItIsResolved() {
        String room = arrive();
        simulator.assign(room, "9001", 5, false);
        simulator.assign(room, "9002", 5, false);

        tickUntil(resolveOf(room));

        assertThat(customersOf("9001")).isZero();
        assertThat(customersOf("9002")).isZero();
    }

    @Test
    void agentsGoOfflineAndComeBack() {
        chance.plays = true;
        List<Boolean> seen = new ArrayList<>();

        for (int i = 0; i < 2000; i++) {
            tick();
            seen.add(listed("9001").isAvailable());
        }

        assertThat(seen).contains(true, false);
        assertThat(seen.stream().filter(online -> online).count()).isGreaterThan(1000);
    }

    @Test
    void anOfflineAgentFinishesAndOneWhoIsGoneDoesNot() {
        simulator.answerFirstAfter(Duration.ofSeconds(1));
        String finished = arrive();
        String left = arrive();
        simulator.assign(finished, "9001", 1, false);
        simulator.assign(left, "9002", 1, false);
        simulator.turn("9001", "offline");
        simulator.turn("9002", "gone");

        List<Delivery> deliveries = tickUntil(resolveOf(finished));
        clock.pass(HANDLING.multipliedBy(2));
        deliveries.addAll(tick());

        assertThat(deliveries).anyMatch(resolveOf(finished)).noneMatch(resolveOf(left));
        assertThat(lastSender(left)).isEqualTo("customer");
        simulator.turn("9002", "online");
        assertThat(lastSender(left)).isEqualTo("agent");
    }

    @Test
    void aSilentAgentDoesNotAnswerUntilTheyTalkAgain() {
        simulator.turn("9001", "silent");
        String room = arrive();
        simulator.assign(room, "9001", 1, false);
        assertThat(listed("9001").isOnline()).isTrue();

        clock.pass(HANDLING.multipliedBy(2));

        assertThat(tick()).noneMatch(resolveOf(room));
        simulator.turn("9001", "talking");
        assertThat(tick()).anyMatch(resolveOf(room));
    }

    @Test
    void theMessagesOfARoomHaveTheirSenderAndTime() {
        simulator.answerFirstAfter(Duration.ofSeconds(1));
        String room = arrive();
        clock.pass(Duration.ofSeconds(1));
        simulator.assign(room, "9001", 1, false);
        clock.pass(Duration.ofSeconds(2));
        String customer = json.valueToTree(simulator.room(room).body())
                .at("/data/customer_room/user_id")
                .asText();

        RoomPage page = new RoomMessages(clock)
                .page(json.valueToTree(simulator.messages(room, 20).body()), room, customer, null);

        assertThat(page.conversation())
                .extracting(Message::sender)
                .containsExactly(Message.Sender.ANSWER, Message.Sender.SYSTEM, Message.Sender.CUSTOMER);
        assertThat(simulator.messages("no-room", 20).status()).isEqualTo(404);
    }

    @Test
    void someAgentsLeaveWithoutFinishingForMinutes() {
        chance.plays = true;
        simulator.expect(0);
        int away = 0;
        for (int i = 0; i < 10_000; i++) {
            tick();
            away += answers("9001") ? 0 : 1;
        }

        assertThat(away).isBetween(100, 4000);
    }

    // ---- the list of rooms

    @Test
    void allRoomsAreListedByTheirLatestMessageAndByPages() {
        List<String> rooms = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            rooms.add(arrive());
            clock.pass(Duration.ofMillis(100));
        }
        clock.pass(Duration.ofSeconds(1));
        simulator.assign(rooms.get(0), "9001", 1, false);

        JsonNode first =
                json.valueToTree(simulator.list(json.createObjectNode()).body());
        JsonNode second = json.valueToTree(simulator
                .list(json.createObjectNode()
                        .put("cursor_after", first.at("/meta/cursor_after").asText()))
                .body());

        assertThat(first.at("/data/customer_rooms")).hasSize(50);
        assertThat(first.at("/data/customer_rooms/0/room_id").asText()).isEqualTo(rooms.get(0));
        assertThat(first.at("/data/customer_rooms/0/last_comment_sender_type").asText())
                .isEqualTo("agent");
        assertThat(first.at("/data/customer_rooms/1/last_comment_sender_type").asText())
                .isEqualTo("customer");
        assertThat(second.at("/data/customer_rooms")).hasSize(10);
        assertThat(second.at("/meta/cursor_after").isMissingNode()).isTrue();
    }

    @Test
    void theRoomsWithoutAnAgentAreListedNewestFirst() {
        String first = arrive();
        clock.pass(Duration.ofSeconds(1));
        String served = arrive();
        clock.pass(Duration.ofSeconds(1));
        String last = arrive();
        simulator.assign(served, "9001", 1, false);

        JsonNode rooms = json.valueToTree(simulator.rooms().body()).at("/data/customer_rooms");

        assertThat(rooms.findValuesAsText("room_id")).containsExactly(last, first);
        assertThat(rooms.findValuesAsText("is_waiting")).containsOnly("true");
    }

    @Test
    void aResolvedRoomIsListedButDoesNotWait() {
        String room = arrive();
        simulator.assign(room, "9001", 1, false);
        tickUntil(resolveOf(room));

        JsonNode rooms = json.valueToTree(simulator.rooms().body()).at("/data/customer_rooms");

        assertThat(rooms)
                .filteredOn(listed -> listed.path("room_id").asText().equals(room))
                .singleElement()
                .satisfies(listed -> {
                    assertThat(listed.path("is_resolved").asBoolean()).isTrue();
                    assertThat(listed.path("is_waiting").asBoolean()).isFalse();
                });
    }

    @Test
    void aRoomIsForgottenTenMinutesAfterItsLastMessage() {
        String room = arrive();
        simulator.assign(room, "9001", 1, false);
        clock.pass(HANDLING.multipliedBy(2));
        tick();

        clock.pass(Duration.ofMinutes(10));
        tick();

        assertThat(roomStatus(room)).isEqualTo(404);
    }

    // ---- state that survives a restart

    @Test
    void theStateSurvivesARestart() throws IOException {
        for (int i = 0; i < 30; i++) {
            String room = arrive();
            if (i % 3 != 0) {
                simulator.assign(room, "900" + (i % 4 + 1), 1, false);
            }
            clock.pass(Simulator.TICK);
        }
        simulator.turn("9004", "offline");
        byte[] saved = simulator.save(new ObjectMapper());
        Simulator restarted = simulator(4);

        restarted.restore(saved, new ObjectMapper());

        assertThat(restarted.save(new ObjectMapper())).isEqualTo(saved);
        assertThat(restarted.state()).isEqualTo(simulator.state());
        assertThat(restarted.rooms()).isEqualTo(simulator.rooms());
        assertThat(read(restarted, 10)).isEqualTo(read(simulator, 10));
    }

    @Test
    void afterARestartNoRoomIdComesTwice() throws IOException {
        for (int i = 0; i < 50; i++) {
            tick();
        }
        Simulator restarted = simulator(4);
        restarted.restore(simulator.save(new ObjectMapper()), new ObjectMapper());

        List<Delivery> next = restarted.tick();

        assertThat(waiting(simulator)).hasSize(50);
        assertThat(next).isNotEmpty().noneMatch(call -> waiting(simulator)
                .containsKey(call.body().get("room_id").toString()));
    }

    @Test
    void withFewerAgentsTheRoomsOfTheRemovedOnesWaitAgain() throws IOException {
        String kept = arrive();
        String orphan = arrive();
        simulator.assign(kept, "9001", 1, false);
        simulator.assign(orphan, "9004", 1, false);
        Simulator restarted = simulator(2);

        restarted.restore(simulator.save(new ObjectMapper()), new ObjectMapper());

        assertThat(waiting(restarted)).containsOnlyKeys(orphan);
        assertThat(read(restarted, 10).agents()).extracting(Agent::id).containsExactly("9001", "9002");
    }

    @Test
    void withMoreAgentsTheNewOnesAreIdle() throws IOException {
        simulator.assign(arrive(), "9001", 1, false);
        Simulator restarted = simulator(5);

        restarted.restore(simulator.save(new ObjectMapper()), new ObjectMapper());

        clock.pass(Duration.ofSeconds(2));
        assertThat(read(restarted, 10).agents())
                .extracting(Agent::customerCount)
                .containsExactly(1, 0, 0, 0, 0);
    }

    // ---- in words

    private Simulator simulator(int agents) {
        return new Simulator(agents, ONE_PER_TICK, HANDLING, clock, chance);
    }

    private List<Delivery> tick() {
        return simulator.tick();
    }

    /** A new customer comes. @return the id of their room */
    private String arrive() {
        Map<String, Object> before = waiting(simulator);
        tick();
        return waiting(simulator).keySet().stream()
                .filter(room -> !before.containsKey(room))
                .findFirst()
                .orElseThrow();
    }

    /** Lets time pass until this is delivered. @return everything that was delivered meanwhile */
    private List<Delivery> tickUntil(Predicate<Delivery> wanted) {
        List<Delivery> deliveries = new ArrayList<>();
        for (int i = 0; i < 1000 && deliveries.stream().noneMatch(wanted); i++) {
            clock.pass(Simulator.TICK);
            deliveries.addAll(tick());
        }
        return deliveries;
    }

    private static Predicate<Delivery> webhookOf(String room) {
        return delivery -> delivery.path().equals("/webhook")
                && room.equals(delivery.body().get("room_id"));
    }

    private Predicate<Delivery> resolveOf(String room) {
        return delivery -> delivery.path().equals("/resolve")
                && room.equals(
                        json.valueToTree(delivery.body()).at("/service/room_id").asText());
    }

    private NewSession newSession(Delivery webhook) {
        return new CallReader().newSession(json.convertValue(webhook.body(), NewSessionCall.class));
    }

    private RoomState roomState(String room) {
        return new AnswerReader()
                .room(json.convertValue(simulator.room(room).body(), CustomerRoom.class), Session.ofRoom(room));
    }

    private String lastSender(String room) {
        return json.valueToTree(simulator.room(room).body())
                .at("/data/customer_room/last_comment_sender_type")
                .asText();
    }

    private boolean answers(String agentId) {
        return json.valueToTree(simulator.state().body()).path("agents").findParents("id").stream()
                .anyMatch(agent -> agent.path("id").asText().equals(agentId)
                        && agent.path("answers").asBoolean());
    }

    private int roomStatus(String room) {
        return simulator.room(room).status();
    }

    private int customersOf(String agentId) {
        return json.valueToTree(simulator.state().body()).path("agents").findParents("id").stream()
                .filter(agent -> agent.path("id").asText().equals(agentId))
                .findFirst()
                .orElseThrow()
                .path("customers")
                .asInt();
    }

    private Agent listed(String agentId) {
        return agents("1", 100).stream()
                .filter(agent -> agent.id().equals(agentId))
                .findFirst()
                .orElseThrow();
    }

    private List<Agent> agents(String room, int limit) {
        return read(simulator, limit).agents();
    }

    private AgentList read(Simulator qiscus, int limit) {
        AgentList.Reader reader = new AgentList.Reader();
        AgentList list = reader.start();
        while (list.hasMore()) {
            String cursor = list.cursor().isEmpty() ? null : list.cursor();
            Answer page = qiscus.availableAgents("1", limit, cursor);
            list = reader.add(list, json.convertValue(page.body(), AgentsPage.class));
        }
        return list;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> waiting(Simulator qiscus) {
        return (Map<String, Object>) qiscus.state().body().get("waiting");
    }

    /** Nothing unlikely happens, unless the test asks for it. */
    private static class Chance extends Random {
        private boolean plays;

        private Chance() {
            super(20260101);
        }

        @Override
        public double nextDouble() {
            return plays ? super.nextDouble() : 0.5;
        }
    }
}
