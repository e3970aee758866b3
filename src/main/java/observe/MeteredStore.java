package observe;

import assignment.AssignAnswer;
import assignment.NewSession;
import assignment.Placement;
import assignment.Resolve;
import assignment.Resolved;
import assignment.Session;
import assignment.Setback;
import assignment.Team;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.data.redis.core.StringRedisTemplate;
import store.Keys;
import store.SessionStore;

/** Counts each move of a session once it has happened. */
public class MeteredStore extends SessionStore {
    private final Meters meters;
    private final Clock clock;

    public MeteredStore(
            StringRedisTemplate redis, ObjectMapper json, Keys keys, Rules rules, Meters meters, Clock clock) {
        super(redis, json, keys, rules);
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public Placement reserve(Session session, Team team, boolean patient) {
        Placement placement = super.reserve(session, team, patient);
        if (placement.freeFor() != null) {
            meters.refilled(Duration.ofMillis(placement.freeFor()));
        }
        if ("waiting".equals(placement.outcome())) {
            meters.loopedBack(LoopBack.of(placement.reason()));
        }
        return placement;
    }

    @Override
    public Placement confirm(Session session) {
        Placement placement = super.confirm(session);
        if ("confirmed".equals(placement.outcome())) {
            double waited = clock.millis() - Double.parseDouble(session.firstAsked());
            meters.assigned(Duration.ofMillis(Math.max(0, Math.round(waited))));
        }
        return placement;
    }

    @Override
    public Placement returnToLine(Session session, Setback setback) {
        Placement placement = super.returnToLine(session, setback);
        if ("waiting".equals(placement.outcome())) {
            meters.loopedBack(LoopBack.of(setback));
        }
        return placement;
    }

    @Override
    public Abandoned takeAbandoned() {
        Abandoned abandoned = super.takeAbandoned();
        if (abandoned != null && abandoned.isReturned()) {
            meters.loopedBack(LoopBack.WORKER_GONE);
        }
        return abandoned;
    }

    @Override
    public Placement park(Session session, String reason) {
        Placement placement = super.park(session, reason);
        if ("parked".equals(placement.outcome())) {
            meters.parked();
        }
        return placement;
    }

    @Override
    public Placement drop(Session session, String reason) {
        Placement placement = super.drop(session, reason);
        if ("dropped".equals(placement.outcome())) {
            meters.dropped();
        }
        return placement;
    }

    @Override
    public Placement doubt(Session session, AssignAnswer answer) {
        Placement placement = super.doubt(session, answer);
        if (placement.news()) {
            meters.doubted();
        }
        return placement;
    }

    @Override
    public Resolved resolve(Resolve resolve) {
        Resolved resolved = super.resolve(resolve);
        meters.resolved(resolved.outcome());
        return resolved;
    }

    @Override
    protected void foundStale(int rooms) {
        meters.foundStale(rooms);
    }

    @Override
    public int recount() {
        int corrected = super.recount();
        meters.correctedCounts(corrected);
        return corrected;
    }

    @Override
    public List<NewSession> unknownOf(List<NewSession> waiting) {
        List<NewSession> unknown = super.unknownOf(waiting);
        meters.foundMissed(unknown.size());
        return unknown;
    }
}
