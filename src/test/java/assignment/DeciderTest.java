package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens from round to round. An agent may have two customers, and a period is a second. */
class DeciderTest {
    private static final int WORKERS = 4;
    private static final long PERIOD = 1000;
    private static final long A_CALL = 100;

    private final Decider decider =
            new Decider(new Decider.Rules(WORKERS, Duration.ofSeconds(10), Duration.ofMillis(PERIOD)));
    private final List<Session> heads = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final List<CountChange> changes = new ArrayList<>();
    private final Map<String, Integer> capacities = new HashMap<>();
    private final Map<String, Long> lastAssigned = new HashMap<>();
    private long now = 1_000_000;
    private boolean isFirst = true;
    private boolean isCut;
    private long pausedUntil;

    @Test
    void anAgentIsOnlineIfTheLatestListThatNamesThemSaysSo() {
        assertThat(decider.isOnline("siti", 0)).isNull();

        sitiIsFree("c1");
        assertThat(decider.isOnline("siti", now - PERIOD)).isTrue();

        after(PERIOD);
        decider.present(List.of(offline("siti")), Map.of(), true, now);
        assertThat(decider.isOnline("siti", now - PERIOD)).isFalse();
        assertThat(decider.isOnline("siti", now)).isNull();
        assertThat(decider.isOnline("budi", 0)).isNull();
    }

    @Nested
    class WhoIsAskedFor {

        @Test
        void isEverySessionOfANewLineWhileKnownAgentsMayServeIt() {
            sitiIsFree("old");
            waits("ayu", "new");

            assertThat(asked(round())).containsExactly("ayu");
        }

        @Test
        void isOnlyTheFirstOfEachLineWhileNoAgentIsKnown() {
            waits("ayu", "c1");
            waits("budi", "c1");
            waits("citra", "c2");

            assertThat(asked(round())).containsExactly("ayu", "citra");
        }

        @Test
        void areThoseWhoAreLikelyToGetAnAgent() {
            sitiIsFree("c1");
            waits("ayu", "c1");
            waits("budi", "c1");
            waits("citra", "c1");

            assertThat(asked(round())).containsExactly("ayu", "budi");
        }

        @Test
        void isNoSessionWhileEveryAgentIsFull() {
            sitiIsFull("c1");
            waits("budi", "c1");

            assertThat(asked(round())).isEmpty();
        }

        @Test
        void isTheFirstOfALineOnceAPeriodWhileEveryAgentIsFull() {
            sitiIsFull("c1");
            waits("budi", "c1");

            after(PERIOD);
            assertThat(asked(round())).containsExactly("ayu");
            lists("ayu", siti(2));
            assertThat(asked(round())).isEmpty();
            after(PERIOD - 1);
            assertThat(asked(round())).isEmpty();
            after(1);
            assertThat(asked(round())).containsExactly("ayu");
        }

        @Test
        void isNoSessionThatIsBeingAskedForAlready() {
            waits("ayu", "c1");
            round();

            assertThat(asked(round())).isEmpty();
        }

        @Test
        void isTheSameSessionAgainIfQiscusGaveNoList() {
            Session ayu = waits("ayu", "c1");
            round();
            decider.notListed(ayu);

            assertThat(asked(round())).containsExactly("ayu");
        }

        @Test
        void areNoMoreThanTheWorkers() {
            for (int i = 0; i < 2 * WORKERS; i++) {
                waits("room" + i, "c" + i);
            }

            assertThat(asked(round())).hasSize(WORKERS);
            assertThat(asked(round())).isEmpty();
            lists("room0");
            assertThat(asked(round())).containsExactly("room" + WORKERS);
        }

        @Test
        void isNoSessionWhileAllWorkersAssign() {
            for (int i = 0; i < WORKERS; i++) {
                waits("room" + i, "c" + i);
            }
            round();
            heads.forEach(session -> decider.listed(session, List.of(agent("of-" + session.channel(), 0)), now));
            List<Placement> placements = round().placements();
            assertThat(placements).hasSize(WORKERS);
            placements.forEach(DeciderTest.this::reserved);
            waits("late", "c0");

            assertThat(asked(round())).isEmpty();
            assertThat(decider.assignCallEnded(placements.get(0).session())).isTrue();
            assertThat(asked(round())).containsExactly("late");
        }

        @Test
        void isASessionThatIsBackInLineBeforeItsCallHasEnded() {
            waits("ayu", "c1");
            round();
            lists("ayu", agent("a1", 0));
            Session ayu = round().placements().get(0).session();

            assertThat(asked(round())).isEmpty();
            assertThat(decider.assignCallEnded(ayu)).isTrue();
            assertThat(asked(round())).containsExactly("ayu");
        }

