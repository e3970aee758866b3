package assignment;

import assignment.Message.Sender;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the customers who have no answer. Qiscus's list of rooms shows who wrote last in each room. What we saw there
 * only hints at the customers who may have waited too long. For those we read the room itself and ask who is in it: a
 * customer counts as unanswered only if all of it agrees.
 *
 * <p>This memory is lost with the process. The next instance that watches learns it again, and reads a room that it
 * knows nothing about when that customer may have waited too long. Times are epoch milliseconds by the clock of Redis,
 * passed in by the caller, unless they are said to be Qiscus's.
 */
public class Watch {
    /** Timestamps are whole seconds and repeat, and the list may be late: this much of it is read again. */
    private static final long OVERLAP = 5_000;

    /** Messages of the same second have the same timestamp. */
    private static final long TO_THE_SECOND = 999;

    private static final int MOST_PAGES = 20;

    /**
     * How long an agent who was seen offline counts as offline; for one who was seen online it is at most this long.
     */
    private static final long RECENT = 90_000;

    /** When to read a room again that does not tell enough, unless the list shows news of it before. */
    private static final long ASK_AGAIN = 600_000;

    /** How many rooms to read at a time, those that have waited longest first. */
    private static final int ASK_AT_ONCE = 20;

    private static final long NEVER = Long.MIN_VALUE / 2;

    /** Knows who is online. */
    public interface Presence {

        /** @return null if nothing is known about the agent after that time */
        Boolean isOnline(String agentId, long after);
    }

    /** What we know of a room that we hold. */
    private static final class Known {
        private WatchedRoom room;
        /** The last message that the list showed, by Qiscus's clock; null: none yet. */
        private Message last;
        /** The last answer since the assignment, by Qiscus's clock; null: none was seen. */
        private Long answeredAt;
        /** Since when the customer may have been waiting; null: as far as we know they are not. */
        private Long waitsSince;

        private long askNotBefore = NEVER;
        private boolean isHandedOn;
        private boolean isResolved;
        private String customerId;

        private Known(WatchedRoom room, Message last) {
            this.room = room;
            this.last = last;
            this.waitsSince = room.since();
        }

        private void mayWaitFrom(long time) {
            waitsSince = Math.max(room.since(), time);
            askNotBefore = NEVER;
            isHandedOn = false;
        }

        /**
         * The customer may be waiting, but a room that was read just now is not read again for that. An answer that was
         * seen remains an answer.
         */
        private void forget() {
            last = null;
            isHandedOn = false;
            waitsSince = waitsSince == null ? Long.valueOf(room.since()) : waitsSince;
        }

        private boolean isHeard(Message message) {
            return last != null && (message.at() < last.at() || message.equals(last));
        }
    }

    private final AnswerRule rule;
    private final long period;
    private final Presence presence;
    private Map<String, Known> rooms = new HashMap<>();

    /** All messages before this time were read, by Qiscus's clock; null: nothing was read yet. */
    private Long readUpTo;

    /** When this pass over the list began, by Qiscus's clock. */
    private Long began;
    /** The newest message of this pass and of the one before, by Qiscus's clock. */
    private long newest = NEVER;

    private long newestBefore = NEVER;
    /** The rooms that this pass showed. */
    private final Set<String> listed = new HashSet<>();

    private boolean readsOn;
    private boolean fails;
    /** How far our clock is ahead of Qiscus's, at most; null: unknown. */
    private Long ahead;

    private long lookedForAgents = NEVER;

    /** @param period between two passes over the list */
    public Watch(AnswerRule rule, long period, Presence presence) {
        this.rule = rule;
        this.period = period;
        this.presence = presence;
    }

    /**
     * Begins a pass over the list.
     *
     * @param held the rooms that we hold now
     * @return whether there is anything to watch
     */
    public synchronized boolean begin(List<WatchedRoom> held) {
        Map<String, Known> next = new HashMap<>();
        for (WatchedRoom room : held) {
            Known known = known(room);
            if (known == null) {
                known = newlyHeld(room);
            }
            known.room = room;
            next.put(room.roomId(), known);
        }
        rooms = next;
        newest = NEVER;
        began = null;
        listed.clear();
        readsOn = !rooms.isEmpty();
        if (!readsOn) {
            // The list is not read while we hold no room.
            readUpTo = null;
        }
        return readsOn;
    }

    /** Whether the next page of the list is needed. */
    public synchronized boolean readsOn() {
        return readsOn;
    }

    /** Takes a page of the list. */
    public synchronized RoomChanges reads(RoomPage page, long now) {
        ahead = page.ahead(now, ahead);
        began = began == null && ahead != null ? Long.valueOf(now - ahead) : began;
        long oldest = Long.MAX_VALUE;
        for (ListedRoom row : page.rooms()) {
            listed.add(row.roomId());
            if (row.last() != null) {
                newest = Math.max(newest, row.last().at());
                oldest = Math.min(oldest, row.last().at());
            }
        }
        RoomChanges changes = note(page.rooms());
        boolean isEnough = readUpTo == null ? listed.containsAll(rooms.keySet()) : oldest < readUpTo;
        readsOn = page.hasMore() && !isEnough && page.number() < MOST_PAGES;
        if (!readsOn) {
            end(page.hasMore() && !isEnough);
        }
        return changes;
    }

