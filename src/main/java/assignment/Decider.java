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
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Decides in rounds. A round predicts which sessions can get an agent, by what earlier lists said; asks Qiscus for the
 * agents of those sessions; and places the sessions whose list has just come. A session that was not asked yet keeps what it
 * was promised: a younger one cannot take it. The head of each line is asked once a period anyway, for nothing tells us when
 * an agent comes online.
 *
 * <p>What it remembers is a hint and never a decision, and dies with the process. All times are epoch milliseconds by the
 * clock of Redis, given by the caller.
 */
public class Decider {
    /** So long a list may decide after it was read. */
    private static final long FRESH = 250;

    /** So much longer than another list may one take before its session loses what it was promised. */
    private static final long HANGS = 1000;

    /** So long an agent whom Qiscus refused for a room is left alone by it, if there are others. */
    private static final long AVOID = 60_000;

    /** So rarely at most a line is asked about in which no agent has been online, if the list of all agents can be read. */
    private static final long LONGEST_PAUSE = 300_000;

    /** The same if it cannot. */
    private static final long LONGEST_UNSEEN = 60_000;

    /** So long the list of all agents counts, and so long a look that failed is not repeated. */
    private static final long PRESENCE_KNOWN = 60_000;

    private static final long NEVER = Long.MIN_VALUE / 2;

    /** So many times a period a line is asked about while only an uncertain customer keeps it waiting. */
    private static final int LOOKS_WHILE_UNCERTAIN = 2;

    /** That an agent is online is told again after so long, so that {@code seen} is true. */
    private static final long SEEN_PERIOD = 10_000;

    private static final int MOST_ROSTERS = 1000;

    /** No call to Qiscus takes longer. */
    private static final long LONGEST_CALL = 60_000;

    /** @param workers how many calls to Qiscus may be under way; @param settleTime how late Qiscus's counts may be */
    public record Rules(int workers, Duration settleTime, Duration period) {}

    /** A list of agents that came for a room. @param asked and {@code answered} when the call began and ended */
    private record Listing(Session session, List<Agent> agents, Team team, long asked, long answered) {}

    /** Who may serve a room or a line, as far as its lists say. @param online those of all who may serve now */
    private record Team(Set<String> all, Set<String> online) {

        static Team of(List<Agent> agents) {
            Set<String> all = new LinkedHashSet<>();
            Set<String> online = new LinkedHashSet<>();
            for (Agent agent : agents) {
                all.add(agent.id());
                if (agent.canServe()) {
                    online.add(agent.id());
                }
            }
            return new Team(all, online);
        }
    }

    /**
     * What the last list of a line said.
     *
     * @param team all whom the lists of this line ever named; online are those whom the last one showed so
     * @param emptySince since when no agent of it is online; 0: some are
     */
    private record Roster(Team team, long at, long emptySince) {

        /**
         * For how long not to look again: a period, or the longer the longer no agent has been online.
         *
         * @param canSee whether an agent who comes online would be seen otherwise
         */
        long pause(long now, long period, boolean canSee) {
            if (emptySince == 0) {
                return period;
            }
            long empty = Math.abs(at - emptySince);
            return Math.max(period, canSee ? Math.min(empty, LONGEST_PAUSE) : Math.min(empty / 4, LONGEST_UNSEEN));
        }

        Roster whenAgentCame(String channel, String channelsOfAgent, long now) {
            if (emptySince == 0) {
                return this;
            }
            boolean mayServe = channelsOfAgent == null
                    || !channel.matches("\\d+")
                    || Set.of(channelsOfAgent.split(" ")).contains(channel);
            return new Roster(team, NEVER, mayServe ? now : emptySince);
        }

        /** A new session may have other agents than those before it. */
        Roster whenSessionCame(long now) {
            return emptySince == 0 ? this : new Roster(team, at, now);
        }
    }

    private static final class Known {
        String name;
        AgentLoad load = AgentLoad.UNKNOWN;
        boolean isOnline;
        /** The first list that showed {@code isOnline} as it is now. */
        long isOnlineSince;

        long lastAssigned;
        /** When a slot came free that nobody got since; 0: unknown. */
        long freedAt;