        @Test
        void isNoOtherSessionAfterACallThatLeftNoneOut() {
            waits("ayu", "c1");
            round();
            lists("ayu", agent("a1", 0));
            Placement placement = round().placements().get(0);
            reserved(placement);
            round();

            assertThat(decider.assignCallEnded(placement.session())).isFalse();
        }

        @Test
        void isAtOnceASessionThatCouldNotBeAskedForBefore() {
            sitiIsFull("c1");
            waits("budi", "c2");
            waits("citra", "c3");
            assertThat(asked(round())).containsExactly("budi", "citra");
            // Only a list can tell whether Siti has one more customer.
            after(1);
            counts.put("siti", 1);
            changes.add(new CountChange("siti", now, 1, -1, CountChange.Kind.STALE, 0));
            assertThat(asked(round())).isEmpty();

            lists("budi", agent("a2", 2));
            lists("citra", agent("a3", 2));

            assertThat(asked(round())).containsExactly("ayu");
        }

        @Test
        void isNoSessionDuringAPause() {
            waits("ayu", "c1");
            pausedUntil = now + 500;

            assertThat(asked(round())).isEmpty();
            after(500);
            assertThat(asked(round())).containsExactly("ayu");
        }
    }

    @Nested
    class ALineWithNobodyOnline {

        @Test
        void isAskedAboutEachPeriodAtFirst() {
            noAgentIsOnline();

            after(PERIOD);

            assertThat(asked(round())).containsExactly("ayu");
        }

        @Test
        void isAskedAboutAgainAfterAQuarterOfTheTimeThatItHasBeenEmpty() {
            noAgentIsOnline();
            after(100_000);
            round();
            lists("ayu", offline("siti"));

            after(20_000);
            assertThat(asked(round())).isEmpty();
            after(10_000);
            assertThat(asked(round())).containsExactly("ayu");
        }

        @Test
        void isAskedAboutAgainAfterTheTimeThatItHasBeenEmptyIfTheListOfAllAgentsIsRead() {
            noAgentIsOnline();
            after(100_000);
            round();
            lists("ayu", offline("siti"));

            after(50_000);
            decider.present(List.of(offline("siti")), Map.of(), true, now);
            assertThat(asked(round())).isEmpty();
            after(60_000);
            decider.present(List.of(offline("siti")), Map.of(), true, now);
            assertThat(asked(round())).containsExactly("ayu");
        }

        @Test
        void isAskedAboutAtOnceWhenAnotherLineShowsOneOfItsAgentsOnline() {
            noAgentIsOnline();
            after(100_000);
            round();
            lists("ayu", offline("siti"));
            after(PERIOD);
            waits("budi", "other");
            round();
            lists("budi", siti(0));

            assertThat(asked(round())).containsExactly("ayu");
        }

        private void noAgentIsOnline() {
            waits("ayu", "c1");
            round();
            lists("ayu", offline("siti"));
            Round round = round();
            assertThat(round.toAsk()).isEmpty();
            assertThat(round.waiting()).extracting(Match::why).containsExactly(Match.Why.NO_AGENT_ONLINE);
        }
    }

    @Nested
    class AList {

        @Test
        void decidesForItsRoom() {
            waits("ayu", "c1");
            round();
            lists("ayu", siti(1));

            assertThat(placed(round())).containsExactly("ayu siti");
        }

        @Test
        void doesNotDecideForAnotherRoomOfTheSameLine() {
            waits("ayu", "c1");
            waits("budi", "c1");
            round();
            lists("ayu", siti(0));

            Round round = round();

            assertThat(placed(round)).containsExactly("ayu siti");
            assertThat(asked(round)).containsExactly("budi");
        }

        @Test
        void tellsOnceWhyItsRoomKeepsWaiting() {
            waits("ayu", "c1");
            round();
            lists("ayu", siti(2));

            assertThat(round().waiting()).extracting(Match::why).containsExactly(Match.Why.ALL_FULL);
            assertThat(round().waiting()).isEmpty();
        }

        @Test
        void isTooOldToDecideAfterAQuarterOfASecond() {
            sitiIsFull("c1");
            after(250);
            capacities.put("siti", 3);

            Round round = round();

            assertThat(round.placements()).isEmpty();
            assertThat(asked(round)).containsExactly("ayu");
        }

        @Test
        void decidesUpToThatAge() {
            sitiIsFull("c1");
            after(249);
            capacities.put("siti", 3);

            assertThat(placed(round())).containsExactly("ayu siti");
        }

        @Test
        void mayWaitLongerForItsFirstRound() {
            waits("ayu", "c1");
            round();
            lists("ayu", siti(0));
            after(999);

            assertThat(placed(round())).containsExactly("ayu siti");
        }

        @Test
        void doesNotWaitForEver() {
            waits("ayu", "c1");
            round();
            lists("ayu", siti(0));
            after(1000);

            assertThat(asked(round())).containsExactly("ayu");
        }