    /** The list could not be read. @return whether the pass before succeeded */
    public synchronized boolean isNewFailure() {
        boolean isNews = !fails;
        fails = true;
        return isNews;
    }

    /** @param isTorn there is more than can be read */
    private void end(boolean isTorn) {
        fails = false;
        if (readUpTo != null && (isTorn || newest != NEVER && newest < newestBefore - OVERLAP)) {
            // We may have missed messages, or the list went back to an earlier state: any room could be waiting.
            rooms.values().forEach(Known::forget);
        }
        if (newest != NEVER) {
            // A list that has been quiet for a while shows nothing late any more.
            boolean isQuiet = began != null && began - newest > OVERLAP;
            readUpTo = isQuiet ? newest + 1 : newest - OVERLAP;
            newestBefore = newest;
        }
    }

    /** Takes what a room itself shows, if we hold it. */
    public synchronized RoomChanges looks(RoomPage page, long now) {
        ahead = page.ahead(now, ahead);
        return note(page.rooms());
    }

    private RoomChanges note(List<ListedRoom> rows) {
        List<WatchedRoom> answered = new ArrayList<>();
        List<WatchedRoom> resolved = new ArrayList<>();
        for (ListedRoom row : rows) {
            Known known = rooms.get(row.roomId());
            if (known != null) {
                if (row.isResolved() && !known.isResolved) {
                    resolved.add(known.room);
                }
                known.isResolved = row.isResolved();
                known.customerId = row.customerId() == null ? known.customerId : row.customerId();
                if (row.last() != null && !known.isHeard(row.last()) && isAnswer(known, row.last())) {
                    answered.add(known.room);
                }
            }
        }
        return new RoomChanges(answered, resolved);
    }

    /** Remembers a message. @return whether it is an answer from the agent who has the room now */
    private boolean isAnswer(Known known, Message message) {
        known.last = message;
        long at = ours(message.at());
        if (message.sender() == Sender.ANSWER) {
            if (at < known.room.reserved()) {
                return false;
            }
            known.answeredAt = message.at();
            known.waitsSince = null;
            return true;
        }
        if (known.waitsSince == null) {
            // A message from Qiscus itself may hide one from the customer.
            known.mayWaitFrom(at);
        } else if (known.askNotBefore != NEVER && !known.isHandedOn) {
            known.askNotBefore = NEVER;
        }
        return false;
    }

    /** By our clock, rather too late than too early; infinite until Qiscus has told a time. */
    private long ours(long qiscusTime) {
        return ahead == null ? Long.MAX_VALUE : qiscusTime + TO_THE_SECOND + ahead;
    }

    /**
     * Whether to find out now who is online: some customer has waited too long if the agent is offline, and we have no
     * recent evidence of that.
     */
    public synchronized boolean mayLookForAgents(long now) {
        boolean isUnknown = now - lookedForAgents >= period
                && rooms.values().stream()
                        .anyMatch(known -> mayBeAsked(known, now)
                                && rule.dependsOnPresence(now - known.waitsSince)
                                && seenOnline(known, now) == null);
        lookedForAgents = isUnknown ? now : lookedForAgents;
        return isUnknown;
    }

    /** Whether the agent is online, by recent evidence; null without any. */
    private Boolean seenOnline(Known known, long now) {
        return presence.isOnline(known.room.agentId(), lastLook(known, now));
    }

    /**
     * Once when the customer's time is over, and again each time that limit has passed: the agent may go offline later.
     */
    private long lastLook(Known known, long now) {
        return Math.max(known.waitsSince + rule.away().toMillis() - 1, now - lookAgain());
    }

    /** How often to check again who is online: the limit for offline agents, within bounds. */
    private long lookAgain() {
        return rule.away() == null
                ? RECENT
                : Math.min(RECENT, Math.max(period, rule.away().toMillis()));
    }

    /** The rooms to read: their customers have waited too long, as far as we know. */
    public synchronized List<WatchedRoom> overdue(long now) {
        List<Known> overdue = rooms.values().stream()
                .filter(known ->
                        mayBeAsked(known, now) && rule.broken(mayBeAway(known, now), now - known.waitsSince) != null)
                .sorted(Comparator.comparing(known -> known.waitsSince))
                .limit(ASK_AT_ONCE)
                .toList();
        // This holds for every outcome.
        overdue.forEach(known -> known.askNotBefore = now + period);
        return overdue.stream().map(known -> known.room).toList();
    }

    private static boolean mayBeAsked(Known known, long now) {
        return known.waitsSince != null && !known.isHandedOn && !known.room.isInFlight() && now >= known.askNotBefore;
    }

