package assignment;

/**
 * What happened to other sessions while one session failed at one kind of call to Qiscus.
 *
 * @param othersFailed another session failed, and none was served since; failures that were one session's own do not
 *     count
 * @param othersServed another session was served since this one last failed
 * @param answersRightly Qiscus answered some other call correctly since then
 * @param faultsPass a session that had failed was served since then, so such failures do pass
 */
public record Evidence(boolean othersFailed, boolean othersServed, boolean answersRightly, boolean faultsPass) {

    public FaultScope scope() {
        if (othersFailed) {
            return FaultScope.ALL_ROOMS;
        }
        if (faultsPass || !othersServed && !answersRightly) {
            return FaultScope.OPEN;
        }
        return othersServed ? FaultScope.THIS_ROOM : FaultScope.PROBABLY_THIS_ROOM;
    }
}
