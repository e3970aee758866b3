package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.AssignAnswer.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import support.MovableClock;

class RetryPolicyTest {
    private final MovableClock clock = new MovableClock();
    private final SuccessTracker lists = new SuccessTracker(Duration.ofSeconds(10), Duration.ofMinutes(10), clock);
    private final SuccessTracker assigns = new SuccessTracker(Duration.ofSeconds(10), Duration.ofMinutes(10), clock);
    private final RetryPolicy retryPolicy = new RetryPolicy(lists, assigns);

    // ---- a step before the assign call failed

    @ParameterizedTest
    @ValueSource(ints = {QiscusFault.NO_ANSWER, 200, 400, 401, 402, 403, 404, 405, 408, 422, 500, 502, 503, 504})
    void anOpenFailureMeansAShortRestAndCostsNoAttempt(int status) {
        Retry retry = retryPolicy.afterListFailed(tried(7), new QiscusFault(status, "Qiscus's words", null));

        assertThat(retry.rest()).isBetween(Duration.ofMillis(500), Duration.ofMillis(1000));
        assertThat(retry.pause()).isZero();
        assertThat(retry.isItsOwn()).isFalse();
        assertThat(retry.isRefused()).isFalse();
        assertThat(retry.isFinal()).isFalse();
        assertThat(retry.reason()).isEqualTo("Qiscus's words");
    }

