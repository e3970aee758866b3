package observe;

import assignment.Match;
import assignment.Retry;

/** Why a session went back to its place: few and fixed, as a label must be, whatever Qiscus says in words. */
enum LoopBack {
    NO_AGENT_ONLINE,
    AGENTS_FULL,
    /** They get no new chats, or had this one before. */
    AGENTS_EXCLUDED,
    /** What was free is owed to older sessions. */
    OLDER_FIRST,
    /** Qiscus said no to this one, and served others. */
    QISCUS_REFUSED,
    /** Qiscus answers nobody, as far as is known: it is away, too slow, overloaded, or refuses our credentials. */
    QISCUS_FAILING,
    /** The worker's process died, or lost Redis. */
    WORKER_GONE,
    OTHER;

    static LoopBack of(Match.Why why) {
        return switch (why) {
            case NO_AGENT_ONLINE -> NO_AGENT_ONLINE;
            case ALL_FULL, ALL_FULL_OR_PAUSED -> AGENTS_FULL;
            case ALL_PAUSED, ALL_HAD_IT -> AGENTS_EXCLUDED;
            default -> OLDER_FIRST;
        };
    }

    static LoopBack of(Retry retry) {
        return retry.isRefused() ? QISCUS_REFUSED : retry.isItsOwn() ? OTHER : QISCUS_FAILING;
    }

    String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
