package assignment;

/**
 * What became of others while a session failed at one kind of call to Qiscus.
 *
 * @param othersFailed another one failed, and nobody was served since; those whose own fault that was do not count
 * @param othersServed another one was served since this one failed before
 * @param answersRightly Qiscus answered something else rightly since then
 * @param faultsPass one that had failed was served since then: such failures go by
 */
public record Evidence(boolean othersFailed, boolean othersServed, boolean answersRightly, boolean faultsPass) {

    public FaultScope whose() {
        if (othersFailed) {
            return FaultScope.ALL_ROOMS;
        }
        if (faultsPass || !othersServed && !answersRightly) {
            return FaultScope.OPEN;
        }
        return othersServed ? FaultScope.THIS_ROOM : FaultScope.PROBABLY_THIS_ROOM;
    }
}
