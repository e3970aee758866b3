package qiscus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;

import assignment.Capacity;
import assignment.InvalidRequest;
import assignment.NewSession;
import assignment.Resolve;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallReaderTest {
    private static final String NAME_OF_FOUR_BYTES = "\uD883\uDE67\u4119";
    private static final String ROOM_IDS = "must be a number or a string of 1 to 64 letters, digits, '-' or '_'.";

    private final ObjectMapper json = Json.mapper();
    private final CallReader reader = new CallReader();

    // ---- a customer waits

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            a-2019-returning-customer, 1905692,   qiscus, qiscus, sudah,       -,    244
            b-2021-new-customer,       57491250,  qiscus, qiscus, user_2,      true, -
            c-2023-dates-with-zone,    187250792, qiscus, qiscus, hai,         true, -
            d-2024-nobody-online,      273683234, qiscus, qiscus, cust1,       true, -
            e-2025-channel,            331204517, 125888, wa,     Ayu Lestari, true, -
            """)
    void everyFormThatQiscusEverSentIsRead(
            String form,
            String roomId,
            String channel,
            String source,
            String name,
            Boolean isNewSession,
            String previousService)
            throws IOException {
        byte[] body = webhook("new-session/" + form);

        NewSession session = reader.newSession(json.readValue(body, NewSessionCall.class));

        assertThat(session)
                .usingRecursiveComparison()
                .ignoringFields("receivedAt")
                .isEqualTo(new NewSession(roomId, channel, source, name, isNewSession, previousService, null));
    }

    @Test
    void onlyTheNeededFieldsAreStored() throws IOException {
        NewSession session = newSession(new String(webhook("new-session/a-2019-returning-customer")));

        JsonNode stored = json.readTree(json.writeValueAsBytes(session));

        assertThat(stored.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("room_id", "channel", "source", "name", "previous_service", "received_at");
    }

    @Test
    void theTimeOfReceiptIsKeptToTheMicrosecond() throws IOException {
        BigDecimal before = BigDecimal.valueOf(Instant.now().toEpochMilli());

        BigDecimal received = newSession("{\"room_id\":1}").receivedAt();

        assertThat(received).isBetween(before, before.add(BigDecimal.valueOf(10_000)));
        assertThat(json.writeValueAsString(received)).matches("\\d{13}\\.\\d{3}");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            187250792,            187250792
            0,                    0
            2488202680,           2488202680
            92233720368547758070, 92233720368547758070
            "187250792",          187250792
            "room-1_A",           room-1_A
            """, quoteCharacter = '\0')
    void aRoomIdIsANumberOrAString(String sent, String roomId) throws IOException {
        String body = "{\"room_id\":" + sent + "}";

        NewSession session = newSession(body);

        assertThat(session.roomId()).isEqualTo(roomId);
    }

    @Test
    void aRoomIdHasAtMostSixtyFourCharacters() throws IOException {
        String longest = "9".repeat(64);

        NewSession session = newSession("{\"room_id\":\"" + longest + "\"}");

        assertThat(session.roomId()).isEqualTo(longest);
        assertThatThrownBy(() -> newSession("{\"room_id\":\"" + longest + "9\"}"))
                .isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> newSession("{\"room_id\":" + longest + "9}")).isInstanceOf(InvalidRequest.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"room_id\":null}",
                "{\"room_id\":\"\"}",
                "{\"room_id\":\"   \"}",
                "{\"room_id\":\" 1\"}",
                "{\"room_id\":true}",
                "{\"room_id\":1.5}",
                "{\"room_id\":1.0}",
                "{\"room_id\":1e5}",
                "{\"room_id\":-1}",
                "{\"room_id\":\"-1\"}",
                "{\"room_id\":{\"id\":1}}",
                "{\"room_id\":[1]}",
                "{\"room_id\":\"../x\"}",
                "{\"room_id\":\"..\"}",
                "{\"room_id\":\"a/b\"}",
                "{\"room_id\":\"a%2fb\"}",
                "{\"room_id\":\"a b\"}",
                "{\"room_id\":\"1?x=1\"}",
                "{\"room_id\":\"1&agent_id=2\"}",
                "{\"room_id\":\"a\\u0000b\"}",
                "{\"room_id\":\"1\\n\"}",
                "{\"room_id\":\"1\\r\\nX: y\"}",
                "{\"room_id\":\"\\u001b[2J\"}",
                "{\"room_id\":\"\u0661\u0662\"}",
                "{\"room_id\":\"${body}\"}",
                "{\"ROOM_ID\":1}",
                "{\"webhook_type\":\"NEW_SESSION_WEBHOOK\",\"payload\":{\"room\":{\"id\":\"1\"}},\"room_log\":{\"room_id\":\"1\"}}"
            })
    void aCallWithoutAUsableRoomIdIsRefused(String body) throws IOException {
        NewSessionCall call = json.readValue(body, NewSessionCall.class);

        assertThatThrownBy(() -> reader.newSession(call))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("room_id " + ROOM_IDS);
    }

    @Test
    void aRoomIdOfTenThousandDigitsIsRefused() {
        String digits = "9".repeat(10_000);

        assertThatThrownBy(() -> newSession("{\"room_id\":\"" + digits + "\"}")).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> newSession("{\"room_id\":" + digits + "}"))
                .isInstanceOf(JsonProcessingException.class);
    }

    /** The routes answer 400 to a {@link JsonProcessingException} as to an {@link InvalidRequest}. */
    static Stream<Named<String>> noObjects() {
        return Stream.of(
                named("nothing", ""),
                named("blanks", "  \r\n"),
                named("text", "room_id=1"),
                named("HTML", "<html></html>"),
                named("a form", "room_id=1&name=x"),
                named("array", "[]"),
                named("array of objects", "[{\"room_id\":1,\"service\":{\"room_id\":1}}]"),
                named("string", "\"1\""),
                named("empty string", "\"\""),
                named("number", "1"),
                named("boolean", "true"),
                named("half an object", "{\"room_id\":1,\"service\":{\"room_id\":1}"),
                named("two objects", "{\"room_id\":1,\"service\":{\"room_id\":1}}{\"room_id\":2}"),
                named("object and garbage", "{\"room_id\":1,\"service\":{\"room_id\":1}} x"),
                named("single quotes", "{'room_id':1}"),
                named("bare control character", "{\"room_id\":\"a\u0000b\",\"service\":{\"room_id\":\"a\u0000b\"}}"),
                named("nesting without end", "{\"service\":".repeat(5000)));
    }

    @ParameterizedTest
    @MethodSource("noObjects")
    void aBodyThatIsNotOneJsonObjectIsRefused(String body) {
        assertThatThrownBy(() -> json.readValue(body, NewSessionCall.class))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> json.readValue(body, ResolveCall.class)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void aNullBodyIsRefused() {
        assertThatThrownBy(() -> newSession("null"))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("The body must be a JSON object.");
        assertThatThrownBy(() -> resolve("null"))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("The body must be a JSON object.");
    }

    @Test
    void theLastOfTwoRoomIdsCounts() throws IOException {
        String body = "{\"room_id\":1,\"room_id\":2}";

        NewSession session = newSession(body);

        assertThat(session.roomId()).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"id":125888,"name":"WABA Q","source":"wa"} | "telegram"      | 125888
            {"id":"125888"}                             | "wa"            | 125888
            {"id":null,"source":"wa"}                   | "telegram"      | telegram
            {"id":"a b"}                                | "wa"            | wa
            {}                                          | "wa"            | wa
            null                                        | "wa"            | wa
            "WABA Q"                                    | "wa"            | wa
            5                                           | "wa"            | wa
            [{"id":1}]                                  | "wa"            | wa
            null                                        | null            | default
            null                                        | ""              | default
            null                                        | {"x":1}         | default
            null                                        | "../etc/passwd" | default
            """)
    void theChannelIsItsIdOrElseTheSource(String channel, String source, String expected) throws IOException {
        String body = "{\"room_id\":1,\"channel\":" + channel + ",\"source\":" + source + "}";

        NewSession session = newSession(body);

        assertThat(session.channel()).isEqualTo(expected);
    }

    @Test
    void withoutChannelAndSourceItIsTheDefaultChannel() throws IOException {
        String body = "{\"room_id\":1}";

        NewSession session = newSession(body);

        assertThat(session.channel()).isEqualTo("default");
        assertThat(session.source()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', nullValues = "-", textBlock = """
            {"id":244}                  | 244
            {"id":"244"}                | 244
            {"id":4294967296}           | 4294967296
            {"id":1.5}                  | -
            {"id":null}                 | -
            {}                          | -
            null                        | -
            "244"                       | -
            "2019-02-04 04:49:47"       | -
            244                         | -
            [{"id":244}]                | -
            true                        | -
            """)
    void thePreviousServiceIsTheOneThatIsNamed(String latestService, String expected) throws IOException {
        String body = "{\"room_id\":1,\"latest_service\":" + latestService + "}";

        NewSession session = newSession(body);

        assertThat(session.previousService()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\0', nullValues = "-", textBlock = """
            true,    true
            false,   false
            null,    -
            "true",  -
            1,       -
            {},      -
            """)
    void isNewSessionIsReadOnlyFromABoolean(String sent, Boolean expected) throws IOException {
        String body = "{\"room_id\":1,\"is_new_session\":" + sent + "}";

        NewSession session = newSession(body);

        assertThat(session.isNewSession()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "5", "true", "\"\"", "\"  \\t\"", "{\"first\":\"Ayu\"}", "[\"Ayu\"]"})
    void aNameThatIsNotATextIsIgnored(String name) throws IOException {
        String body = "{\"room_id\":1,\"name\":" + name + "}";

        NewSession session = newSession(body);

        assertThat(session.name()).isNull();
    }

    @Test
    void aNameIsCutAfterAHundredWholeCharacters() throws IOException {
        String name = NAME_OF_FOUR_BYTES.repeat(51);

        NewSession session = newSession(
                json.createObjectNode().put("room_id", 1).put("name", name).toString());

        assertThat(session.name()).isEqualTo(NAME_OF_FOUR_BYTES.repeat(50));
    }

    @Test
    void aNameOfAHundredCharactersIsKeptWhole() throws IOException {
        String name = "\uD83D\uDE00".repeat(100);

        NewSession session = newSession(
                json.createObjectNode().put("room_id", 1).put("name", name).toString());

        assertThat(session.name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud83d", "Ayu \\ud83d", "\\ude00 Ayu", "Ayu \\ude00\\ud83d!"})
    void halfACharacterInANameIsHarmless(String name) throws IOException {
        NewSession session = newSession("{\"room_id\":1,\"name\":\"" + name + "\"}");

        byte[] stored = json.writeValueAsBytes(session);

        assertThat(json.readTree(stored).path("name").asText()).isEqualTo(name.replaceAll("\\\\u....", "\uFFFD"));
    }

    // ---- a chat was resolved

    @ParameterizedTest
    @CsvSource(textBlock = """
            a-2019-comment-id-as-number,  1961380,   237788
            b-2021-by-agent,              57398366,  32054304
            c-2023-four-byte-name,        187259779, 78906598
            d-2024-by-unavailable-admin,  249273853, 105984645
            e-2024-with-notes,            274083256, 115830865
            f-2025-channel,               331204517, 140112233
            """)
    void everyResolveThatQiscusEverSentIsRead(String form, String roomId, String serviceId) throws IOException {
        byte[] body = webhook("resolve/" + form);

        Resolve resolve = reader.resolve(json.readValue(body, ResolveCall.class));

        assertThat(resolve).isEqualTo(new Resolve(roomId, serviceId));
    }

    @Test
    void theFixtureHasANameWithFourByteCharacters() throws IOException {
        byte[] body = webhook("resolve/c-2023-four-byte-name");

        JsonNode name = json.readTree(body).at("/customer/name");

        assertThat(name.asText()).isEqualTo(NAME_OF_FOUR_BYTES);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\0', nullValues = "-", textBlock = """
            {"room_id":274083256},              -
            {"room_id":274083256|"id":null},    -
            {"room_id":274083256|"id":1.5},     -
            {"room_id":274083256|"id":{}},      -
            {"room_id":"274083256"|"id":"77"},  77
            """)
    void aResolveMayLackItsService(String service, String serviceId) throws IOException {
        String body = "{\"service\":" + service.replace('|', ',') + "}";

        Resolve resolve = resolve(body);

        assertThat(resolve).isEqualTo(new Resolve("274083256", serviceId));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"room_id\":1}",
                "{\"service\":null}",
                "{\"service\":1}",
                "{\"service\":\"1\"}",
                "{\"service\":[]}",
                "{\"service\":[{\"room_id\":1}]}",
                "{\"service\":{}}",
                "{\"service\":{\"id\":1}}",
                "{\"service\":{\"room_id\":null}}",
                "{\"service\":{\"room_id\":\"\"}}",
                "{\"service\":{\"room_id\":\"../x\"}}",
                "{\"service\":{\"room_id\":\"a/b\"}}",
                "{\"service\":{\"room_id\":1.5}}",
                "{\"service\":{\"room_id\":-1}}",
                "{\"service\":{\"room_id\":\"1\\u0007\"}}",
                "{\"service\":{\"room_id\":{\"id\":1}}}"
            })
    void aResolveWithoutAUsableRoomIdIsRefused(String body) throws IOException {
        ResolveCall call = json.readValue(body, ResolveCall.class);

        assertThatThrownBy(() -> reader.resolve(call))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("service.room_id " + ROOM_IDS);
    }

    // ---- how many customers an agent may have

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 999, 1000})
    void aCapacityFromOneToAThousandIsTaken(int wanted) throws IOException {
        String body = "{\"max_customer_per_agent\":" + wanted + "}";

        Capacity capacity = reader.capacity(json.readTree(body));

        assertThat(capacity.maxCustomerPerAgent()).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "1001",
                "-1",
                "2.5",
                "2.0",
                "\"2\"",
                "null",
                "true",
                "false",
                "1e2",
                "1e999999",
                "2147483648",
                "4294967298",
                "99999999999999999999999999",
                "[2]",
                "{\"max\":2}"
            })
    void anyOtherCapacityIsRefused(String wanted) throws IOException {
        JsonNode body = json.readTree("{\"max_customer_per_agent\":" + wanted + "}");

        assertThatThrownBy(() -> reader.capacity(body))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("max_customer_per_agent must be a whole number from 1 to 1000.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "null", "[]", "[2]", "2", "\"2\"", "{\"maxCustomerPerAgent\":2}", "{\"capacity\":2}"})
    void aBodyWithoutCapacityIsRefused(String text) throws IOException {
        JsonNode body = json.readTree(text);

        assertThatThrownBy(() -> reader.capacity(body)).isInstanceOf(InvalidRequest.class);
    }

    @Test
    void aMissingBodyIsNotACapacity() {
        assertThatThrownBy(() -> reader.capacity(null)).isInstanceOf(InvalidRequest.class);
    }

    private NewSession newSession(String body) throws IOException {
        return reader.newSession(json.readValue(body, NewSessionCall.class));
    }

    private Resolve resolve(String body) throws IOException {
        return reader.resolve(json.readValue(body, ResolveCall.class));
    }

    private static byte[] webhook(String form) throws IOException {
        try (InputStream file = CallReaderTest.class.getResourceAsStream("/webhooks/" + form + ".json")) {
            return file.readAllBytes();
        }
    }

    @Test
    void anOpenServiceIsNotThePreviousOne() throws IOException {
        NewSessionCall call = Json.mapper()
                .readValue("{\"room_id\":1,\"latest_service\":{\"id\":7,\"is_resolved\":false}}", NewSessionCall.class);

        assertThat(new CallReader().newSession(call).previousService()).isNull();
    }
}