        /** By the list of all agents. */
        boolean isPresent;

        /** By the lists that are read to find transfers. */
        int listedCount = -1;

        long listedSince;

        String channels;
        long told;
        AgentSeen toldAs;
        final Deque<CountChange> changes = new ArrayDeque<>();
    }

    private final int workers;
    private final long settle;
    private final long period;
    private final Map<String, Known> agents = new HashMap<>();
    private final Map<String, Roster> rosters = new HashMap<>();
    private final Map<String, Listing> listings = new HashMap<>();
    /** Lines of which a list was asked for last in vain. */
    private final Set<String> unanswered = new HashSet<>();

    private final Map<String, Long> asking = new HashMap<>();
    private final Map<String, Long> assigning = new HashMap<>();
    private final List<Listing> arrived = new ArrayList<>();
    private long lastDuration;
    private long lookedAt = NEVER;
    private long nextLook = 0;
    private long seenAllAt = NEVER;
    /** When a list last showed an agent come or gone. */
    private long cameOrWent;

    /** Of the present round. */
    private long now;

    private boolean isCut;
    /** Sessions were left out of this round because of assign calls under way. */
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
        }
    }

    /** Whether Qiscus listed agents since the last round. */
    public synchronized boolean isAnswered() {
        return !arrived.isEmpty();
    }

    /**
     * Whether to read the list of all agents now: some line is asked about more rarely, because no agent of it has been
     * online. After a look that failed the next one comes a minute later.
     */
    public synchronized boolean mayLookForAgents(long now) {
        boolean slow = rosters.values().stream().anyMatch(roster -> roster.pause(now, period, canSee(now)) > period);
        if (!slow || now - lookedAt < nextLook) {
            return false;
        }
        lookedAt = now;
        nextLook = PRESENCE_KNOWN;
        return true;
    }

    /** The list of all agents is read from time to time, so that agents who come are seen. */
    private boolean canSee(long now) {
        return now - seenAllAt < PRESENCE_KNOWN + period;
    }

    /**
     * A page of the list of all agents. Lines in which no agent has been online are asked about again as often as at first
     * when one comes online; a line that is not among the agent's channels, as far as ids tell, only once.
     *
     * @param channels agent id to the ids of their channels, with blanks between; of some nothing is known
     * @param isLast with this page the list ends
     * @return whether an agent came online
     */
    public synchronized boolean present(List<Agent> page, Map<String, String> channels, boolean isLast, long now) {
        if (isLast) {
            seenAllAt = now;
            nextLook = period;
        }
        boolean came = false;
        for (Agent seen : page) {
            Known agent = agent(seen.id());
            boolean isNews =
                    seen.isOnline() && (!agent.isPresent || !Objects.equals(channels.get(seen.id()), agent.channels));
            agent.isPresent = seen.isOnline();
            agent.channels = channels.get(seen.id());
            if (isNews && seen.isAgent()) {
                came = true;
                rosters.replaceAll((channel, roster) -> roster.whenAgentCame(channel, agent.channels, now));
            }
        }
        return came;
    }

    /** Qiscus did not list them. */
    public synchronized void notListed(Session session) {
        asking.remove(session.roomId());
        listings.remove(session.roomId());
        unanswered.add(session.channel());
    }

    /** The reservation was refused: something changed since the snapshot. */
    public synchronized void notReserved(Placement placement) {
        assigning.remove(placement.session().roomId());
    }

    /** The assign call ended, in whatever way. @return whether the last round left sessions out because of such calls */
    public synchronized boolean assignCallEnded(Session session) {
        assigning.remove(session.roomId());
        return heldBack;
    }

    /**
     * Chats of ours that an agent gave to a colleague in the dashboard, as counts tell: one agent is shown with fewer
     * customers than we count, another with more, and neither has changed for a settle time.
     */
    public synchronized List<Transfer> transfers(List<Agent> listed, long now) {
        List<Transfer> transfers = new ArrayList<>();
        Map<Agent, Integer> missing = new LinkedHashMap<>();
        Deque<Agent> surplus = new ArrayDeque<>();
        for (Agent shown : listed) {
            Known agent = agent(shown.id());
            if (agent.listedCount != shown.customerCount()) {
                agent.listedCount = shown.customerCount();
                agent.listedSince = now;
            }
            boolean isSteady = now - agent.listedSince >= settle
                    && !unconfirmed.containsKey(shown.id())
                    && agent.changes.stream().noneMatch(change -> Math.abs(now - change.at()) < settle);
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

    /** The sessions and agents that the next round chooses among. */
    public synchronized Choice choice(Snapshot snapshot) {
        if (snapshot.isFirst()) {
            agents.clear();
            rosters.clear();
            listings.clear();
            lookedAt = NEVER;
            seenAllAt = NEVER;
        }
        now = snapshot.now();
        isCut = snapshot.isCut();
        // Who is back in line before the call has ended has the next turn.
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

    /** What the choice means: agents to reserve, agents to ask Qiscus for, and sessions that keep waiting. */
    public synchronized Round round(List<Match> matches) {
        Map<String, Integer> placed = new HashMap<>();
        List<Placement> placements = new ArrayList<>();
        List<Match> waiting = new ArrayList<>();
        List<Session> toAsk = new ArrayList<>();
        for (Match match : matches) {
            Session session = match.candidate().session();
            if (match.isPlaced() && match.candidate().isListed()) {
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

    private Placement place(Match match, Map<String, Integer> placed) {
        Session session = match.candidate().session();
        String id = match.agent().id();
        Known agent = agents.get(id);
        long waitsSince = Math.round(Double.parseDouble(session.firstAsked()));
        Long freeFor = agent.freedAt > waitsSince ? Long.valueOf(now - agent.freedAt) : null;
        int expected = counts.getOrDefault(id, 0) + placed.merge(id, 1, Integer::sum) - 1;
        assigning.put(session.roomId(), now);
        listings.remove(session.roomId());
        agent.lastAssigned = now;
        agent.freedAt = 0;
        return new Placement(match, expected, freeFor);
    }

    private void ask(Session session, int most, List<Session> toAsk) {
        if (asking.containsKey(session.roomId())) {
            return;
        }
        heldBack |= assigning.size() >= workers;
        if (asking.size() < most && assigning.size() < workers) {
            asking.put(session.roomId(), now);
            toAsk.add(session);
        }
    }

    /**
     * The head of each line whose list is old, with the calls that predictions leave. After a list that failed the next
     * ones too: perhaps it is only this room for which Qiscus lists nobody.
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
                } else if (isDue(roster, match)) {
                    ask(session, Math.max(1, workers / 2), toAsk);
                }
            }
        }
    }

    /** Where only an uncertain customer keeps a line waiting, a list may show that there is none: at once after a resolve. */
    private boolean isDue(Roster roster, Match match) {
        OptionalLong freedAt = match.considered().stream()
                .filter(Contender::mayBeBelowCapacity)
                .mapToLong(agent -> agents.get(agent.id()).freedAt)
                .max();
        return freedAt.isPresent()
                ? freedAt.getAsLong() > roster.at() || now - roster.at() >= period / LOOKS_WHILE_UNCERTAIN
                : Math.abs(now - roster.at()) >= roster.pause(now, period, canSee(now));
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
        // The list says nothing of those who came since: the session is asked for again, and keeps its turn meanwhile.
        boolean isListed = now - own.answered() < FRESH && own.team().online().containsAll(online);
        return new Candidate(session, online, isListed, avoided(session));
    }

    /** A line whose first list did not come yet may have anybody. */
    private Set<String> onlineOf(String channel) {
        Roster roster = rosters.get(channel);
        if (roster != null) {
            return onlineNow(roster.team(), roster.at());
        }
        Set<String> everybody = new LinkedHashSet<>();
        agents.forEach((id, agent) -> {
            if (agent.isOnline) {
                everybody.add(id);
            }
        });
        return everybody;
    }

    /** Lists of other rooms may have shown since that an agent came or went. */
    private Set<String> onlineNow(Team team, long since) {
        if (cameOrWent <= since) {
            return team.online();
        }
        Set<String> online = new LinkedHashSet<>();
        for (String id : team.all()) {
            Known agent = agents.get(id);
            if (agent.isOnlineSince > since ? agent.isOnline : team.online().contains(id)) {
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
        // Sessions of one line share one set.
        Set<Set<String>> teams = Collections.newSetFromMap(new IdentityHashMap<>());
        candidates.forEach(candidate -> teams.add(candidate.online()));
        Set<String> named = new LinkedHashSet<>();
        teams.forEach(named::addAll);
        List<Contender> contenders = new ArrayList<>(named.size());
        for (String id : named) {
            Known agent = agents.get(id);
            int ours = snapshot.counts().getOrDefault(id, 0);
            contenders.add(new Contender(
                    id,
                    agent.name,
                    snapshot.capacities().getOrDefault(id, snapshot.capacity()),
                    ours + agent.load.counted(now, settle),
                    ours + agent.load.external(),
                    agent.lastAssigned));
        }
        return contenders;
    }

    private void remember(Snapshot snapshot) {
        snapshot.lastAssigned().forEach((id, at) -> agent(id).lastAssigned = at);
        for (CountChange change : snapshot.changes()) {
            Known agent = agent(change.agentId());
            agent.changes.addLast(change);
            agent.changes.removeIf(old -> old.at() < snapshot.now() - settle - LONGEST_CALL);
            if (change.by() < 0) {
                agent.freedAt = Math.max(agent.freedAt, change.at());
            }
            switch (change.kind()) {
                case RESOLVED -> agent.load = agent.load.afterResolve(change.at(), settle);
                case STALE -> agent.load = agent.load.afterStale();
                case TRANSFERRED_IN -> agent.load = agent.load.withoutOne();
                default -> {}
            }
        }
    }

    private Known agent(String id) {
        return agents.computeIfAbsent(id, unknown -> new Known());
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
            Roster before = rosters.get(listing.session().channel());
            Team team = listing.team();
            long emptySince = !team.online().isEmpty()
                    ? 0
                    : before != null && before.emptySince() > 0 ? before.emptySince() : listing.answered();
            unanswered.remove(listing.session().channel());
            if (before != null && !team.all().containsAll(before.team().all())) {
                Set<String> all = new LinkedHashSet<>(before.team().all());
                all.addAll(team.all());
                team = new Team(all, team.online());
            }
            rosters.put(listing.session().channel(), new Roster(team, listing.answered(), emptySince));
        }
        arrived.clear();
        return rooms;
    }

    private void read(Agent listed, Listing listing, Snapshot snapshot) {
        Known agent = agent(listed.id());
        agent.name = listed.shownName();
        if (listed.canServe() != agent.isOnline) {
            agent.isOnline = listed.canServe();
            agent.isOnlineSince = listing.answered();
            cameOrWent = listing.answered();
        }
        long oldest = listing.asked() - settle;
        agent.changes.removeIf(change -> change.at() < oldest);
        OurCount ours = OurCount.of(
                snapshot.counts().getOrDefault(listed.id(), 0),
                List.copyOf(agent.changes),
                snapshot.unconfirmed().getOrDefault(listed.id(), 0));
        agent.load = agent.load.seen(listed.customerCount(), ours, now, settle);
        AgentSeen as = new AgentSeen(listed.id(), agent.name, listed.isOnline(), agent.load.external());
        if (!as.equals(agent.toldAs) || now - agent.told >= SEEN_PERIOD) {
            seen.add(as);
            agent.told = now;
            agent.toldAs = as;
        }
    }

    private void forgetOld(List<Session> heads) {
        listings.values().removeIf(listing -> Math.abs(now - listing.answered()) > period + FRESH);
        // In case that a route failed before it told what became of its call.
        asking.values().removeIf(at -> Math.abs(now - at) > LONGEST_CALL);
        assigning.values().removeIf(at -> Math.abs(now - at) > LONGEST_CALL);
        if (rosters.size() > MOST_ROSTERS || unanswered.size() > MOST_ROSTERS) {
            Set<String> channels = new HashSet<>();
            heads.forEach(head -> channels.add(head.channel()));
            rosters.keySet().retainAll(channels);
            unanswered.retainAll(channels);
        }
    }
}
