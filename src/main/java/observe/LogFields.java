package observe;

import assignment.NewSession;
import assignment.QueueSummary;
import assignment.Session;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelLogger;
import org.apache.camel.spi.LogListener;
import org.slf4j.MDC;

/**
 * Adds the data of the routes' log lines as fields of their JSON, where they apply: {@code event}, {@code room_id},
 * {@code channel}, {@code agent_id}, {@code count}, {@code reason}, {@code outcome} of a resolve, and the numbers of
 * the queue. They come from the same body and variables as the sentence.
 */
public class LogFields implements LogListener {
    /** By the id of the route that logs. Names are the same as in the history, where it has one. */
    private static final Map<String, String> EVENTS = Map.ofEntries(
            Map.entry("new-session-webhook", "wrote"),
            Map.entry("admit-missed-sessions", "missed"),
            Map.entry("set-capacity", "capacity"),
            Map.entry("report-queue", "line"));

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
        if (body instanceof QueueSummary line) {
            put("waiting", line.waiting());
            put("assigned", line.assigned());
            put("parked", line.parked());
            put("oldest_waits", line.oldestWaits());
        } else if (body instanceof Integer count) {
            put("count", count);
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
