package assignment;

import static assignment.Match.Why.ALL_FULL;
import static assignment.Match.Why.FEWEST_CUSTOMERS;
import static assignment.Match.Why.NO_AGENT_ONLINE;
import static assignment.Match.Why.OLDER_FIRST;
import static assignment.Match.Why.ONLY_ONE_FREE;
import static assignment.Match.Why.WAITED_LONGEST;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which session gets which agent, as described in {@code docs/decisions.md}. */
class MatchingTest {
    private final List<Contender> contenders = new ArrayList<>();
    private final List<Candidate> candidates = new ArrayList<>();

    @Nested
    class TheChosenAgent {

        @Test
        void hasTheFewestCustomers() {
            agent("siti", 1, 2);
            agent("budi", 0, 2);
            agent("dewi", 1, 2);
            waits("ayu", "siti", "budi", "dewi");

            assertThat(chosen()).containsExactly("budi");
            assertThat(reasons()).containsExactly(FEWEST_CUSTOMERS);
        }

        @Test
        void hasTheSmallestShareOfTheirCapacityInUse() {
            agent("siti", 1, 2);
            agent("budi", 2, 5);
            waits("ayu", "siti", "budi");

            assertThat(chosen()).containsExactly("budi");
            assertThat(reasons()).containsExactly(FEWEST_CUSTOMERS);
        }

        @Test
        void isComparedWithoutRounding() {
            agent("siti", 333, 1000);
            agent("budi", 332, 999);
            waits("ayu", "siti", "budi");

            assertThat(chosen()).containsExactly("budi");
        }

        @Test
        void hasWaitedLongestAmongThoseWithEqualShares() {
            agent("siti", 1, 2, 3_000);
            agent("budi", 2, 4, 1_000);
            agent("dewi", 1, 2, 2_000);
            waits("ayu", "siti", "budi", "dewi");

            assertThat(chosen()).containsExactly("budi");
            assertThat(reasons()).containsExactly(WAITED_LONGEST);
        }

        @Test
        void isOneWhoNeverHadACustomerBeforeOneWhoDid() {
            agent("siti", 0, 2, 1_000);
            agent("budi", 0, 2, 0);
            waits("ayu", "siti", "budi");

            assertThat(chosen()).containsExactly("budi");
        }

        @Test
        void isTheFirstByIdIfNothingElseDiffers() {
            agent("budi", 0, 2);
            agent("ani", 0, 2);
            waits("ayu", "budi", "ani");

            assertThat(chosen()).containsExactly("ani");
            assertThat(reasons()).containsExactly(WAITED_LONGEST);
        }

        @Test
        void mayBeTheOnlyOneBelowCapacity() {
            agent("siti", 2, 2);
            agent("budi", 1, 2);
            waits("ayu", "siti", "budi");

            assertThat(chosen()).containsExactly("budi");
            assertThat(reasons()).containsExactly(ONLY_ONE_FREE);
        }

        @Test
        void isOnlineForThisRoom() {
            agent("siti", 0, 2);
            agent("budi", 1, 2);
            waits("ayu", "budi");

            assertThat(chosen()).containsExactly("budi");
        }

        @Test
        void isShownWithTheCountBeforeThisCustomer() {
            agent("siti", 1, 2);
            waits("ayu", "siti");

            assertThat(matches().get(0).agent().customers()).isEqualTo(1);
        }
    }

    @Nested
    class NobodyIsChosen {

        @Test
        void ifEveryAgentIsFull() {
            agent("siti", 2, 2);
            agent("budi", 7, 2);
            waits("ayu", "siti", "budi");

            assertThat(chosen()).containsExactly((String) null);
            assertThat(reasons()).containsExactly(ALL_FULL);
        }

        @Test
        void ifNoAgentIsOnline() {
            agent("siti", 0, 2);
            waits("ayu");

            assertThat(chosen()).containsExactly((String) null);
            assertThat(reasons()).containsExactly(NO_AGENT_ONLINE);
        }

        @Test
        void ifTheOnlyAgentHasCapacityZero() {
            agent("siti", 0, 0);
            waits("ayu", "siti");

            assertThat(chosen()).containsExactly((String) null);
            assertThat(reasons()).containsExactly(ALL_FULL);
        }

