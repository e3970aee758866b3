package app;

import assignment.HandedOver;
import assignment.Line;
import assignment.NewSession;
import assignment.Placement;
import assignment.Resolved;
import assignment.Session;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelLogger;
import org.apache.camel.spi.LogListener;
import org.slf4j.MDC;

/**
 * What the sentences of the routes are about, as fields of their JSON lines, each where it applies: {@code event},
 * {@code room_id}, {@code channel}, {@code agent_id}, {@code count}, {@code reason}, {@code outcome} of a resolve, and
 * the numbers of the line. They are read from the same body and variables as the sentence.
 */
public class LogFields implements LogListener {
    /** By the id of the route that logs. Where the history has a word for it, it is the same. */
    private static final Map<String, String> EVENTS = Map.ofEntries(
            Map.entry("new-session-webhook", "wrote"),
            Map.entry("reserve-slot", "waits"),
            Map.entry("confirm-assignment", "assigned"),
            Map.entry("return-to-line", "set_back"),
            Map.entry("doubt-assignment", "doubted"),
            Map.entry("recover-claim", "recovered"),
            Map.entry("park-session", "parked"),
            Map.entry("unpark", "unparked"),
            Map.entry("drop-session", "dropped"),
            Map.entry("resolve-webhook", "resolved"),
            Map.entry("free-stale-room", "stale"),
            Map.entry("correct-counts", "corrected"),
            Map.entry("hand-over-rooms", "handed_over"),
            Map.entry("admit-missed-sessions", "missed"),
            Map.entry("set-capacity", "capacity"),
            Map.entry("mend-lines", "mended"),
            Map.entry("report-line", "line"));

    @Override
    public String onLog(Exchange exchange, CamelLogger logger, String message) {
        String route = logger.getLog().getName();
        put("event", EVENTS.getOrDefault(route, route));
        Object body = exchange.getMessage().getBody();
        if (body instanceof NewSession call) {
            about(call);
        } else if (exchange.getVariable("session") instanceof Session session) {
            put("room_id", session.roomId());
            put("channel", session.channel());
        } else if (exchange.getVariable("newSession") instanceof NewSession call) {
            about(call);
        }
        if (body instanceof Placement placement) {
            put("agent_id", placement.agentId());
            put("reason", placement.reason());
            if (placement.agentId() != null) {
                put("count", placement.count());
            }
        } else if (body instanceof HandedOver handedOver) {
            put("room_id", handedOver.roomId());
            put("agent_id", handedOver.agentId());
            put("count", handedOver.count());
        } else if (body instanceof Resolved resolved) {
            put("room_id", resolved.roomId());
            put("outcome", resolved.outcome());
            put("agent_id", resolved.agentId());
            if (resolved.agentId() != null) {
                put("count", resolved.count());
            }
        } else if (body instanceof Line line) {
            put("waiting", line.waiting());
            put("assigned", line.assigned());
            put("parked", line.parked());
            put("oldest_waits", line.oldestWaits());
        } else if (body instanceof Integer count) {
            put("count", count);
        }
        if (route.equals("park-session") || route.equals("drop-session")) {
            put("reason", exchange.getVariable("reason"));
        }
        return message;
    }

    @Override
    public void afterLog(Exchange exchange, CamelLogger logger, String message) {
        MDC.clear();
    }

    private static void about(NewSession call) {
        put("room_id", call.roomId());
        put("channel", call.channel());
    }

    private static void put(String field, Object value) {
        if (value != null) {
            MDC.put(field, value.toString());
        }
    }
}