    @ParameterizedTest
    @ValueSource(ints = {QiscusFault.NO_ANSWER, 200, 400, 401, 402, 403, 404, 405, 408, 422, 500, 502, 503, 504})
    void aFailureOfRoomAfterRoomPausesAll(int status) {
        QiscusFault fault = new QiscusFault(status, "no", null);
        retryPolicy.afterListFailed(tried("2", 0), fault);

        Retry retry = retryPolicy.afterListFailed(tried(7), fault);

        assertThat(retry.pause()).isBetween(Duration.ofMillis(500), Duration.ofMillis(1000));
        assertThat(retry.rest()).isZero();
        assertThat(retry.isItsOwn()).isFalse();
        assertThat(retry.needsEvidence()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {QiscusFault.NOT_SENT, 429})
    void aFaultOfAllRoomsPausesAllAtOnce(int status) {
        QiscusFault fault = new QiscusFault(status, "no", null);
        retryPolicy.afterListFailed(tried(0), fault);
        lists.succeeded(Session.ofRoom("2"));

        assertThat(retryPolicy.afterListFailed(tried(0), fault).pause()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 403, 404, 405, 409, 410, 422})
    void aLastingRefusalOfOneRoomIsForAHuman(int status) {
        assertThat(failsWhileOthersAreServed(status, 4).isFinal()).isFalse();
        Retry fifth = failsWhileOthersAreServed(status, 1);

        assertThat(fifth.isFinal()).isTrue();
        assertThat(fifth.isRefused()).isTrue();
        assertThat(failsWhileOthersAreServed(status, 1).isFinal()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {QiscusFault.NO_ANSWER, 200, 408, 500, 503})
    void anotherLastingFailureRestsLongerAndLongerButIsNotForAHuman(int status) {
        Retry tenth = failsWhileOthersAreServed(status, 10);

        assertThat(tenth.isItsOwn()).isTrue();
        assertThat(tenth.rest()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
        assertThat(tenth.pause()).isZero();
        assertThat(tenth.isRefused()).isFalse();
        assertThat(tenth.isFinal()).isFalse();
        assertThat(tenth.needsEvidence()).isFalse();
    }

    private Retry failsWhileOthersAreServed(int status, int times) {
        Retry last = null;
        for (int i = 0; i < times; i++) {
            last = retryPolicy.afterListFailed(tried(3), new QiscusFault(status, "no", null));
            clock.pass(Duration.ofSeconds(4));
            lists.succeeded(Session.ofRoom("2"));
        }
        return last;
    }

    @Test
    void aRefusalWithoutEvidenceNeedsAnotherCall() {
        assertThat(retryPolicy
                        .afterListFailed(tried(0), new QiscusFault(404, "no", null))
                        .needsEvidence())
                .isTrue();
        assertThat(retryPolicy.mayAsk()).isTrue();
        assertThat(retryPolicy.mayAsk()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, 403})
    void allPauseForTheRetryAfterOfQiscus(int status) {
        QiscusFault tooMany = new QiscusFault(status, "Qiscus answered " + status, Duration.ofSeconds(42));

        Retry retry = retryPolicy.afterListFailed(tried(7), tooMany);

        assertThat(retry.pause()).isEqualTo(Duration.ofSeconds(42));
        assertThat(retry.isItsOwn()).isFalse();
    }

    @Test
    void aRetryAfterForOneRoomHoldsUpNoOther() {
        QiscusFault busy = new QiscusFault(503, "Qiscus answered 503", Duration.ofSeconds(42));
        retryPolicy.afterListFailed(tried(0), busy);
        lists.succeeded(Session.ofRoom("2"));

        Retry retry = retryPolicy.afterListFailed(tried(0), busy);

        assertThat(retry.rest()).isEqualTo(Duration.ofSeconds(42));
        assertThat(retry.pause()).isZero();
    }

    @Test
    void allPauseAMomentEvenIfRetryAfterIsZero() {
        QiscusFault tooMany = new QiscusFault(429, "Qiscus answered 429", Duration.ZERO);
        AssignAnswer later = new AssignAnswer(Outcome.LATER, "Qiscus answered 429", Duration.ZERO);

        Retry beforeTheCall = retryPolicy.afterListFailed(tried(0), tooMany);
        Retry afterTheCall = retryPolicy.afterAssignFailed(tried(0), later);

        assertThat(beforeTheCall.pause()).isGreaterThanOrEqualTo(Duration.ofMillis(500));
        assertThat(afterTheCall.pause()).isGreaterThanOrEqualTo(Duration.ofMillis(500));
    }

    @Test
    void thePauseGrowsWithTheOutageUpToThreeSeconds() {
        QiscusFault fault = new QiscusFault(404, "Qiscus answered 404", null);
        retryPolicy.afterListFailed(tried("2", 0), fault);
        clock.pass(Duration.ofHours(1));

        Retry retry = retryPolicy.afterListFailed(tried(0), fault);

        assertThat(retry.pause()).isBetween(Duration.ofMillis(1500), Duration.ofSeconds(3));
    }

    @Test
    void anUnexpectedFailureIsMentionedButNotQuoted() {
        Exception failure = new IllegalArgumentException("Unexpected character in <token>");

        Retry retry = retryPolicy.afterListFailed(tried(0), failure);

        assertThat(retry.reason()).isEqualTo("an unexpected failure while looking for an agent");
        assertThat(retry.rest()).isBetween(Duration.ofMillis(500), Duration.ofMillis(1000));
        assertThat(retry.pause()).isZero();
        assertThat(retry.isFinal()).isFalse();
    }

    // ---- the assign call took no effect

    @Test
    void aTemporaryFailureOfAnAssignCallPausesAll() {
        AssignAnswer answer = new AssignAnswer(Outcome.LATER, "Qiscus cannot be reached", Duration.ofMinutes(5));

        Retry retry = retryPolicy.afterAssignFailed(tried(0), answer);

        assertThat(retry.pause()).isEqualTo(Duration.ofMinutes(5));
        assertThat(retry.rest()).isZero();
        assertThat(retry.isFinal()).isFalse();
        assertThat(retry.reason()).isEqualTo("Qiscus cannot be reached");
    }

    @Test
    void aRefusalOfARoomThatQiscusShowsIsItsOwn() {
        Retry retry = retryPolicy.afterAssignFailed(tried(2), REFUSED, RoomState.WAITING);

        assertThat(retry.isRefused()).isTrue();
        assertThat(retry.isItsOwn()).isFalse();
        assertThat(retry.rest()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(retry.isFinal()).isFalse();
    }

    @Test
    void aRefusalOfARoomThatQiscusDoesNotShowMayBeAnOutage() {
        Retry first = retryPolicy.afterAssignFailed(tried(2), REFUSED, RoomState.MISSING);
        Retry ofTheNext = retryPolicy.afterAssignFailed(tried("2", 2), REFUSED, RoomState.MISSING);

        assertThat(first.isRefused()).isFalse();
        assertThat(first.needsEvidence()).isTrue();
        assertThat(first.reason()).isEqualTo("Qiscus answered 400");
        assertThat(ofTheNext.pause()).isPositive();
    }

    @Test
    void theSameRefusalOfRoomAfterRoomIsNoRoomsOwn() {
        retryPolicy.afterAssignFailed(tried("2", 0), REFUSED, RoomState.MISSING);

        assertThat(retryPolicy
                        .afterAssignFailed(tried(0), REFUSED, RoomState.WAITING)
                        .pause())
                .isPositive();
    }

    @Test
    void anUnknownRoomIsForAHumanWithThatReason() {
        Retry last = refusedWhileOthersGetAnAgent(RoomState.MISSING);

        assertThat(last.isFinal()).isTrue();
        assertThat(last.reason()).isEqualTo("Qiscus does not know the room");
    }

    @Test
    void aLastingRefusalIsForAHumanWithTheWordsOfQiscus() {
        Retry last = refusedWhileOthersGetAnAgent(RoomState.WAITING);

        assertThat(last.isFinal()).isTrue();
        assertThat(last.reason()).isEqualTo("Qiscus answered 400");
    }

    private Retry refusedWhileOthersGetAnAgent(RoomState room) {
        Retry last = null;
        for (int i = 0; i < 5; i++) {
            assertThat(last == null || !last.isFinal()).isTrue();
            last = retryPolicy.afterAssignFailed(tried(0), REFUSED, room);
            clock.pass(Duration.ofSeconds(4));
            assigns.succeeded(Session.ofRoom("2"));
        }
        return last;
    }

    @Test
    void anUnansweredCallWithoutEffectIsNotARefusal() {
        AssignAnswer unanswered = new AssignAnswer(Outcome.UNKNOWN, "Qiscus did not answer", Duration.ofMinutes(5));

        Retry retry = retryPolicy.afterAssignFailed(tried(0), unanswered, RoomState.WAITING);

        assertThat(retry.isRefusal()).isFalse();
        assertThat(retry.rest()).isBetween(Duration.ofMillis(500), Duration.ofMillis(1000));
    }

    private static final AssignAnswer REFUSED = new AssignAnswer(Outcome.REFUSED, "Qiscus answered 400", null);

    private static Session tried(String room, int attempts) {
        return new Session(room, "wa", "wa", "Ayu", "1763882437123.456", null, attempts, null, "claim", null, null);
    }

    private static Session tried(int attempts) {
        return tried("1", attempts);
    }
}