        @Test
        void ifTheOnlyAgentIsUnknown() {
            waits("ayu", "stranger");

            assertThat(chosen()).containsExactly((String) null);
            assertThat(reasons()).containsExactly(NO_AGENT_ONLINE);
        }

        @Test
        void ifTheOnlyAgentMayStillBeFull() {
            contenders.add(new Contender("siti", "Siti", 2, 2, 1, false, 0));
            waits("ayu", "siti");

            assertThat(reasons()).containsExactly(ALL_FULL);
        }
    }

    @Nested
    class TheOldestSession {

        @Test
        void choosesFirst() {
            agent("siti", 1, 2);
            waits("ayu", "siti");
            waits("budi", "siti");

            assertThat(chosen()).containsExactly("siti", null);
            assertThat(reasons()).containsExactly(ONLY_ONE_FREE, OLDER_FIRST);
        }

        @Test
        void holdsUpNoOtherIfThereAreEnoughSlots() {
            agent("siti", 0, 2);
            waits("ayu", "siti");
            waits("budi", "siti");
            waits("citra", "siti");

            assertThat(chosen()).containsExactly("siti", "siti", null);
            assertThat(matches().get(1).agent().customers()).isEqualTo(1);
        }

        @Test
        void holdsUpNoYoungerSessionWithOtherAgents() {
            agent("siti", 2, 2);
            agent("budi", 0, 2);
            waits("ayu", "siti");
            waits("citra", "budi");
            waits("dewi");

            assertThat(chosen()).containsExactly(null, "budi", null);
            assertThat(reasons()).containsExactly(ALL_FULL, ONLY_ONE_FREE, NO_AGENT_ONLINE);
        }

        @Test
        void leavesTheNextOneToTheSessionAfterIt() {
            agent("siti", 0, 2, 1_000);
            agent("budi", 0, 2, 2_000);
            waits("ayu", "siti", "budi");
            waits("citra", "siti", "budi");
            waits("dewi", "siti", "budi");

            assertThat(chosen()).containsExactly("siti", "budi", "siti");
            assertThat(reasons()).containsExactly(WAITED_LONGEST, FEWEST_CUSTOMERS, WAITED_LONGEST);
        }

        @Test
        void doesNotBlameOlderSessionsForAnAgentWhoWasFullBefore() {
            agent("siti", 2, 2);
            agent("budi", 1, 2);
            waits("ayu", "budi");
            waits("citra", "siti");

            assertThat(reasons()).containsExactly(ONLY_ONE_FREE, ALL_FULL);
        }
    }

    @Nested
    class AnAgentWhomQiscusRefusedForTheRoom {

        @Test
        void isNotAskedAgainWhileThereIsAnother() {
            agent("siti", 0, 2);
            agent("budi", 1, 2);
            waits("ayu", Set.of("siti"), "siti", "budi");

            assertThat(chosen()).containsExactly("budi");
            assertThat(reasons()).containsExactly(ONLY_ONE_FREE);
        }

        @Test
        void isNotAskedAgainEvenWhileTheOtherIsFull() {
            agent("siti", 0, 2);
            agent("budi", 2, 2);
            waits("ayu", Set.of("siti"), "siti", "budi");

            assertThat(reasons()).containsExactly(ALL_FULL);
        }

        @Test
        void isAskedAgainIfThereIsNoOther() {
            agent("siti", 0, 2);
            waits("ayu", Set.of("siti"), "siti");

            assertThat(chosen()).containsExactly("siti");
        }

        @Test
        void isAvailableToOtherRooms() {
            agent("siti", 0, 2);
            agent("budi", 1, 2);
            waits("ayu", Set.of("siti"), "siti", "budi");
            waits("citra", "siti", "budi");

            assertThat(chosen()).containsExactly("budi", "siti");
        }
    }

    @Nested
    class ASessionThatMoves {

        @Test
        void neverReturnsToAnAgentWhoHadIt() {
            agent("siti", 0, 2);
            agent("budi", 1, 2);
            moves("ayu", List.of("siti"), "siti", "budi");

            assertThat(chosen()).containsExactly("budi");
        }

