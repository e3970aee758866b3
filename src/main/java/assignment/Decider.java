package assignment;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides in rounds. A round first predicts, from earlier lists, which sessions can get an agent. It asks Qiscus for
 * the agents of those sessions, and places the sessions whose list has just come. A predicted agent stays promised to
 * their session until its list comes: a younger session cannot take them. The head of each line is asked about once a
 * period in any case, because Qiscus does not tell us when an agent comes online.
 *
 * <p>What it remembers only predicts and never decides, and is lost with the process. All times are epoch milliseconds
 * by the clock of Redis; the caller passes them in.
 */
public class Decider implements Watch.Presence {
    /** How long a list may decide after it came. */
    private static final long FRESH = 250;

    /** How long a list may wait for the first round after it came. */
    private static final long FRESH_AT_FIRST = 1000;

    /** A call that takes this much longer than the last list did hangs: its session loses the promised agent. */
    private static final long HANGS = 1000;

    /** How long a room avoids an agent that Qiscus refused for it, if there are others. */
    private static final long AVOID = 60_000;

    /** How long the list of all agents counts, and how long to wait after it could not be read. */
    private static final long PRESENCE_KNOWN = 60_000;

    /** For how long after a round its knowledge of the agents may serve a choice by hand. */
    private static final long KNOWN_FOR = 2500;

    private static final long NEVER = Long.MIN_VALUE / 2;

    /** How often per period to ask about a line that only an uncertain customer keeps waiting. */
    private static final int LOOKS_WHILE_UNCERTAIN = 2;

    private static final int MOST_ROSTERS = 1000;

    /** @param workers how many calls to Qiscus may be under way; @param settleTime how late Qiscus's counts may be */
    public record Rules(int workers, Duration settleTime, Duration period) {}

    /**
     * A list of agents that came for a room. {@code asked} and {@code answered} are the begin and the end of the call.
     */
    private record Listing(Session session, List<Agent> agents, Team team, long asked, long answered) {}

    private final int workers;
    private final long settle;
    private final long period;
    private final Map<String, KnownAgent> agents = new HashMap<>();
    private final Map<String, Roster> rosters = new HashMap<>();
    private final Map<String, Listing> listings = new HashMap<>();
    /** Lines whose last list failed. */
    private final Set<String> unanswered = new HashSet<>();

    private final Map<String, Long> asking = new HashMap<>();
    private final Map<String, Long> assigning = new HashMap<>();
    private final List<Listing> arrived = new ArrayList<>();
    private long lastDuration;
    private long listedAt = NEVER;
    private long lookedAt = NEVER;
    private long nextLook = 0;
    private long seenAllAt = NEVER;
    /** When a list last showed that an agent came online or went offline. */
    private long cameOrWent;

    /** The time of the present round. */
    private long now;

    private boolean isCut;
    /** This round left sessions out because their last assign call is still under way. */
    private boolean heldBack;

    private Map<String, Integer> counts = Map.of();
    private Map<String, Integer> unconfirmed = Map.of();
    private Set<String> justListed = Set.of();
    private List<AgentSeen> seen = List.of();

    public Decider(Rules rules) {
        this.workers = rules.workers();
        this.settle = rules.settleTime().toMillis();
        this.period = rules.period().toMillis();
    }

    /** Qiscus listed the agents of a session's room. */
    public synchronized void listed(Session session, List<Agent> agents, long now) {
        Long asked = asking.remove(session.roomId());
        if (asked != null) {
            arrived.add(new Listing(session, agents, Team.of(agents), asked, now));
            lastDuration = Math.max(0, now - asked);
            listedAt = now;
        }
    }

    /** Whether Qiscus listed agents for another session after we asked for this one. */
    public synchronized boolean isOvertaken(Session session) {
        Long asked = asking.get(session.roomId());
        return asked != null && listedAt >= asked;
    }

    /** Whether Qiscus listed agents since the last round. */
    public synchronized boolean isAnswered() {
        return !arrived.isEmpty();
    }

    /**
     * Whether to read the list of all agents now: no agent of some line has been online for a while, so that line is
     * asked about less often. After a failure the next attempt comes a minute later.
     */
    public synchronized boolean mayLookForAgents(long now) {
        boolean slow = rosters.values().stream().anyMatch(roster -> roster.pause(period, seesEverybody(now)) > period);
        if (!slow || now - lookedAt < nextLook) {
            return false;
        }
        lookedAt = now;
        nextLook = PRESENCE_KNOWN;
        return true;
    }

    /** Whether the list of all agents is being read, so that agents who come online are noticed. */
    private boolean seesEverybody(long now) {
        return now - seenAllAt < PRESENCE_KNOWN + period;
    }

