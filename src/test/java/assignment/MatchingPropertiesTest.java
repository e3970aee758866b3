package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

/** Properties of every decision, with any number of sessions and agents. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class MatchingPropertiesTest {
    private static final List<String> IDS =
            IntStream.range(0, 5).mapToObj(i -> "agent" + i).toList();

    private final Matching matching = new Matching();

    @Property
    void noAgentIsEverAboveCapacity(@ForAll("choices") Choice choice) {
        Map<String, Integer> given = new HashMap<>();
        matching.fewestCustomersBelowCapacity(choice).stream()
                .filter(Match::isPlaced)
                .forEach(match -> given.merge(match.agent().id(), 1, Integer::sum));

        given.forEach((id, more) -> {
            Contender agent = contender(choice, id);
            assertThat(agent.customers() + more).isLessThanOrEqualTo(agent.capacity());
        });
    }

    @Property
    void everyChosenAgentIsOnlineForTheRoom(@ForAll("choices") Choice choice) {
        assertThat(matching.fewestCustomersBelowCapacity(choice))
                .filteredOn(Match::isPlaced)
                .allSatisfy(match -> assertThat(match.candidate().online())
                        .contains(match.agent().id()));
    }

    /** Younger sessions do not matter: an older session is decided as if it were alone. */
    @Property
    void theOlderSessionsAreDecidedAsIfThereWereNoYoungerOnes(@ForAll("choices") Choice choice) {
        List<Match> all = matching.fewestCustomersBelowCapacity(choice);

        for (int oldest = 0; oldest <= all.size(); oldest++) {
            Choice ofThose = new Choice(choice.candidates().subList(0, oldest), choice.contenders());
            assertThat(matching.fewestCustomersBelowCapacity(ofThose)).isEqualTo(all.subList(0, oldest));
        }
    }

    @Property
    void noYoungerSessionGetsAnAgentThatAnOlderOneCouldHaveHad(@ForAll("choices") Choice choice) {
        List<Match> matches = matching.fewestCustomersBelowCapacity(choice);

        for (int older = 0; older < matches.size(); older++) {
            for (Match younger : matches.subList(older, matches.size())) {
                assertThat(!matches.get(older).isPlaced()
                                && younger.isPlaced()
                                && couldHave(
                                        matches.get(older).candidate(),
                                        younger.agent().id(),
                                        choice))
                        .as("%s before %s", younger, matches.get(older))
                        .isFalse();
            }
        }
    }

    @Property
    void noSessionWaitsBesideASlotThatItCouldHave(@ForAll("choices") Choice choice) {
        List<Match> matches = matching.fewestCustomersBelowCapacity(choice);
        Map<String, Contender> left = new HashMap<>();
        choice.contenders().forEach(agent -> left.put(agent.id(), agent));
        matches.stream()
                .filter(Match::isPlaced)
                .forEach(match -> left.computeIfPresent(match.agent().id(), (id, agent) -> agent.withOneMore()));

        assertThat(matches).filteredOn(match -> !match.isPlaced()).allSatisfy(match -> assertThat(left.values())
                .noneMatch(agent -> agent.isBelowCapacity() && couldHave(match.candidate(), agent.id(), choice)));
    }

    @Property
    void theOrderOfTheAgentsMakesNoDifference(@ForAll("choices") Choice choice, @ForAll Random random) {
        List<Contender> shuffled = new ArrayList<>(choice.contenders());
        Collections.shuffle(shuffled, random);
        List<Candidate> reordered = choice.candidates().stream()
                .map(candidate -> {
                    List<String> online = new ArrayList<>(candidate.online());
                    Collections.shuffle(online, random);
                    return new Candidate(
                            candidate.session(),
                            new LinkedHashSet<>(online),
                            candidate.isListed(),
                            candidate.avoided());
                })
                .toList();

        assertThat(outcomes(new Choice(reordered, shuffled))).isEqualTo(outcomes(choice));
    }

    private List<String> outcomes(Choice choice) {
        return matching.fewestCustomersBelowCapacity(choice).stream()
                .map(match -> match.candidate().session().roomId() + " " + match.agent() + " " + match.why())
                .toList();
    }

    @Property
    void noAgentGetsASessionAgainAndPausedAgentsGetNone(@ForAll("choices") Choice choice) {
        assertThat(matching.fewestCustomersBelowCapacity(choice))
                .filteredOn(Match::isPlaced)
                .allSatisfy(match -> assertThat(match.agent().isPaused()
                                || match.candidate()
                                        .had()
                                        .contains(match.agent().id()))
                        .isFalse());
    }

    /** Online for the room, known, not paused, never had it, and not avoided unless there is no other agent. */
    private static boolean couldHave(Candidate candidate, String id, Choice choice) {
        List<String> known = candidate.online().stream()
                .filter(online -> contender(choice, online) != null
                        && !contender(choice, online).isPaused()
                        && !candidate.had().contains(online))
                .toList();
        return known.contains(id)
                && (!candidate.avoided().contains(id) || candidate.avoided().containsAll(known));
    }

    private static Contender contender(Choice choice, String id) {
        return choice.contenders().stream()
                .filter(agent -> agent.id().equals(id))
                .findAny()
                .orElse(null);
    }

    @Provide
    Arbitrary<Choice> choices() {
        Arbitrary<List<Candidate>> candidates = candidate().list().ofMaxSize(6).map(MatchingPropertiesTest::inRooms);
        Arbitrary<List<Contender>> contenders =
                contender().list().ofMaxSize(IDS.size()).uniqueElements(Contender::id);
        return Combinators.combine(candidates, contenders).as(Choice::new);
    }

    /** Makes equal sets the same object, as for the sessions of one line. */
    private static List<Candidate> inRooms(List<Candidate> candidates) {
        Map<Set<String>, Set<String>> lines = new HashMap<>();
        return IntStream.range(0, candidates.size())
                .mapToObj(i -> new Candidate(
                        inRoom("room" + i, candidates.get(i).had()),
                        lines.computeIfAbsent(candidates.get(i).online(), online -> online),
                        true,
                        candidates.get(i).avoided()))
                .toList();
    }

    private static Session inRoom(String room, List<String> had) {
        Move move = had.isEmpty() ? null : new Move(had.get(0), null, "away", 0, had, 1, null, false);
        return new Session(room, null, null, null, null, null, 0, null, null, null, move);
    }

    private static Arbitrary<Candidate> candidate() {
        Arbitrary<Boolean> seldom = Arbitraries.of(false, false, false, true);
        Arbitrary<List<String>> had = Arbitraries.of(IDS).list().ofMinSize(1).ofMaxSize(3);
        Arbitrary<Set<String>> avoided = Arbitraries.of(IDS).set().ofMaxSize(2);
        return Combinators.combine(Arbitraries.of(IDS).set().ofMaxSize(5), seldom, avoided, seldom, had)
                .as((online, isAvoided, without, isMoved, before) -> new Candidate(
                        inRoom("any", isMoved ? before : List.of()), online, true, isAvoided ? without : Set.of()));
    }

    private static Arbitrary<Contender> contender() {
        Arbitrary<Integer> capacity = Arbitraries.integers().between(0, 4);
        Arbitrary<Integer> certain = Arbitraries.integers().between(0, 4);
        Arbitrary<Integer> uncertain = Arbitraries.of(0, 0, 0, 1, 2);
        Arbitrary<Long> lastAssigned = Arbitraries.longs().between(0, 3);
        Arbitrary<Boolean> paused = Arbitraries.of(false, false, false, true);
        return Combinators.combine(Arbitraries.of(IDS), capacity, certain, uncertain, paused, lastAssigned)
                .as((id, most, has, perhaps, isPaused, at) ->
                        new Contender(id, id, most, has + perhaps, has, isPaused, at));
    }
}