    /** The room is read too if no list shows the agent, because it does. */
    private boolean mayBeAway(Known known, long now) {
        return isAway(known.room, now)
                || rule.dependsOnPresence(now - known.waitsSince)
                        && lookedForAgents > lastLook(known, now)
                        && seenOnline(known, now) == null;
    }

    private boolean isAway(WatchedRoom room, long now) {
        return Boolean.FALSE.equals(presence.isOnline(room.agentId(), now - RECENT));
    }

    /** The id of the customer of a room; null if Qiscus has not told it yet. */
    public synchronized String customerOf(WatchedRoom room) {
        Known known = known(room);
        return known == null ? null : known.customerId;
    }

    /** Whether the room itself shows, too, that the customer has no answer. */
    public synchronized boolean stillWaits(WatchedRoom room, RoomPage page, long now) {
        Known known = known(room);
        if (known == null) {
            return false;
        }
        ListedRoom shown = page.rooms().stream()
                .filter(row -> row.roomId().equals(room.roomId()))
                .findFirst()
                .orElse(null);
        if (shown == null || shown.isResolved() || shown.last() == null || ahead == null) {
            known.askNotBefore = now + ASK_AGAIN;
            return false;
        }
        if (known.waitsSince == null || page.conversation().get(0).sender() == Sender.ANSWER) {
            known.waitsSince = null;
            known.askNotBefore = now + ASK_AGAIN;
            return false;
        }
        Long since = proven(known, page.conversation(), shown.isWaiting());
        if (since == null) {
            known.askNotBefore = now + ASK_AGAIN;
            return false;
        }
        known.waitsSince = since;
        return rule.mayBeBroken(now - since);
    }

    private Long proven(Known known, List<Message> newestFirst, boolean isNotServedYet) {
        List<Message> said = newestFirst.stream()
                .map(message -> new Message(message.sender(), ours(message.at())))
                .toList();
        Long since = new Conversation(said).unansweredSince(known.room);
        if (since == null) {
            return null;
        }
        if (known.answeredAt == null) {
            // Before the first answer it does not matter how often the customer wrote.
            boolean hasTheLastWord = newestFirst.get(0).sender() == Sender.CUSTOMER;
            return hasTheLastWord && isNotServedYet ? Long.valueOf(known.room.since()) : since;
        }
        // The list showed an answer. Only later messages from the customer count.
        return newestFirst.stream()
                .filter(message -> message.sender() != Sender.SYSTEM)
                .findFirst()
                .filter(message -> message.sender() == Sender.CUSTOMER
                        && (known.last.sender() == Sender.ANSWER
                                ? message.at() > known.answeredAt
                                : message.at() >= known.answeredAt))
                .map(message -> Long.valueOf(Math.max(known.room.since(), ours(message.at()))))
                .orElse(null);
    }

    /**
     * The final decision.
     *
     * @param inRoom who is in the room
     * @return null if the customer stays with the agent
     */
    public synchronized Unanswered unanswered(WatchedRoom room, InRoom inRoom, long now) {
        Known known = known(room);
        if (known == null || known.waitsSince == null || inRoom == null) {
            return null;
        }
        Boolean shownOnline = inRoom.listed().stream()
                .filter(agent -> agent.id().equals(room.agentId()))
                .map(Agent::isOnline)
                .findFirst()
                .orElse(null);
        boolean isAway = shownOnline == null ? isAway(room, now) : !shownOnline;
        Unanswered.Reason reason = rule.broken(isAway, now - known.waitsSince);
        // Evidence from before the end of the time limit is only a hint.
        boolean isHint = shownOnline == null && reason == Unanswered.Reason.AWAY && seenOnline(known, now) == null;
        boolean isThere =
                switch (inRoom.who()) {
                    case OURS -> true;
                    case NOT_ANSWERED -> !isHint;
                    // Qiscus may or may not name agents who are offline.
                    case NOBODY -> isAway;
                    case OTHER, LATER -> false;
                };
        if (isThere && reason != null) {
            return new Unanswered(room.roomId(), room.agentId(), reason, known.waitsSince);
        }
        if (inRoom.who() != InRoom.Who.LATER && !isHint) {
            // The list of all agents may still say otherwise for a while.
            long untilSilent =
                    rule.silent() == null ? 0 : known.waitsSince + rule.silent().toMillis() - now;
            known.askNotBefore = now + (untilSilent > 0 ? Math.min(lookAgain(), untilSilent) : lookAgain());
        }
        return null;
    }

    /** The decider handles the room from here on, unless the list shows news. */
    public synchronized void handedOn(WatchedRoom room) {
        Known known = known(room);
        if (known != null) {
            known.isHandedOn = true;
        }
    }

    private Known known(WatchedRoom room) {
        Known known = rooms.get(room.roomId());
        return known != null && known.room.isSameAs(room) ? known : null;
    }

    private Known newlyHeld(WatchedRoom room) {
        Known before = rooms.get(room.roomId());
        Known next = new Known(room, before == null ? null : before.last);
        next.customerId = before == null ? null : before.customerId;
        return next;
    }
}