    /**
     * Takes a page of the list of all agents. When an agent comes online, the lines without agents are again asked
     * about once a period. A line that is not among the agent's channels, as far as ids tell, is asked about only once.
     *
     * @param channels agent id to the ids of their channels, separated by blanks; agents may be missing
     * @param isLast the list ends with this page
     * @return whether an agent came online
     */
    public synchronized boolean present(List<Agent> page, Map<String, String> channels, boolean isLast, long now) {
        if (isLast) {
            seenAllAt = now;
            nextLook = period;
        }
        boolean came = false;
        for (Agent seen : page) {
            String channelsOfAgent = channels.get(seen.id());
            if (agent(seen.id()).present(seen.isOnline(), channelsOfAgent, now) && seen.isAgent()) {
                came = true;
                rosters.replaceAll((channel, roster) -> roster.whenAgentCame(channel, channelsOfAgent, now));
            }
        }
        return came;
    }

    @Override
    public synchronized Boolean isOnline(String agentId, long after) {
        KnownAgent agent = agents.get(agentId);
        return agent == null ? null : agent.seenOnline(after);
    }

    /** Qiscus did not list the agents of this session. */
    public synchronized void notListed(Session session) {
        asking.remove(session.roomId());
        listings.remove(session.roomId());
        unanswered.add(session.channel());
    }

    /** The reservation was refused: something changed since the snapshot. */
    public synchronized void notReserved(Placement placement) {
        assigning.remove(placement.session().roomId());
    }

    /**
     * The assign call ended, with any result.
     *
     * @return whether the last round left sessions out because of such calls
     */
    public synchronized boolean assignCallEnded(Session session) {
        assigning.remove(session.roomId());
        return heldBack;
    }

    /**
     * Finds chats of ours that an agent transferred to a colleague in the dashboard, by the counts: Qiscus shows one
     * agent with fewer customers than we count, another with more, and neither has changed for a settle time.
     */
    public synchronized List<Transfer> transfers(List<Agent> listed, long now) {
        List<Transfer> transfers = new ArrayList<>();
        Map<Agent, Integer> missing = new LinkedHashMap<>();
        Deque<Agent> surplus = new ArrayDeque<>();
        for (Agent shown : listed) {
            boolean isSteady = agent(shown.id()).isSteady(shown.customerCount(), now, settle)
                    && !unconfirmed.containsKey(shown.id());
            int more = shown.customerCount() - counts.getOrDefault(shown.id(), 0);
            if (isSteady && more < 0) {
                missing.put(shown, -more);
            }
            for (int i = 0; isSteady && i < more; i++) {
                surplus.add(shown);
            }
        }
        missing.forEach((from, many) -> {
            for (int i = 0; i < many && !surplus.isEmpty(); i++) {
                transfers.add(new Transfer(from.id(), surplus.pop()));
            }
        });
        return transfers;
    }

    /**
     * The agent that an operator chose, by a list that came between two snapshots. If the last round was too long ago,
     * what it remembered does not count.
     */
    synchronized Contender contender(Agent shown, Snapshot before, Snapshot after) {
        boolean isCurrent = Math.abs(after.now() - now) <= KNOWN_FOR && agents.containsKey(shown.id());
        KnownAgent agent = isCurrent ? new KnownAgent(agents.get(shown.id())) : new KnownAgent(shown.id());
        after.changes().stream()
                .filter(change -> change.agentId().equals(shown.id()) && !agent.knows(change))
                .forEach(change -> agent.changed(change, after.now(), settle));
        int count = after.counts().getOrDefault(shown.id(), 0);
        int customersUnconfirmed = after.unconfirmed().getOrDefault(shown.id(), 0);
        agent.listed(shown, before.now(), after.now(), count, customersUnconfirmed, after.now(), settle);
        int capacity = after.capacities().getOrDefault(shown.id(), after.capacity());
        return agent.contender(count, capacity, false, after.now(), settle);
    }

    /** The sessions and agents that the next round chooses among. */
    public synchronized Choice choice(Snapshot snapshot) {
        if (snapshot.isFirst()) {
            agents.clear();
            rosters.clear();
            listings.clear();
            // Lists that were asked for before are too old.
            asking.clear();
            arrived.clear();
            listedAt = NEVER;
            lookedAt = NEVER;
            seenAllAt = NEVER;
        }
        now = snapshot.now();
        isCut = snapshot.isCut();
        // A session that is back in line before its call has ended waits for the next round.
        heldBack = snapshot.heads().stream().anyMatch(head -> assigning.containsKey(head.roomId()));
        counts = snapshot.counts();
        unconfirmed = snapshot.unconfirmed();
        seen = new ArrayList<>();
        remember(snapshot);
        snapshot.cameTo()
                .forEach(channel -> rosters.computeIfPresent(channel, (id, roster) -> roster.whenSessionCame(now)));
        justListed = readLists(snapshot);
        forgetOld(snapshot.heads());
        boolean isPaused = snapshot.pausedUntil() > now;
        Map<String, Set<String>> onlineOfLine = new HashMap<>();
        List<Candidate> candidates = isPaused
                ? List.of()
                : snapshot.heads().stream()
                        .filter(head -> !assigning.containsKey(head.roomId()) && !hangs(head))
                        .map(head -> candidate(head, onlineOfLine))
                        .toList();
        return new Choice(candidates, contenders(snapshot, candidates));
    }

