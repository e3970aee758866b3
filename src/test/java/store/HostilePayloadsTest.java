package store;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.InvalidRequest;
import assignment.NewSession;
import assignment.QiscusFault;
import assignment.Resolve;
import assignment.Session;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.BeforeTry;
import qiscus.AgentList;
import qiscus.AgentsPage;
import qiscus.AnswerReader;
import qiscus.CallReader;
import qiscus.CustomerRoom;
import qiscus.CustomerRooms;
import qiscus.Json;
import qiscus.NewSessionCall;
import qiscus.ResolveCall;
import qiscus.RoomList;
import support.RealRedis;

/**
 * Random JSON of the fields that we read, intact or with some bytes changed: it is refused correctly, or everything
 * made from it is safe.
 */
class HostilePayloadsTest {
    private static final String AGENT = "11";
    private static final String SAFE = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}";
    private static final ObjectMapper JSON = Json.strictMapper();
    private static final RealRedis REDIS = new RealRedis();

    private final CallReader calls = new CallReader();
    private final StoreInTest given = new StoreInTest(REDIS);

    @BeforeTry
    void emptyRedis() {
        REDIS.startEmpty();
    }

    @Property(tries = 2000, shrinking = ShrinkingMode.BOUNDED)
    void aCallIsRefusedOrItsIdsAreSafe(@ForAll("payloads") byte[] payload) throws IOException {
        newSession(payload).ifPresent(session -> {
            assertThat(session.roomId()).matches(SAFE);
            assertThat(session.channel()).matches(SAFE);
            assertThat(session.source() == null || session.source().matches(SAFE))
                    .isTrue();
            assertThat(session.previousService() == null
                            || session.previousService().matches(SAFE))
                    .isTrue();
            assertThat(session.name() == null
                            || session.name().codePointCount(0, session.name().length()) <= 100)
                    .isTrue();
        });
        resolve(payload).ifPresent(resolve -> {
            assertThat(resolve.roomId()).matches(SAFE);
            assertThat(resolve.serviceId() == null || resolve.serviceId().matches(SAFE))
                    .isTrue();
        });
    }

    @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED)
    void anAcceptedCallIsReadFromRedisUnchanged(@ForAll("calls") String call) throws IOException {
        Optional<NewSession> accepted = newSession(call.getBytes(StandardCharsets.UTF_8));
        if (accepted.isEmpty()) {
            return;
        }
        NewSession session = accepted.get();
        REDIS.client().lpush("new_session_queue", JSON.writeValueAsString(session));

        Session taken = given.waiting(session.roomId());

        assertThat(taken.roomId()).isEqualTo(session.roomId());
        assertThat(taken.channel()).isEqualTo(session.channel());
        assertThat(taken.name()).isEqualTo(session.name());
        assertThat(REDIS.client().exists("parked")).isFalse();
        given.store().resolve(new Resolve(session.roomId(), null));
        assertThat(REDIS.client().exists("session")).isFalse();
    }

    @Property(tries = 2000, shrinking = ShrinkingMode.BOUNDED)
    void anAnswerOfQiscusIsAFaultOrItsIdsAreSafe(@ForAll("payloads") byte[] payload) throws IOException {
        try {
            AgentList.Reader agents = new AgentList.Reader();
            assertThat(agents.add(agents.start(), JSON.readValue(payload, AgentsPage.class))
                            .agents())
                    .allMatch(agent -> agent.id().matches(SAFE) && agent.customerCount() >= 0);
        } catch (QiscusFault | IOException refused) {
            assertThat(refused).isNotNull();
        }
        try {
            RoomList.Reader rooms = new RoomList.Reader(Clock.systemUTC());
            assertThat(rooms.next(rooms.start(), JSON.readValue(payload, CustomerRooms.class))
                            .page())
                    .allMatch(room -> room.roomId().matches(SAFE)
                            && room.channel().matches(SAFE)
                            && room.receivedAt().signum() > 0);
        } catch (QiscusFault | IOException refused) {
            assertThat(refused).isNotNull();
        }
        AnswerReader answers = new AnswerReader();
        try {
            assertThat(answers.room(JSON.readValue(payload, CustomerRoom.class), Session.ofRoom("1")))
                    .isNotNull();
            assertThat(answers.assigned(JSON.readTree(payload), Session.ofRoom("1"), AGENT)
                            .outcome())
                    .isNotNull();
        } catch (IOException refused) {
            assertThat(answers.notAssigned(refused).outcome()).isNotNull();
        }
    }

    private Optional<NewSession> newSession(byte[] payload) throws IOException {
        try {
            return Optional.of(calls.newSession(JSON.readValue(payload, NewSessionCall.class)));
        } catch (InvalidRequest | JsonProcessingException | CharConversionException refused) {
            return Optional.empty();
        }
    }

    private Optional<Resolve> resolve(byte[] payload) throws IOException {
        try {
            return Optional.of(calls.resolve(JSON.readValue(payload, ResolveCall.class)));
        } catch (InvalidRequest | JsonProcessingException | CharConversionException refused) {
            return Optional.empty();
        }
    }

    // ---- payloads

    @Provide
    Arbitrary<byte[]> payloads() {
        Arbitrary<byte[]> whole =
                Arbitraries.oneOf(calls(), json(4)).map(text -> text.getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> broken = whole.filter(bytes -> bytes.length > 0).flatMap(bytes -> Arbitraries.integers()
                .between(0, bytes.length - 1)
                .flatMap(at -> Arbitraries.bytes().map(with -> {
                    byte[] copy = bytes.clone();
                    copy[at] = with;
                    return copy;
                })));
        return Arbitraries.oneOf(whole, broken);
    }

    /** Like a webhook's, and often enough a valid one. */
    @Provide
    Arbitrary<String> calls() {
        return Combinators.combine(ids(), json(1), values(), json(2), ids())
                .as((room, name, source, latest, service) ->
                        "{\"room_id\":" + room + ",\"name\":" + name + ",\"source\":"
                                + source + ",\"channel\":{\"id\":" + service + "},\"latest_service\":" + latest
                                + ",\"service\":{\"room_id\":" + room + ",\"id\":" + service + "}}");
    }

    private static Arbitrary<String> ids() {
        return Arbitraries.oneOf(
                Arbitraries.strings()
                        .withCharRange('0', '9')
                        .ofMinLength(1)
                        .ofMaxLength(70)
                        .map(HostilePayloadsTest::quoted),
                Arbitraries.longs().map(Object::toString),
                Arbitraries.strings().ascii().ofMaxLength(70).map(HostilePayloadsTest::quoted));
    }

    private static Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "null",
                        "true",
                        "NaN",
                        "1e400",
                        "-0",
                        "\"\"",
                        "\"\\ud800\"",
                        "\"\\u0000\"",
                        "\"2026-01-01T00:00:00Z\"",
                        "\"-999999999-01-01T00:00:00\""),
                Arbitraries.bigIntegers().map(Object::toString),
                Arbitraries.doubles().map(Object::toString),
                Arbitraries.strings().ofMaxLength(200).map(HostilePayloadsTest::quoted),
                ids());
    }

    private static Arbitrary<String> json(int depth) {
        if (depth == 0) {
            return values();
        }
        Arbitrary<String> fields = Arbitraries.of(
                "room_id",
                "id",
                "name",
                "source",
                "channel",
                "channel_id",
                "latest_service",
                "service",
                "is_resolved",
                "is_waiting",
                "is_new_session",
                "data",
                "agents",
                "customer_rooms",
                "customer_room",
                "meta",
                "after",
                "cursor_after",
                "last_customer_timestamp",
                "current_customer_count",
                "is_available",
                "errors");
        Arbitrary<String> object = Combinators.combine(fields, Arbitraries.lazy(() -> json(depth - 1)))
                .as((field, value) -> quoted(field) + ":" + value)
                .list()
                .ofMaxSize(5)
                .map(members -> "{" + String.join(",", members) + "}");
        Arbitrary<String> array = Arbitraries.lazy(() -> json(depth - 1))
                .list()
                .ofMaxSize(4)
                .map(items -> "[" + String.join(",", items) + "]");
        return Arbitraries.oneOf(object, array, values());
    }

    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Otherwise this test would prove nothing. */
    @Property(tries = 1)
    void aGoodCallIsAmongThem() throws IOException {
        JsonNode good = JSON.readTree("{\"room_id\":1,\"name\":\"Ayu\"}");
        assertThat(newSession(JSON.writeValueAsBytes(good))).isPresent();
    }
}
