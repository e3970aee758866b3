package observe;

import assignment.Setback;

/** Why a session went back to its place: few and fixed, as a label must be, whatever Qiscus says in words. */
enum LoopBack {
    NO_AGENT_ONLINE,
    AGENTS_FULL,
    /** What was free is owed to older sessions. */
    OLDER_FIRST,
    /** Qiscus said no to this one, and served others. */
    QISCUS_REFUSED,
    /** Qiscus answers nobody, as far as is known: it is away, too slow, overloaded, or refuses our credentials. */
    QISCUS_FAILING,
    /** The worker's process died, or lost Redis. */
    WORKER_GONE,
    OTHER;

    /** @param reason as the script {@code reserve} tells it */
    static LoopBack of(String reason) {
        return switch (String.valueOf(reason)) {
            case "no agent is online" -> NO_AGENT_ONLINE;
            case "every agent is full" -> AGENTS_FULL;
            case "older sessions come first" -> OLDER_FIRST;
            default -> OTHER;
        };
    }

    static LoopBack of(Setback setback) {
        return setback.isRefused() ? QISCUS_REFUSED : setback.isItsOwn() ? OTHER : QISCUS_FAILING;
    }

    String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