    /** Turns matches into agents to reserve, agents to ask Qiscus for, and sessions that keep waiting. */
    public synchronized Round round(List<Match> matches) {
        Map<String, Integer> placed = new HashMap<>();
        List<Placement> placements = new ArrayList<>();
        List<Match> waiting = new ArrayList<>();
        List<Session> toAsk = new ArrayList<>();
        for (Match match : matches) {
            Session session = match.candidate().session();
            if (match.isPlaced() && isDecided(match)) {
                placements.add(place(match, placed));
            } else if (match.isPlaced()) {
                ask(session, workers, toAsk);
            } else if (justListed.contains(session.roomId())) {
                waiting.add(match);
            }
        }
        probe(matches, toAsk);
        return new Round(placements, toAsk, waiting, seen, isCut && !placements.isEmpty());
    }

    /** A list from before the slot was freed cannot say whether the agent is still online: ask again. */
    private boolean isDecided(Match match) {
        Candidate candidate = match.candidate();
        return candidate.isListed()
                && agents.get(match.agent().id()).freedAt()
                        <= listings.get(candidate.session().roomId()).answered();
    }

    private Placement place(Match match, Map<String, Integer> placed) {
        Session session = match.candidate().session();
        String id = match.agent().id();
        KnownAgent agent = agents.get(id);
        long waitsSince = Math.round(Double.parseDouble(session.firstAsked()));
        Long freeFor = agent.freedAt() > waitsSince ? Long.valueOf(now - agent.freedAt()) : null;
        int expected = counts.getOrDefault(id, 0) + placed.merge(id, 1, Integer::sum) - 1;
        assigning.put(session.roomId(), now);
        listings.remove(session.roomId());
        agent.assigned(now);
        return new Placement(match, expected, freeFor);
    }

    /** @return whether it is being asked now: false if too many calls are under way, or this one is */
    private boolean ask(Session session, int most, List<Session> toAsk) {
        if (asking.containsKey(session.roomId())) {
            return false;
        }
        heldBack |= assigning.size() >= workers;
        if (asking.size() >= most || assigning.size() >= workers) {
            return false;
        }
        asking.put(session.roomId(), now);
        toAsk.add(session);
        return true;
    }

    /**
     * Predictions may leave some calls unused. These ask about the first session of each line with an old list. If that
     * list fails, they also ask about the next sessions, because Qiscus may fail for this room only.
     */
    private void probe(List<Match> matches, List<Session> toAsk) {
        Map<String, Integer> looked = new HashMap<>();
        for (Match match : matches) {
            Session session = match.candidate().session();
            int most = unanswered.contains(session.channel()) ? Math.max(2, workers / 2) : 1;
            if (looked.merge(session.channel(), 1, Integer::sum) <= most && !match.isPlaced()) {
                Roster roster = rosters.get(session.channel());
                if (roster == null) {
                    ask(session, workers, toAsk);
                } else {
                    List<KnownAgent> uncertain = uncertain(match);
                    if (isDue(roster, uncertain) && ask(session, Math.max(1, workers / 2), toAsk)) {
                        // One list is enough for all lines that have this agent.
                        uncertain.forEach(agent -> agent.looked(now));
                    }
                }
            }
        }
    }

    /** The agents who would be below capacity if an uncertain customer has left. */
    private List<KnownAgent> uncertain(Match match) {
        return match.considered().stream()
                .filter(Contender::mayBeBelowCapacity)
                .map(agent -> agents.get(agent.id()))
                .toList();
    }

    /**
     * When only an uncertain customer keeps a line waiting, a new list may show that the customer has left. After a
     * resolve it is read at once.
     */
    private boolean isDue(Roster roster, List<KnownAgent> uncertain) {
        return uncertain.isEmpty()
                ? Math.abs(now - roster.at()) >= roster.pause(period, seesEverybody(now))
                : uncertain.stream().anyMatch(agent -> agent.isLookDue(now, period / LOOKS_WHILE_UNCERTAIN));
    }

    private boolean hangs(Session session) {
        Long asked = asking.get(session.roomId());
        return asked != null && now - asked > lastDuration + HANGS;
    }

