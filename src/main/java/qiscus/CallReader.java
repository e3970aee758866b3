package qiscus;

import assignment.Capacity;
import assignment.DisplayNames;
import assignment.English;
import assignment.InvalidRequest;
import assignment.NewSession;
import assignment.Pause;
import assignment.Resolve;
import assignment.SessionPage;
import assignment.Wish;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes the few fields that we use out of a request, or refuses the request with one sentence. */
public class CallReader {
    private static final String DEFAULT_CHANNEL = "default";
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_REASON = 200;
    private static final Set<String> STATES = Set.of("waiting", "assigned", "parked");
    private static final int SESSIONS_AT_ONCE = 50;
    private static final int MOST_AT_ONCE = 200;
    private static final int MOST_PAGES = 1_000_000;
    /** Lua prints a number with 14 digits at most, and the milliseconds of later years have more. */
    private static final int LAST_YEAR = 4999;
    /** A name of a megabyte is not searched for addresses. */
    private static final int LONGEST_READ = 10 * LONGEST_NAME;
    /** Half of a surrogate pair, which Redis's scripts cannot read as JSON. */
    private static final Pattern HALF_CHARACTER = Pattern.compile("\\p{Cs}");

    private final Clock clock;

    /** By the clock of this machine. */
    public CallReader() {
        this(Clock.systemUTC());
    }

    /** @param clock for the time when a call came */
    public CallReader(Clock clock) {
        this.clock = clock;
    }

    /** @throws InvalidRequest without a usable room id */
    public NewSession newSession(NewSessionCall call) {
        if (call == null) {
            throw new InvalidRequest(English.say("refusal.body"));
        }
        String roomId = Ids.text(call.roomId());
        if (roomId == null) {
            throw new InvalidRequest(English.say("refusal.id", "field", "room_id"));
        }
        return session(
                roomId,
                Ids.at(call.channel(), "id"),
                Ids.text(call.source()),
                call.name(),
                call.isNewSession() != null && call.isNewSession().isBoolean()
                        ? call.isNewSession().asBoolean()
                        : null,
                previousService(call.latestService()),
                clock.instant());
    }

    /** A room without a channel is in the line of its source. */
    static NewSession session(
            String roomId,
            String channel,
            String source,
            JsonNode name,
            Boolean isNewSession,
            String previousService,
            Instant asked) {
        return new NewSession(
                roomId,
                channel != null ? channel : source != null ? source : DEFAULT_CHANNEL,
                source,
                name(name),
                isNewSession,
                previousService,
                milliseconds(asked));
    }

    /** An open service is not a previous one. */
    private static String previousService(JsonNode latest) {
        return latest != null && latest.path("is_resolved").asBoolean(true) ? Ids.at(latest, "id") : null;
    }

    /** @throws InvalidRequest without a usable room id */
    public Resolve resolve(ResolveCall call) {
        if (call == null) {
            throw new InvalidRequest(English.say("refusal.body"));
        }
        String roomId = Ids.at(call.service(), "room_id");
        if (roomId == null) {
            throw new InvalidRequest(English.say("refusal.id", "field", "service.room_id"));
        }
        return new Resolve(roomId, Ids.at(call.service(), "id"));
    }

    /** @throws InvalidRequest if it cannot be the id of a room */
    public String roomId(String text) {
        if (!Ids.isSafe(text)) {
            throw new InvalidRequest(English.say("refusal.room_id"));
        }
        return text;
    }

    /** @throws InvalidRequest unless {@code max_customer_per_agent} is a whole number from 1 to 1000 */
    public Capacity capacity(JsonNode body) {
        JsonNode value = body == null ? null : body.get("max_customer_per_agent");
        return new Capacity(
                value != null && value.isIntegralNumber() && value.canConvertToInt() ? value.intValue() : 0);
    }

    /**
     * @throws InvalidRequest unless it is an object with an agent's id, and optionally with {@code true} or {@code
     *     false}
     */
    public Wish assign(JsonNode body) {
        Wish wish = move(body);
        if (wish.agentId() == null) {
            throw new InvalidRequest(English.say("refusal.id", "field", "agent_id"));
        }
        return wish;
    }

