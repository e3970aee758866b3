package store;

import assignment.CountChange;
import assignment.Event;
import assignment.Session;
import assignment.Snapshot;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a {@link Snapshot} from the answer of {@code snapshot.lua}. Unreadable values, edited by hand, are left out.
 */
class SnapshotReader {
    private static final Pattern PLACE = Pattern.compile("([^:]+):(\\d{13}\\.\\d{3}):(.+)");

    private final ObjectMapper json;
    private final int capacity;

    SnapshotReader(ObjectMapper json, int capacity) {
        this.json = json;
        this.capacity = capacity;
    }

    /** @param before the last snapshot, if the answer has only the changes since */
    Snapshot read(JsonNode answer, Snapshot before) {
        long now = answer.path("now").asLong();
        List<CountChange> changes = changes(answer.path("changes"), now);
        Capacities.Table capacities = Capacities.read(fields(answer.path("config")), capacity);
        JsonNode agents = answer.path("agents");
        return new Snapshot(
                before == null,
                now,
                heads(answer.path("heads")),
                answer.path("cut").asBoolean(),
                cameTo(answer.path("events")),
                answer.has("counts") ? numbers(answer.path("counts")) : changed(before.counts(), changes),
                unconfirmed(answer.path("claimed")),
                changes,
                before == null ? lastAssigned(agents) : Map.of(),
                capacities.own(),
                capacities.ofAll(),
                answer.has("agents") ? paused(agents, now) : before.pausedAgents(),
                answer.path("paused_until").asLong());
    }

    /** The id of the last change, once the caller has this answer. */
    static String lastChange(JsonNode answer, String before) {
        JsonNode changes = answer.path("changes");
        return changes.isEmpty()
                ? before
                : changes.get(changes.size() - 1).get(0).asText();
    }

    private List<Session> heads(JsonNode heads) {
        List<Session> sessions = new ArrayList<>();
        for (JsonNode head : heads) {
            Matcher place = PLACE.matcher(head.path(0).asText());
            if (place.matches()) {
                ObjectNode session = tree(head.path(1)) instanceof ObjectNode stored ? stored : json.createObjectNode();
                // Its place in the line counts, even if the session was edited by hand.
                session.put("channel", place.group(1))
                        .put("first_asked", place.group(2))
                        .put("room_id", place.group(3));
                sessions.add(session(session));
            }
        }
        sessions.sort(Comparator.comparing(Session::firstAsked));
        return sessions;
    }

    /** The session without unreadable fields; null for null. */
    Session session(JsonNode stored) {
        try {
            return stored == null ? null : json.treeToValue(stored, Session.class);
        } catch (JsonProcessingException writtenByHand) {
            ObjectNode readable = ((ObjectNode) stored.deepCopy()).retain("room_id", "channel", "first_asked", "claim");
            return json.convertValue(readable, Session.class);
        }
    }

    private static Set<String> cameTo(JsonNode events) {
        Set<String> channels = new HashSet<>();
        events.forEach(event -> {
            if (Event.CAME.id().equals(event.path("event").asText())) {
                channels.add(event.path("data").path("channel").asText());
            }
        });
        return channels;
    }

    private Map<String, Integer> unconfirmed(JsonNode claimed) {
        Map<String, Integer> ofAgent = new HashMap<>();
        for (JsonNode room : claimed) {
            JsonNode assignment = tree(room.path(1));
            String agent = (assignment.has("to") ? assignment.path("to") : assignment)
                    .path("agent_id")
                    .asText(null);
            if (agent != null) {
                ofAgent.merge(agent, 1, Integer::sum);
            }
        }
        return ofAgent;
    }

    private static List<CountChange> changes(JsonNode entries, long now) {
        List<CountChange> changes = new ArrayList<>();
        for (JsonNode entry : entries) {
            Map<String, String> fields = fields(entry.path(1));
            String id = entry.path(0).asText();
            try {
                changes.add(new CountChange(
                        fields.get("agent"),
                        // The ids of a stream never go back, even if the clock does.
                        Math.min(now, Long.parseLong(id.substring(0, id.indexOf('-')))),
                        Integer.parseInt(fields.get("count")),
                        Integer.parseInt(fields.get("by")),
                        CountChange.Kind.valueOf(fields.get("kind")),
                        Long.parseLong(fields.get("since"))));
            } catch (IllegalArgumentException | NullPointerException writtenByHand) {
                continue;
            }
        }
        return changes;
    }

    private static Map<String, Integer> changed(Map<String, Integer> counts, List<CountChange> changes) {
        Map<String, Integer> changed = new HashMap<>(counts);
        changes.forEach(change -> changed.put(change.agentId(), change.count()));
        return changed;
    }

    private Map<String, Long> lastAssigned(JsonNode agents) {
        Map<String, Long> last = new HashMap<>();
        for (int i = 0; i + 1 < agents.size(); i += 2) {
            last.put(
                    agents.get(i).asText(),
                    tree(agents.get(i + 1)).path("last_assigned").asLong());
        }
        return last;
    }

    private Set<String> paused(JsonNode agents, long now) {
        Set<String> paused = new HashSet<>();
        for (int i = 0; i + 1 < agents.size(); i += 2) {
            if (SeenAgent.isPaused(Stored.read(json, agents.get(i + 1).textValue()), now)) {
                paused.add(agents.get(i).asText());
            }
        }
        return paused;
    }

    private static Map<String, Integer> numbers(JsonNode flat) {
        Map<String, Integer> numbers = new HashMap<>();
        fields(flat).forEach((field, value) -> {
            if (value.matches("\\d{1,9}")) {
                numbers.put(field, Integer.parseInt(value));
            }
        });
        return numbers;
    }

    /** From alternating fields and values. */
    private static Map<String, String> fields(JsonNode flat) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(flat.get(i).asText(), flat.get(i + 1).asText());
        }
        return fields;
    }

    private JsonNode tree(JsonNode text) {
        return Stored.tree(json, text.textValue());
    }
}
