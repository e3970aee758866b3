package observe;

import assignment.Match;
import assignment.Retry;

/** Why a session went back to its place. As a label these must be few and fixed, whatever Qiscus says in words. */
enum LoopBack {
    NO_AGENT_ONLINE,
    AGENTS_FULL,
    /** The agents are paused, or had this session before. */
    AGENTS_EXCLUDED,
    /** The free slots belong to older sessions. */
    OLDER_FIRST,
    /** Qiscus refused this session and served others. */
    QISCUS_REFUSED,
    /** Qiscus serves no session, as far as we know: it is away, slow or overloaded, or it refuses our credentials. */
    QISCUS_FAILING,
    /** The worker's process stopped, or lost Redis. */
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
