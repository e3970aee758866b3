package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.AssignAnswer.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetbacksTest {
    private final Witness lists = new Witness();
    private final Witness assigns = new Witness();
    private final Setbacks setbacks = new Setbacks(lists, assigns);

    // ---- a step before the assign call failed

    @ParameterizedTest
    @ValueSource(ints = {QiscusFault.NOT_SENT, QiscusFault.NO_ANSWER, 401, 403, 429, 502, 503, 504})
    void whatWouldMeetEveryoneMakesAllPauseAndThisOneNotRest(int status) {
        QiscusFault fault = new QiscusFault(status, "Qiscus's words", null);

        Setback setback = setbacks.beforeAssigning(tried(0), fault);

        assertThat(setback.pause()).isBetween(Duration.ofMillis(500), Duration.ofMillis(1000));
        assertThat(setback.rest()).isZero();
        assertThat(setback.isFinal()).isFalse();
        assertThat(setback.reason()).isEqualTo("Qiscus's words");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 404, 408, 422, 500, 501, 505})
    void whatConcernsThisRoomLetsItRestAndNobodyElse(int status) {
        QiscusFault fault = new QiscusFault(status, "Qiscus's words", null);

        Setback setback = setbacks.beforeAssigning(tried(0), fault);

        assertThat(setback.rest()).isBetween(Duration.ofMillis(500), Duration.ofMillis(1000));
        assertThat(setback.pause()).isZero();
        assertThat(setback.isFinal()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "400, 3, false",
        "400, 4, true",
        "404, 4, true",
        "422, 9, true",
        "408, 9, false",
        "500, 9, false",
        "503, 9, false",
        "429, 9, false",
        "401, 9, false",
        "-1, 9, false",
        "0, 9, false",
        "200, 9, false"
    })
    void onlyARepeatedRefusalIsForAHuman(int status, int attempts, boolean isFinal) {
        QiscusFault fault = new QiscusFault(status, "Qiscus's words", null);

        Setback setback = setbacks.beforeAssigning(tried(attempts), fault);

        assertThat(setback.isFinal()).isEqualTo(isFinal);
    }

    @Test
    void allPauseAsLongAsQiscusWishes() {
        QiscusFault tooMany = new QiscusFault(429, "Qiscus answered 429", Duration.ofSeconds(42));

        Setback setback = setbacks.beforeAssigning(tried(7), tooMany);

        assertThat(setback.pause()).isEqualTo(Duration.ofSeconds(42));
    }

    @Test
    void theyPauseAWhileEvenIfQiscusWishesNone() {
        QiscusFault tooMany = new QiscusFault(429, "Qiscus answered 429", Duration.ZERO);
        AssignAnswer later = new AssignAnswer(Outcome.LATER, "Qiscus answered 429", Duration.ZERO);

        Setback beforeTheCall = setbacks.beforeAssigning(tried(0), tooMany);
        Setback afterTheCall = setbacks.afterAssigning(tried(0), later);

        assertThat(beforeTheCall.pause()).isGreaterThanOrEqualTo(Duration.ofMillis(500));
        assertThat(afterTheCall.pause()).isGreaterThanOrEqualTo(Duration.ofMillis(500));
    }

    @Test
    void anOutageIsTriedAgainAtLeastEveryFiveSeconds() {
        QiscusFault fault = new QiscusFault(503, "Qiscus answered 503", null);

        Setback setback = setbacks.beforeAssigning(tried(1000), fault);

        assertThat(setback.pause()).isBetween(Duration.ofMillis(2500), Duration.ofSeconds(5));
    }

    @Test
    void anUnexpectedFailureIsNamedButNotQuoted() {
        Exception failure = new IllegalArgumentException("Unexpected character in <token>");

        Setback setback = setbacks.beforeAssigning(tried(0), failure);

        assertThat(setback.reason()).isEqualTo("IllegalArgumentException while looking for an agent");
        assertThat(setback.rest()).isBetween(Duration.ofMillis(500), Duration.ofMillis(1000));
        assertThat(setback.pause()).isZero();
        assertThat(setback.isFinal()).isFalse();
    }

    // ---- the assign call took no effect

    @Test
    void whatMayWorkLaterMakesAllPause() {
        AssignAnswer answer = new AssignAnswer(Outcome.LATER, "Qiscus cannot be reached", null);

        Setback setback = setbacks.afterAssigning(tried(0), answer);

        assertThat(setback.pause()).isBetween(Duration.ofMillis(500), Duration.ofMillis(1000));
        assertThat(setback.rest()).isZero();
        assertThat(setback.isFinal()).isFalse();
        assertThat(setback.reason()).isEqualTo("Qiscus cannot be reached");
    }

    @Test
    void afterTheAssignCallTooAllPauseAsLongAsQiscusWishes() {
        AssignAnswer answer = new AssignAnswer(Outcome.LATER, "Qiscus answered 429", Duration.ofMinutes(5));

        Setback setback = setbacks.afterAssigning(tried(0), answer);

        assertThat(setback.pause()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"REFUSED", "UNKNOWN"})
    void whatTheRoomBroughtBackRestsAlone(Outcome outcome) {
        AssignAnswer answer = new AssignAnswer(outcome, "Qiscus answered 400", null);

        Setback setback = setbacks.afterAssigning(tried(2), answer);

        assertThat(setback.rest()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(setback.pause()).isZero();
        assertThat(setback.isFinal()).isFalse();
    }

    @Test
    void whatWillNeverWorkIsForAHumanAtOnce() {
        AssignAnswer answer = new AssignAnswer(Outcome.NEVER, "Qiscus answered 422: no such agent", null);

        Setback setback = setbacks.afterAssigning(tried(0), answer);

        assertThat(setback.isFinal()).isTrue();
        assertThat(setback.reason()).isEqualTo("Qiscus answered 422: no such agent");
    }

    @Test
    void aRoomThatAlwaysMeetsAnOutageLetsOthersShowWhetherItIsOne() {
        QiscusFault outage = new QiscusFault(403, "no", Duration.ofSeconds(3));

        assertThat(setbacks.beforeAssigning(tried(4), outage).rest()).isZero();
        assertThat(setbacks.beforeAssigning(tried(5), outage).rest()).isGreaterThan(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 502, 503, 504, QiscusFault.NO_ANSWER})
    void whatOthersDoNotMeetMeanwhileIsTheRoomsOwn(int status) {
        QiscusFault fault = new QiscusFault(status, "no", null);
        setbacks.beforeAssigning(tried(5, 0), fault);
        lists.served(Session.ofRoom("2"));

        Setback ofThisRoom = setbacks.beforeAssigning(tried(6, 0), fault);
        Setback ofEverybody = setbacks.beforeAssigning(tried(7, 0), fault);

        assertThat(ofThisRoom.pause()).isZero();
        assertThat(ofThisRoom.rest()).isGreaterThanOrEqualTo(Duration.ofSeconds(15));
        assertThat(ofThisRoom.isRefusal()).isEqualTo(status == 401 || status == 403);
        assertThat(ofThisRoom.isFinal()).isFalse();
        assertThat(ofEverybody.pause()).isPositive();
    }

    @Test
    void aRoomThatIsForbiddenWhileOthersAreServedIsForAHumanInTheEnd() {
        QiscusFault forbidden = new QiscusFault(403, "no", null);
        AssignAnswer noAssign = new AssignAnswer(Outcome.FORBIDDEN, "no", null);
        lists.served(Session.ofRoom("2"));
        assigns.served(Session.ofRoom("2"));

        assertThat(setbacks.beforeAssigning(tried(9, 4), forbidden).isFinal()).isTrue();
        assertThat(setbacks.afterAssigning(tried(9, 4), noAssign).isFinal()).isTrue();
        assertThat(setbacks.afterAssigning(tried(9, 4), noAssign).pause()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, QiscusFault.NOT_SENT})
    void tooManyCallsAreEverybodysThoughOthersAreServed(int status) {
        lists.served(Session.ofRoom("2"));

        assertThat(setbacks.beforeAssigning(tried(9), new QiscusFault(status, "no", null))
                        .pause())
                .isPositive();
    }

    @Test
    void aRoomIsNoWitnessAgainstItself() {
        lists.served(tried(9));

        assertThat(setbacks.beforeAssigning(tried(9), new QiscusFault(503, "no", null))
                        .pause())
                .isPositive();
    }

    @Test
    void whoeverIsForbiddenForAWhileIsNotTheOnlyOne() {
        assigns.served(Session.ofRoom("2"));
        AssignAnswer forAWhile = new AssignAnswer(Outcome.FORBIDDEN, "no", Duration.ofSeconds(9));

        assertThat(setbacks.afterAssigning(tried(9), forAWhile).pause()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void aRoomThatIsNewPausesAllThoughOthersWereServed() {
        lists.served(Session.ofRoom("2"));

        assertThat(setbacks.beforeAssigning(tried(0), new QiscusFault(503, "no", null))
                        .pause())
                .isPositive();
    }

    private static Session tried(int attempts, int refusals) {
        return new Session("1", "wa", "wa", "Ayu", "1763882437123.456", null, attempts, refusals, null, "claim");
    }

    private static Session tried(int attempts) {
        return tried(attempts, attempts);
    }
}