    /** The same, but the agent is optional: without one, or without a body, it is the next agent in turn. */
    public Wish move(JsonNode body) {
        if (body == null || body.isMissingNode()) {
            return new Wish(null, false);
        }
        if (!body.isObject()) {
            throw new InvalidRequest(English.say("refusal.body"));
        }
        JsonNode beyond = body.path("beyond_capacity");
        if (!isAbsent(beyond) && !beyond.isBoolean()) {
            throw new InvalidRequest(English.say("refusal.true_or_false", "field", "beyond_capacity"));
        }
        JsonNode agent = body.path("agent_id");
        String agentId = isAbsent(agent) ? null : Ids.text(agent);
        if (agentId == null && !isAbsent(agent)) {
            throw new InvalidRequest(English.say("refusal.id", "field", "agent_id"));
        }
        return new Wish(agentId, beyond.asBoolean());
    }

    /** @throws InvalidRequest unless it asks for the first place */
    public void firstPlace(JsonNode body) {
        if (body == null || !"first".equals(body.path("place").textValue())) {
            throw new InvalidRequest(English.say("refusal.place"));
        }
    }

    /**
     * @param page null: the first
     * @param limit null: 50
     * @throws InvalidRequest if one of them cannot be used
     */
    public SessionPage.Query page(String state, String page, String limit) {
        if (state == null || !STATES.contains(state)) {
            throw new InvalidRequest(English.say("refusal.state"));
        }
        return new SessionPage.Query(
                state, number("page", page, 1, MOST_PAGES), number("limit", limit, SESSIONS_AT_ONCE, MOST_AT_ONCE));
    }

    private static int number(String name, String text, int otherwise, int largest) {
        if (text == null) {
            return otherwise;
        }
        int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > largest) {
            throw new InvalidRequest(English.say("refusal.whole_number", "field", name, "least", 1, "most", largest));
        }
        return number;
    }

    /** @throws InvalidRequest unless it is an object with a time or null, and a short text or null */
    public Pause pause(JsonNode body) {
        if (body == null || !body.isObject()) {
            throw new InvalidRequest(English.say("refusal.body"));
        }
        JsonNode reason = body.path("reason");
        if (!isAbsent(reason) && (!reason.isTextual() || reason.textValue().length() > LONGEST_REASON)) {
            throw new InvalidRequest(English.say("refusal.reason", "most", LONGEST_REASON));
        }
        return new Pause(isAbsent(body.path("until")) ? null : time(body.path("until")), text(reason, LONGEST_REASON));
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static long time(JsonNode value) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(value.isTextual() ? value.textValue() : "");
            if (time.getYear() >= 1970 && time.getYear() <= LAST_YEAR) {
                return time.toInstant().toEpochMilli();
            }
        } catch (DateTimeParseException malformed) {
            // Treated like a time that is too far away.
        }
        throw new InvalidRequest(English.say("refusal.time"));
    }

    /**
     * @return null: the capacity of all agents
     * @throws InvalidRequest unless it is a whole number from 0 to 1000, or null
     */
    public Integer ownCapacity(JsonNode body) {
        JsonNode value = body == null ? null : body.get("max_customer_per_agent");
        if (value != null && value.isNull()) {
            return null;
        }
        if (value == null
                || !value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < 0
                || value.intValue() > Capacity.LARGEST) {
            throw new InvalidRequest(English.say(
                    "refusal.whole_number_or_null",
                    "field",
                    "max_customer_per_agent",
                    "least",
                    0,
                    "most",
                    Capacity.LARGEST));
        }
        return value.intValue();
    }

    private static String name(JsonNode name) {
        return text(name, LONGEST_NAME);
    }

    /** For people to read: short, and without e-mail addresses. */
    private static String text(JsonNode name, int longest) {
        if (name == null || !name.isTextual() || name.asText().isBlank()) {
            return null;
        }
        String given = name.asText();
        String text = DisplayNames.withoutAddresses(HALF_CHARACTER
                .matcher(given.substring(0, Math.min(LONGEST_READ, given.length())))
                .replaceAll("\uFFFD"));
        return text.substring(0, text.offsetByCodePoints(0, Math.min(longest, text.codePointCount(0, text.length()))));
    }

    /** Epoch milliseconds with microseconds as decimals, because calls within a millisecond have an order too. */
    private static BigDecimal milliseconds(Instant time) {
        return BigDecimal.valueOf(time.getEpochSecond() * 1_000_000 + time.getNano() / 1000, 3);
    }
}