    private Candidate candidate(Session session, Map<String, Set<String>> onlineOfLine) {
        Listing own = listings.get(session.roomId());
        if (own == null || now - own.answered() >= period) {
            return new Candidate(
                    session, onlineOfLine.computeIfAbsent(session.channel(), this::onlineOf), false, avoided(session));
        }
        Set<String> online = onlineNow(own.team(), own.answered());
        return new Candidate(session, online, mayDecide(own, online), avoided(session));
    }

    /**
     * Whether a list is recent enough. It does not know agents who came online since: then the session is asked for
     * again.
     */
    private boolean mayDecide(Listing list, Set<String> online) {
        long longest = justListed.contains(list.session().roomId()) ? FRESH_AT_FIRST : FRESH;
        return now - list.answered() < longest && list.team().online().containsAll(online);
    }

    /** Until the first list of a line came, any agent may serve it. */
    private Set<String> onlineOf(String channel) {
        Roster roster = rosters.get(channel);
        if (roster != null) {
            return onlineNow(roster.team(), roster.at());
        }
        Set<String> online = new LinkedHashSet<>();
        agents.forEach((id, agent) -> {
            if (agent.isOnline()) {
                online.add(id);
            }
        });
        return online;
    }

    /** Lists of other rooms may show by now that an agent came or went. */
    private Set<String> onlineNow(Team team, long since) {
        if (cameOrWent <= since) {
            return team.online();
        }
        Set<String> online = new LinkedHashSet<>();
        for (String id : team.all()) {
            if (agents.get(id).isOnline(since, team.online().contains(id))) {
                online.add(id);
            }
        }
        return online;
    }

    private Set<String> avoided(Session session) {
        Set<String> avoided = new HashSet<>();
        if (session.refusedAt() != null) {
            session.refusedAt().forEach((id, at) -> {
                if (Math.abs(now - at) < AVOID) {
                    avoided.add(id);
                }
            });
        }
        return avoided;
    }

    private List<Contender> contenders(Snapshot snapshot, List<Candidate> candidates) {
        // The sessions of one line share one set.
        Set<Set<String>> teams = Collections.newSetFromMap(new IdentityHashMap<>());
        candidates.forEach(candidate -> teams.add(candidate.online()));
        Set<String> named = new LinkedHashSet<>();
        teams.forEach(named::addAll);
        List<Contender> contenders = new ArrayList<>(named.size());
        for (String id : named) {
            contenders.add(agents.get(id)
                    .contender(
                            snapshot.counts().getOrDefault(id, 0),
                            snapshot.capacities().getOrDefault(id, snapshot.capacity()),
                            snapshot.pausedAgents().contains(id),
                            now,
                            settle));
        }
        return contenders;
    }

    private void remember(Snapshot snapshot) {
        snapshot.lastAssigned().forEach((id, at) -> agent(id).wasAssigned(at));
        snapshot.changes().forEach(change -> agent(change.agentId()).changed(change, snapshot.now(), settle));
    }

    private KnownAgent agent(String id) {
        return agents.computeIfAbsent(id, KnownAgent::new);
    }

    /** @return the rooms whose list came since the last round */
    private Set<String> readLists(Snapshot snapshot) {
        Set<String> rooms = new HashSet<>();
        for (Listing listing : arrived) {
            rooms.add(listing.session().roomId());
            listings.put(listing.session().roomId(), listing);
            for (Agent listed : listing.agents()) {
                read(listed, listing, snapshot);
            }
            String channel = listing.session().channel();
            unanswered.remove(channel);
            rosters.compute(channel, (id, before) -> Roster.of(listing.team(), listing.answered(), before));
        }
        arrived.clear();
        return rooms;
    }

    private void read(Agent listed, Listing listing, Snapshot snapshot) {
        KnownAgent agent = agent(listed.id());
        boolean isNews = agent.listed(
                listed,
                listing.asked(),
                listing.answered(),
                snapshot.counts().getOrDefault(listed.id(), 0),
                snapshot.unconfirmed().getOrDefault(listed.id(), 0),
                now,
                settle);
        if (isNews) {
            cameOrWent = listing.answered();
        }
        AgentSeen update = agent.newlySeen(listed, now);
        if (update != null) {
            seen.add(update);
        }
    }

    private void forgetOld(List<Session> heads) {
        listings.values().removeIf(listing -> Math.abs(now - listing.answered()) > period + FRESH);
        // In case a route failed before it reported the end of its call.
        asking.values().removeIf(at -> Math.abs(now - at) > KnownAgent.LONGEST_CALL);
        assigning.values().removeIf(at -> Math.abs(now - at) > KnownAgent.LONGEST_CALL);
        if (rosters.size() > MOST_ROSTERS || unanswered.size() > MOST_ROSTERS) {
            Set<String> channels = new HashSet<>();
            heads.forEach(head -> channels.add(head.channel()));
            rosters.keySet().retainAll(channels);
            unanswered.retainAll(channels);
        }
    }
}