        @Test
        void doesNotDecideAboutASlotThatCameFreeLater() {
            sitiIsFull("c1");
            after(1);
            changes.add(new CountChange("siti", now, 1, -1, CountChange.Kind.RESOLVED, 0));
            counts.put("siti", 1);

            Round round = round();

            assertThat(round.placements()).isEmpty();
            assertThat(asked(round)).containsExactly("ayu");
        }

        @Test
        void decidesAboutAnEarlierSlotAlthoughAnotherCameFreeLater() {
            lastAssigned.putAll(Map.of("siti", 800_000L, "budi", 900_000L));
            waits("ayu", "c1");
            counts.put("budi", 2);
            round();
            lists("ayu", siti(0), agent("budi", 2));
            counts.put("budi", 1);
            changes.add(new CountChange("budi", now + 1, 1, -1, CountChange.Kind.RESOLVED, 0));
            after(2);

            assertThat(placed(round())).containsExactly("ayu siti");
        }

        @Test
        void doesNotCountIfItWasNotRequested() {
            Session ayu = waits("ayu", "c1");
            decider.listed(ayu, List.of(siti(0)), now);

            assertThat(round().placements()).isEmpty();
        }

        @Test
        void doesNotDecideAboutAnAgentThatANewerOneShowsOffline() {
            waits("ayu", "c1");
            waits("budi", "c2");
            round();
            lists("ayu", siti(0));
            after(50);
            lists("budi", offline("siti"));

            Round round = round();

            assertThat(round.placements()).isEmpty();
        }

        @Test
        void reportsTheAgentsToTheWallboard() {
            waits("ayu", "c1");
            round();
            lists("ayu", siti(1), offline("budi"));

            assertThat(round().seen())
                    .containsExactly(new AgentSeen("siti", "siti", true, 1), new AgentSeen("budi", "budi", false, 0));
        }

        @Test
        void reportsNothingIfItShowsNothingNew() {
            waits("ayu", "c1");
            round();
            lists("ayu", siti(2));
            round();
            after(PERIOD);
            round();
            lists("ayu", siti(2));

            assertThat(round().seen()).isEmpty();
        }
    }

    @Nested
    class APromise {

        @Test
        void isKeptForAnOlderSessionWhileItsListIsUnderWay() {
            oneSlotForAyuAndBudi();
            lists("budi", siti(1));

            assertThat(round().placements()).isEmpty();
            lists("ayu", siti(1));
            assertThat(placed(round())).containsExactly("ayu siti");
        }

        @Test
        void isLostWhenTheListTakesASecondLongerThanAnotherOne() {
            oneSlotForAyuAndBudi();
            after(A_CALL + 1000);
            lists("budi", siti(1));
            after(1100);
            round();
            lists("budi", siti(1));

            assertThat(placed(round())).containsExactly("budi siti");
        }

        @Test
        void ofAnAgentWhoComesOnlineGoesToTheirOldestSession() {
            waits("ayu", "c1");
            waits("budi", "c2");
            round();
            lists("ayu", offline("siti"));
            round();
            after(500);
            lists("budi", siti(1));

            Round round = round();

            assertThat(round.placements()).isEmpty();
            assertThat(asked(round)).containsExactly("ayu");
            lists("ayu", siti(1));
            assertThat(placed(round())).containsExactly("ayu siti");
        }

        @Test
        void isMadeToASessionOfANewLine() {
            waits("ayu", "new");
            waits("budi", "c1");
            round();
            lists("budi", siti(1));

            assertThat(round().placements()).isEmpty();
            lists("ayu", agent("other", 2));
            assertThat(placed(round())).containsExactly("budi siti");
        }

        /** Ayu is older. Both are asked for. */
        private void oneSlotForAyuAndBudi() {
            sitiIsFree("c1");
            counts.put("siti", 1);
            waits("ayu", "c1");
            waits("budi", "c2");
            assertThat(asked(round())).containsExactly("ayu", "budi");
        }
    }

    @Nested
    class APlacement {

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void leadsToAnotherRoundIfALineMayHaveFurtherSessions(boolean further) {
            isCut = further;
            waits("ayu", "c1");
            assertThat(round().isUnfinished()).isFalse();
            lists("ayu", siti(0));

            assertThat(round().isUnfinished()).isEqualTo(further);
        }

        @Test
        void isNotMadeAgainWhileItsCallIsUnderWay() {
            waits("ayu", "c1");
            round();
            lists("ayu", siti(0));
            assertThat(round().placements()).hasSize(1);

            assertThat(round().placements()).isEmpty();
        }

        @Test
        void leadsToAnotherTryIfItIsNotReserved() {
            waits("ayu", "c1");
            round();
            lists("ayu", siti(0));
            Placement placement = round().placements().get(0);
            decider.notReserved(placement);
            counts.put("siti", 1);

            Round round = round();

            assertThat(asked(round)).containsExactly("ayu");
            lists("ayu", siti(1));
            assertThat(placed(round())).containsExactly("ayu siti");
        }

