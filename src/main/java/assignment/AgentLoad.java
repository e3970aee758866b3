package assignment;

/**
 * What we know of an agent's external customers, which were assigned by hand or by another program. Qiscus's count
 * includes them, but it is late by up to the settle time, in both directions. Our count is exact, but includes only our
 * own customers.
 *
 * <p>The number of external customers lies between {@code shown - highest of ours} and {@code shown - lowest of ours}.
 * A rise of the lower bound counts at once. The upper bound may be ignored, so that a freed slot is used at once, but only
 * while a number that was certain less than a settle time ago still lies between the two. A count that contradicts that
 * number ends the certainty, and from then on the upper bound counts.
 *
 * <p>A falling count has two explanations: an external customer left, or one of ours was resolved and its webhook is
 * still on the way. So an estimate that is too high falls by one only after a settle time of doubt. A certainty that
 * came with such a fall ends when that webhook arrives.
 *
 * @param external the best present estimate
 * @param possible the upper bound by Qiscus's last count; never less than {@code external} while that is uncertain
 * @param certainAt when the upper bound last did not exceed the estimate, epoch milliseconds; or {@link #NEVER}
 * @param doubtedSince since when Qiscus has shown too few customers for the estimate; or {@link #NEVER}
 * @param surplus by how much Qiscus's last count exceeded our own, but at least the estimate
 * @param surplusFell when the surplus last fell while more external customers were, and still are, possible; or {@link
 *     #NEVER}
 */
public record AgentLoad(int external, int possible, long certainAt, long doubtedSince, int surplus, long surplusFell) {
    static final long NEVER = Long.MIN_VALUE / 2;

    private static final int ANY_NUMBER = Integer.MAX_VALUE / 2;

    /** The load of an agent that no list has named yet. */
    public static final AgentLoad UNKNOWN = new AgentLoad(0, ANY_NUMBER, NEVER, NEVER, ANY_NUMBER, NEVER);

    /** Applies Qiscus's next count. @param settle for how many milliseconds Qiscus may show an old count */
    public AgentLoad seen(int shown, OurCount ours, long now, long settle) {
        int least = Math.max(0, shown - ours.highest());
        int most = Math.max(0, shown - ours.lowest());
        int estimate = Math.min(Math.max(external, least), shown);
        boolean isDoubted = estimate > most;
        long doubted = !isDoubted ? NEVER : doubtedSince == NEVER || estimate != external ? now : doubtedSince;
        if (isDoubted && now - doubted >= settle) {
            estimate--;
            doubted = now;
        }
        long certain = least > external ? NEVER : certainAt;
        if (estimate >= most) {
            certain = now;
        }
        int nowSurplus = Math.max(estimate, shown - ours.now());
        boolean fellNow = nowSurplus < surplus && possible > external && shown > estimate;
        long fell = fellNow ? now : surplusFell;
        return new AgentLoad(estimate, most, certain, doubted, nowSurplus, fell);
    }

    /**
     * One of ours was resolved, perhaps a while ago. If Qiscus has shown fewer customers since, that may be the reason.
     */
    public AgentLoad afterResolve(long now, long settle) {
        return now - surplusFell < settle
                ? new AgentLoad(external, possible + 1, NEVER, doubtedSince, surplus, surplusFell)
                : this;
    }

    /** One of ours left at an unknown time. It may have hidden an external customer from all earlier counts. */
    public AgentLoad afterStale() {
        return new AgentLoad(external, possible + 1, NEVER, NEVER, surplus + 1, surplusFell);
    }

    /** One more is ours since an unknown time. It may have been counted as external, or Qiscus may not show it yet. */
    public AgentLoad withoutOne() {
        return new AgentLoad(Math.max(0, external - 1), possible, NEVER, doubtedSince, surplus, surplusFell);
    }

    /** The number of external customers to count with now. */
    public int counted(long now, long settle) {
        boolean certain = now - certainAt < settle && now >= certainAt - settle;
        return certain ? external : Math.max(external, possible);
    }
}