        @Test
        void staysIfOnlyAgentsWhoHadItAreOnline() {
            agent("siti", 0, 2);
            agent("budi", 1, 2);
            moves("ayu", List.of("siti", "budi"), "siti", "budi");

            assertThat(chosen()).containsOnlyNulls();
            assertThat(reasons()).containsExactly(Match.Why.ALL_HAD_IT);
        }

        @Test
        void holdsUpNoYoungerSessionOfThoseAgents() {
            agent("siti", 0, 2);
            moves("ayu", List.of("siti"), "siti");
            waits("citra", "siti");

            assertThat(chosen()).containsExactly(null, "siti");
        }

        @Test
        void comesBeforeYoungerSessions() {
            agent("budi", 1, 2);
            moves("ayu", List.of("siti"), "budi");
            waits("citra", "budi");

            assertThat(chosen()).containsExactly("budi", null);
            assertThat(reasons()).containsExactly(Match.Why.ONLY_ONE_FREE, Match.Why.OLDER_FIRST);
        }
    }

    @Nested
    class APausedAgent {

        @Test
        void getsNoCustomers() {
            paused("siti");
            agent("budi", 1, 2);
            waits("ayu", "siti", "budi");

            assertThat(chosen()).containsExactly("budi");
        }

        @Test
        void isTheReasonIfTheOthersArePausedToo() {
            paused("siti");
            waits("ayu", "siti");

            assertThat(reasons()).containsExactly(Match.Why.ALL_PAUSED);
        }

        @Test
        void isPartOfTheReasonIfTheOthersAreFull() {
            paused("siti");
            agent("budi", 2, 2);
            waits("ayu", "siti", "budi");

            assertThat(reasons()).containsExactly(Match.Why.ALL_FULL_OR_PAUSED);
        }

        @Test
        void doesNotReplaceAnAgentThatQiscusRefused() {
            paused("siti");
            agent("budi", 1, 2);
            waits("ayu", Set.of("budi"), "siti", "budi");

            assertThat(chosen()).containsExactly("budi");
        }
    }

    @Test
    void twelveHundredAgentsAreNotTooMany() {
        String[] ids = IntStream.range(0, 1200).mapToObj(i -> "agent" + i).toArray(String[]::new);
        for (String id : ids) {
            agent(id, id.equals("agent700") ? 1 : 2, 2);
        }
        waits("ayu", ids);
        waits("budi", ids);

        assertThat(chosen()).containsExactly("agent700", null);
    }

    @Test
    void withoutSessionsNothingIsDecided() {
        agent("siti", 0, 2);

        assertThat(matches()).isEmpty();
    }

    private void agent(String id, int customers, int capacity) {
        agent(id, customers, capacity, 0);
    }

    private void agent(String id, int customers, int capacity, long lastAssigned) {
        contenders.add(new Contender(id, id, capacity, customers, customers, false, lastAssigned));
    }

    private void paused(String id) {
        contenders.add(new Contender(id, id, 2, 0, 0, true, 0));
    }

    private void moves(String room, List<String> had, String... online) {
        Move move = new Move(had.get(0), null, "silent", 0, had, 1, null, false);
        Session session = new Session(room, null, null, null, null, null, 0, null, null, null, move);
        candidates.add(new Candidate(session, new LinkedHashSet<>(List.of(online)), true, Set.of()));
    }

    private void waits(String room, String... online) {
        waits(room, Set.of(), online);
    }

    private void waits(String room, Set<String> avoided, String... online) {
        candidates.add(new Candidate(Session.ofRoom(room), new LinkedHashSet<>(List.of(online)), true, avoided));
    }

    private List<Match> matches() {
        return new Matching().fewestCustomersBelowCapacity(new Choice(candidates, contenders));
    }

    private List<String> chosen() {
        return matches().stream()
                .map(match -> match.isPlaced() ? match.agent().id() : null)
                .toList();
    }

    private List<Match.Why> reasons() {
        return matches().stream().map(Match::why).toList();
    }
}