        @Test
        void expectsTheCountOfItsDecision() {
            counts.put("siti", 1);
            capacityIsThree();
            round();
            lists("ayu", siti(1));
            lists("budi", siti(1));

            assertThat(round().placements()).extracting(Placement::expected).containsExactly(1, 2);
        }

        @Test
        void saysHowLongTheSlotWasFreeWhileTheSessionWaited() {
            sitiIsFull("c1");
            after(1);
            counts.put("siti", 1);
            changes.add(new CountChange("siti", now, 1, -1, CountChange.Kind.RESOLVED, 0));
            after(30);
            assertThat(asked(round())).containsExactly("ayu");
            lists("ayu", siti(1));

            assertThat(round().placements()).extracting(Placement::freeFor).containsExactly(30 + A_CALL);
        }

        @Test
        void avoidsForAMinuteAnAgentThatQiscusRefusedForTheRoom() {
            heads.add(session("ayu", "c1", Map.of("siti", now)));
            round();
            lists("ayu", siti(0), agent("other", 1));
            assertThat(placed(round())).containsExactly("ayu other");
        }

        @Test
        void avoidsThemNoLongerThanThat() {
            heads.add(session("ayu", "c1", Map.of("siti", now - 60_000)));
            round();
            lists("ayu", siti(0), agent("other", 1));
            assertThat(placed(round())).containsExactly("ayu siti");
        }

        private void capacityIsThree() {
            waits("ayu", "c1");
            waits("budi", "c2");
            capacities.put("siti", 3);
        }
    }

    @Test
    void anInstanceThatBeginsToDecideForgetsWhatItKnew() {
        sitiIsFull("c1");
        assertThat(asked(round())).isEmpty();

        isFirst = true;

        assertThat(asked(round())).containsExactly("ayu");
    }

    @Test
    void anInstanceThatBeginsToDecideKnowsWhoHasWaitedLongest() {
        lastAssigned.putAll(Map.of("siti", 900_000L, "budi", 800_000L));
        waits("ayu", "c1");
        round();
        lists("ayu", siti(0), agent("budi", 0));

        assertThat(placed(round())).containsExactly("ayu budi");
    }

    /** Ayu waits in this line, whose only agent is full. */
    private void sitiIsFull(String channel) {
        waits("ayu", channel);
        counts.put("siti", 2);
        round();
        lists("ayu", siti(2));
        assertThat(round().toAsk()).isEmpty();
    }

    /** An earlier session of this line was listed with Siti, who is free. */
    private void sitiIsFree(String channel) {
        waits("earlier", channel);
        round();
        lists("earlier", siti(0));
        pausedUntil = now + 1;
        round();
        pausedUntil = 0;
        heads.clear();
    }

    private void after(long millis) {
        now += millis;
    }

    private Session waits(String room, String channel) {
        Session session = session(room, channel, null);
        heads.add(session);
        return session;
    }

    private Session session(String room, String channel, Map<String, Long> refusedAt) {
        String place = String.format("%017.3f", 900_000.0 + heads.size());
        return new Session(room, channel, null, null, place, null, 0, null, null, refusedAt, null);
    }

    private void reserved(Placement placement) {
        heads.remove(placement.session());
        counts.merge(placement.agent().id(), 1, Integer::sum);
    }

    private Round round() {
        Snapshot snapshot = new Snapshot(
                isFirst,
                now,
                List.copyOf(heads),
                isCut,
                Set.of(),
                Map.copyOf(counts),
                Map.of(),
                List.copyOf(changes),
                isFirst ? lastAssigned : Map.of(),
                capacities,
                2,
                Set.of(),
                pausedUntil);
        isFirst = false;
        changes.clear();
        return decider.round(new Matching().fewestCustomersBelowCapacity(decider.choice(snapshot)));
    }

    /** A list comes that was requested just before. */
    private void lists(String room, Agent... agents) {
        now += A_CALL;
        heads.stream()
                .filter(session -> session.roomId().equals(room))
                .forEach(session -> decider.listed(session, Arrays.asList(agents), now));
    }

    private static Agent siti(int customers) {
        return agent("siti", customers);
    }

    private static Agent agent(String id, int customers) {
        return new Agent(id, id, customers, true, false, "agent");
    }

    private static Agent offline(String id) {
        return new Agent(id, id, 0, false, false, "agent");
    }

    private static List<String> asked(Round round) {
        return round.toAsk().stream().map(Session::roomId).toList();
    }

    private static List<String> placed(Round round) {
        return round.placements().stream()
                .map(placement ->
                        placement.session().roomId() + " " + placement.agent().id())
                .toList();
    }
}
