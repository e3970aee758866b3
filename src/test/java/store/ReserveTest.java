package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static store.StoreInTest.CHANNEL;
import static store.StoreInTest.LONG;
import static store.StoreInTest.UNANSWERED;
import static store.StoreInTest.agent;
import static store.StoreInTest.setback;

import assignment.Agent;
import assignment.Capacity;
import assignment.Placement;
import assignment.Resolve;
import assignment.Session;
import assignment.Setback;
import assignment.Team;
import assignment.Whose;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.RealRedis;

@Timeout(30)
class ReserveTest {
    private static final String FULL = "every agent is full";
    private static final Setback REFUSED =
            new Setback("agent not found", Duration.ZERO, Duration.ZERO, Whose.THE_ROOMS, true, false);

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();

    @Test
    void aReservationIsCountedAtOnce() {
        Session ayu = given.claim("ayu");

        Placement placement = store.reserve(ayu, List.of(agent("a1", 0)), true);

        assertThat(placement).isEqualTo(new Placement("reserved", "a1", "Agent a1", 1, 2, null, false));
        assertThat(given.customersOf("a1")).isEqualTo("1");
        JsonNode assigned = given.stored("assigned", "ayu");
        assertThat(assigned.path("agent_id").asText()).isEqualTo("a1");
        assertThat(assigned.path("state").asText()).isEqualTo("reserved");
        assertThat(given.isClaimed("ayu")).isTrue();
        assertThat(given.isWaiting("ayu")).isFalse();
    }

    @Test
    void aReservationRenewsTheLease() {
        Session ayu = given.claim("ayu", given.store(LONG, Duration.ZERO));

        store.reserve(ayu, List.of(agent("a1", 0)), true);

        assertThat(store.takeAbandoned()).isNull();
    }

    // Who is chosen

    @Test
    void theAgentWithTheFewestCustomersIsChosen() {
        Placement placement =
                store.reserve(given.claim("ayu"), List.of(agent("a1", 1), agent("a2", 0), agent("a3", 1)), true);

        assertThat(placement.agentId()).isEqualTo("a2");
        assertThat(placement.count()).isEqualTo(1);
    }

    @Test
    void amongEqualsTheOneWhoWaitedLongestIsChosen() {
        given.assign("ayu", "a1");
        given.assign("budi", "a2");
        given.assign("citra", "a3");
        given.change("agent", "a1", agent -> agent.put("last_assigned", 3_000));
        given.change("agent", "a2", agent -> agent.put("last_assigned", 1_000));
        given.change("agent", "a3", agent -> agent.put("last_assigned", 2_000));

        Placement placement =
                store.reserve(given.claim("dewi"), List.of(agent("a1", 1), agent("a2", 1), agent("a3", 1)), true);

        assertThat(placement.agentId()).isEqualTo("a2");
        assertThat(given.stored("agent", "a2").path("last_assigned").asLong()).isGreaterThan(1_000);
    }

    @Test
    void whoNeverHadACustomerHasWaitedLongest() {
        given.assign("ayu", "a1");
        store.resolve(new Resolve("ayu", "1"));

        Placement placement = store.reserve(given.claim("budi"), List.of(agent("a1", 0), agent("a2", 0)), true);

        assertThat(placement.agentId()).isEqualTo("a2");
    }

    @Test
    void whoFoundAllFullWithAListFromBeforeASlotCameFreeTriesAgainAtOnce() {
        given.assign("ayu", "a1");
        given.asks("budi");
        store.reserve(store.take(), List.of(agent("a1", 3)), true);
        // The period is over, and one of the line tries for all.
        given.redis().hset("held", CHANNEL, "0");
        Session trying = store.take();

        store.resolve(new Resolve("ayu", "1"));
        given.aMillisecondPasses();

        assertThat(store.reserve(trying, List.of(agent("a1", 3)), true).reason())
                .isEqualTo(FULL);
        Session again = store.take();
        assertThat(again).isNotNull();
        assertThat(store.reserve(again, List.of(agent("a1", 3)), true).reason()).isEqualTo(FULL);
        assertThat(store.take()).isNull();
    }

    @Test
    void soDoesTheFirstOfALineThatWasNotHeldBack() {
        given.assign("ayu", "a1");
        Session budi = given.claim("budi");
        given.asks("citra", "channel-of-budi");

        store.resolve(new Resolve("ayu", "1"));
        given.aMillisecondPasses();

        assertThat(store.reserve(budi, List.of(agent("a1", 3)), true).reason()).isEqualTo(FULL);
        assertThat(store.take().roomId()).isEqualTo("budi");
        assertThat(store.take()).isNull();
    }

    @Test
    void fewestIsRelativeToWhatEachMayHave() {
        given.redis().hset("config", "max_customer_per_agent:a2", "5");

        Placement placement = store.reserve(given.claim("ayu"), List.of(agent("a1", 1), agent("a2", 2)), true);

        assertThat(placement.agentId()).isEqualTo("a2");
        assertThat(placement.count()).isEqualTo(3);
        assertThat(placement.capacity()).isEqualTo(5);
    }

    @Test
    void anAgentWithACapacityOfHisOwnIsFullWithThat() {
        given.redis().hset("config", "max_customer_per_agent:a1", "1");
        given.redis().hset("config", "max_customer_per_agent:a2", "0");

        Placement placement = store.reserve(given.claim("ayu"), List.of(agent("a1", 1), agent("a2", 0)), true);

        assertThat(placement.reason()).isEqualTo(FULL);
    }

    @Test
    void theCapacityThatWasSetWhileRunningWins() {
        given.store().setCapacity(new Capacity(1));
        assertThat(given.tryToPlace("ayu", "a1", 1, store).reason()).isEqualTo(FULL);
        store.resolve(new Resolve("ayu", null));

        given.redis().hset("config", "max_customer_per_agent", "3");
        assertThat(given.tryToPlace("budi", "a1", 2, store).capacity()).isEqualTo(3);
    }

    @Test
    void twelveHundredAgentsAreNotTooMany() {
        List<Agent> agents = new ArrayList<>(
                IntStream.range(0, 1199).mapToObj(i -> agent("full" + i, 2)).toList());
        agents.add(agent("free", 1));

        assertThat(store.reserve(given.claim("ayu"), agents, true).agentId()).isEqualTo("free");
        assertThat(store.reserve(given.claim("budi"), agents, true).reason()).isEqualTo(FULL);
    }

    // Who waits

    @Test
    void withNobodyOnlineASessionKeepsExactlyItsPlaceAndItsChannelIsHeldBack() {
        given.asks("ayu", CHANNEL, "1700000000000.127");

        Placement placement = store.reserve(store.take(), List.of(), true);

        assertThat(placement).isEqualTo(new Placement("waiting", null, null, 0, 0, "no agent is online", true));
        assertThat(given.redis().zscore("waiting:" + CHANNEL, "ayu")).isEqualTo(1700000000000.127);
        assertThat(given.redis().hexists("held", CHANNEL)).isTrue();
        assertThat(given.isClaimed("ayu")).isFalse();
        assertThat(given.stored("session", "ayu").has("claim")).isFalse();
    }

    @Test
    void withEverybodyFullASessionKeepsExactlyItsPlaceAndItsChannelIsHeldBack() {
        given.asks("ayu", CHANNEL, "1700000000000.127");

        Placement placement = store.reserve(store.take(), List.of(agent("a1", 2), agent("a2", 7)), true);

        assertThat(placement).isEqualTo(new Placement("waiting", null, null, 0, 0, FULL, true));
        assertThat(given.redis().zscore("waiting:" + CHANNEL, "ayu")).isEqualTo(1700000000000.127);
        assertThat(given.redis().hexists("held", CHANNEL)).isTrue();
        assertThat(given.isClaimed("ayu")).isFalse();
        assertThat(given.isAssigned("ayu")).isFalse();
    }

    @Test
    void theSameReasonIsNewsOnce() {
        store.reserve(given.claim("ayu"), List.of(), true);
        given.redis().del("held");
        Session again = store.take();
        assertThat(again.attempts()).isZero();
        assertThat(store.reserve(again, List.of(), true).news()).isFalse();
        given.redis().del("held");

        assertThat(store.reserve(store.take(), List.of(agent("a1", 2)), true).news())
                .isTrue();
    }

    @Test
    void aChannelIsHeldBackUntilThePeriodEnds() {
        SessionStore hasty = given.store(LONG, LONG, Duration.ofMillis(50));
        hasty.reserve(given.claim("ayu"), List.of(agent("full", 2)), true);

        assertThat(Long.parseLong(given.redis().hget("held", "channel-of-ayu")) % 50)
                .isZero();
        assertThat(await().pollInterval(Duration.ofMillis(5))
                        .until(hasty::take, s -> s != null)
                        .roomId())
                .isEqualTo("ayu");
    }

    @Test
    void aNewCapacityFreesTheChannelsHeldBack() {
        store.reserve(given.claim("ayu"), List.of(agent("a1", 2)), true);
        assertThat(store.take()).isNull();

        store.setCapacity(new Capacity(3));

        assertThat(store.take().roomId()).isEqualTo("ayu");
    }

    // What Qiscus shows is late

    @Test
    void aCountOfQiscusThatDoesNotShowOurAssignmentsYetIsNotBelieved() {
        given.assign("ayu", "a1");
        given.assign("budi", "a1");

        assertThat(given.tryToPlace("citra", "a1", 0, store).reason()).isEqualTo(FULL);
        assertThat(given.customersOf("a1")).isEqualTo("2");
    }

    @Test
    void aSlotIsUsableAtOnceThoughQiscusStillShowsTheResolvedCustomer() {
        given.assign("ayu", "a1");
        given.assign("budi", "a1");
        store.resolve(new Resolve("ayu", "1"));

        Placement placement = given.tryToPlace("citra", "a1", 2, store);

        assertThat(placement.isReserved()).isTrue();
        assertThat(placement.count()).isEqualTo(2);
        assertThat(given.tryToPlace("dewi", "a1", 2, store).reason()).isEqualTo(FULL);
    }

    @Test
    void severalSlotsAreUsableAtOnceThoughQiscusStillShowsAllTheResolvedCustomers() {
        given.assign("ayu", "a1");
        given.assign("budi", "a1");
        store.resolve(new Resolve("ayu", "1"));
        store.resolve(new Resolve("budi", "1"));

        assertThat(given.tryToPlace("citra", "a1", 2, store).count()).isEqualTo(1);
        assertThat(given.tryToPlace("dewi", "a1", 2, store).count()).isEqualTo(2);
    }

    @Test
    void customersWhomWeDidNotAssignCount() {
        assertThat(given.tryToPlace("ayu", "a1", 1, store).count()).isEqualTo(2);

        assertThat(given.tryToPlace("budi", "a1", 1, store).reason()).isEqualTo(FULL);
        assertThat(given.tryToPlace("citra", "a1", 2, given.settled()).reason()).isEqualTo(FULL);
    }

    @Test
    void aForeignCustomerWhoLeftAnAgentWithoutOursFreesTheSlotAtOnce() {
        assertThat(given.tryToPlace("ayu", "a1", 2, store).reason()).isEqualTo(FULL);
        store.resolve(new Resolve("ayu", null));

        assertThat(given.tryToPlace("budi", "a1", 1, store).count()).isEqualTo(2);
    }

    @Test
    void aForeignCustomerWhoLeftAnAgentWithOursFreesTheSlotOnlyAfterTheSettleTime() {
        store.confirm(reserved("ayu", "a1", 1));
        assertThat(given.tryToPlace("budi", "a1", 2, given.settled()).reason()).isEqualTo(FULL);
        given.letHisCountStandStill("a1");

        // One of ours may have been resolved, its webhook still on the way.
        assertThat(given.tryToPlace("citra", "a1", 1, store).reason()).isEqualTo(FULL);
        store.resolve(new Resolve("budi", null));
        store.resolve(new Resolve("citra", null));

        assertThat(given.tryToPlace("dewi", "a1", 1, given.settled()).count()).isEqualTo(2);
    }

    @Test
    void aResolveWhoseWebhookIsLateGivesBackOneSlotNotTwo() {
        store.confirm(reserved("ayu", "a1", 1));
        given.tryToPlace("budi", "a1", 2, given.settled());
        given.letHisCountStandStill("a1");
        given.tryToPlace("citra", "a1", 1, store);
        store.resolve(new Resolve("budi", null));
        store.resolve(new Resolve("citra", null));

        store.resolve(new Resolve("ayu", "1"));

        assertThat(given.tryToPlace("dewi", "a1", 1, store).count()).isEqualTo(2);
        assertThat(given.tryToPlace("eka", "a1", 1, store).reason()).isEqualTo(FULL);
    }

    @Test
    void aForeignCustomerWhoCameRightAfterOurAssignmentIsSeen() {
        given.assign("ayu", "a1");

        assertThat(given.tryToPlace("budi", "a1", 2, store).reason()).isEqualTo(FULL);
        // One now: has he left, or does Qiscus show an older state, without ours? Nobody can tell.
        assertThat(given.tryToPlace("citra", "a1", 1, store).reason()).isEqualTo(FULL);
        store.resolve(new Resolve("budi", null));
        store.resolve(new Resolve("citra", null));
        given.letHisCountStandStill("a1");
        assertThat(given.tryToPlace("dewi", "a1", 1, given.settled()).count()).isEqualTo(2);
    }

    @Test
    void whatWasLearntOfAnAgentLongAgoIsNotReliedUpon() {
        given.assign("ayu", "a1");
        given.letHisCountStandStill("a1");
        given.change("agent", "a1", agent -> agent.put("known_at", 0));
        // Since then a foreign customer came, while nobody looked, and now ours is resolved.
        store.resolve(new Resolve("ayu", "1"));

        assertThat(given.tryToPlace("budi", "a1", 1, store).isReserved()).isTrue();
        assertThat(given.tryToPlace("citra", "a1", 1, store).reason()).isEqualTo(FULL);
    }

    @Test
    void whatWasNotLearntForLongIsLearntAsSoonAsQiscusShowsTheResolve() {
        given.assign("ayu", "a1");
        given.assign("budi", "a1");
        given.change("agent", "a1", agent -> agent.put("known_at", 0));
        store.resolve(new Resolve("ayu", "1"));
        store.resolve(new Resolve("budi", "1"));
        assertThat(given.tryToPlace("citra", "a1", 2, store).reason()).isEqualTo(FULL);
        store.resolve(new Resolve("citra", null));

        assertThat(given.tryToPlace("dewi", "a1", 0, store).count()).isEqualTo(1);
        assertThat(given.tryToPlace("eka", "a1", 2, store).count()).isEqualTo(2);
    }

    @Test
    void howOftenACountChangesDoesNotMakeItsRecordGrow() {
        for (int i = 0; i < 300; i++) {
            given.assign("comes" + i, "a1");
            store.resolve(new Resolve("comes" + i, null));
        }

        assertThat(given.stored("agent", "a1").path("changes")).hasSizeBetween(1, 22);
    }

    @Test
    void whileAnAssignCallIsUndecidedForeignCustomersAreNotForgotten() {
        Session ayu = reserved("ayu", "a1", 1);
        store.doubt(ayu, UNANSWERED);

        // Qiscus shows only the foreign one, for longer than the settle time: it has not decided.
        assertThat(given.tryToPlace("budi", "a1", 1, given.settled()).reason()).isEqualTo(FULL);
    }

    @Test
    void theSettleTimeBeginsWhenQiscusHasTheAgentInTheRoom() {
        Session ayu = reserved("ayu", "a1", 1);
        given.letHisCountStandStill("a1");
        store.confirm(ayu);

        assertThat(given.tryToPlace("budi", "a1", 1, store).reason()).isEqualTo(FULL);
    }

    @Test
    void aCustomerWhomQiscusRefusedDoesNotHideAForeignOne() {
        Session ayu = reserved("ayu", "a1", 1);
        store.returnToLine(ayu, setback("refused", LONG, Duration.ZERO));

        // He is shown with two, and none of them is ours.
        assertThat(given.tryToPlace("budi", "a1", 2, store).reason()).isEqualTo(FULL);
    }

    @Test
    void aStaleAssignmentDoesNotHideAForeignCustomer() {
        given.assign("ayu", "a1");
        given.assign("budi", "a1");
        // Budi's resolve never came, and a foreign customer took his place.
        assertThat(given.tryToPlace("citra", "a1", 2, given.settled()).reason()).isEqualTo(FULL);
        given.letHisCountStandStill("a1");
        given.change("assigned", "budi", assignment -> assignment.put("since", 0));
        given.asks("budi", CHANNEL, Long.toString(System.currentTimeMillis()));
        SessionStore soon = given.store(Duration.ofSeconds(60), LONG);
        Session citra = soon.take();
        assertThat(citra.roomId()).isEqualTo("citra");
        assertThat(given.customersOf("a1")).isEqualTo("1");

        assertThat(soon.reserve(citra, List.of(agent("a1", 2)), true).reason()).isEqualTo(FULL);
    }

    @Test
    void staleAssignmentsThatAreFoundOneByOneDoNotHideAForeignCustomer() {
        given.assign("ayu", "a1");
        given.assign("budi", "a1");
        given.letHisCountStandStill("a1");
        // Both were resolved without a word, and a foreign customer came: he is the one whom Qiscus shows.
        List.of("ayu", "budi").forEach(room -> given.change("assigned", room, held -> held.put("since", 0)));
        SessionStore soon = given.store(Duration.ofSeconds(60), LONG);
        soon.freeStale(Session.ofRoom("ayu"));
        Session citra = given.claim("citra");
        assertThat(soon.reserve(citra, List.of(agent("a1", 1)), true).isReserved())
                .isTrue();
        soon.confirm(citra);
        soon.freeStale(Session.ofRoom("budi"));
        assertThat(given.customersOf("a1")).isEqualTo("1");

        // Qiscus does not show Citra yet.
        assertThat(given.tryToPlace("dewi", "a1", 1, soon).reason()).isEqualTo(FULL);
    }

    @Test
    void aForeignCustomerOfAnAgentWhoseCountChangesAllTheTimeIsSeen() {
        SessionStore soon = given.store(Duration.ofMillis(400), LONG);
        given.assign("ayu", "a1");
        given.assign("budi", "a1");
        soon.resolve(new Resolve("ayu", null));
        soon.resolve(new Resolve("budi", null));
        long end = System.nanoTime() + Duration.ofMillis(800).toNanos();
        for (int i = 0; System.nanoTime() < end; i++) {
            assertThat(given.tryToPlace("comes" + i, "a1", 0, soon).isReserved())
                    .isTrue();
            soon.resolve(new Resolve("comes" + i, null));
        }
        assertThat(given.tryToPlace("citra", "a1", 0, soon).isReserved()).isTrue();

        // Of ours he never had more than one since, so one of these two is not ours.
        assertThat(given.tryToPlace("dewi", "a1", 2, soon).reason()).isEqualTo(FULL);
    }

    // Oldest first

    @Test
    void aYoungerSessionLeavesTheSlotToAnOlderOneThatIsBeingDecided() {
        Session ayu = given.claim("ayu");
        Session budi = given.claim("budi");
        List<Agent> oneSlot = List.of(agent("a1", 1));

        assertThat(store.reserve(budi, oneSlot, true).isBehindOlder()).isTrue();
        assertThat(given.isClaimed("budi")).isTrue();
        assertThat(given.isWaiting("budi")).isFalse();
        assertThat(given.customersOf("a1")).isNull();

        assertThat(store.reserve(ayu, oneSlot, true).isReserved()).isTrue();
        assertThat(store.reserve(budi, oneSlot, true).reason()).isEqualTo(FULL);
    }

    @Test
    void whoDoesNotWaitBehindTheOlderGoesBackInLine() {
        given.claim("ayu");
        Session budi = given.claim("budi");

        Placement placement = store.reserve(budi, List.of(agent("a1", 1)), false);

        assertThat(placement).isEqualTo(new Placement("waiting", null, null, 0, 0, "older sessions come first", true));
        assertThat(given.redis().zscore("waiting:channel-of-budi", "budi"))
                .isEqualTo(Double.parseDouble(budi.firstAsked()));
        assertThat(given.redis().hexists("held", "channel-of-budi")).isTrue();
        assertThat(given.isClaimed("budi")).isFalse();
    }

    @Test
    void aYoungerSessionTakesASlotThatIsLeftAfterAllOlderOnes() {
        given.claim("ayu");
        given.claim("budi");
        Session citra = given.claim("citra");

        assertThat(store.reserve(citra, List.of(agent("a1", 1), agent("a2", 1)), true)
                        .isBehindOlder())
                .isTrue();
        assertThat(store.reserve(citra, List.of(agent("a1", 1), agent("a2", 0)), true)
                        .agentId())
                .isEqualTo("a2");
    }

    @Test
    void anOlderSessionThatIsPlacedOrYoungerOnesAreNotInTheWay() {
        given.reserve("ayu", "a1");
        Session budi = given.claim("budi");
        given.claim("citra");

        assertThat(store.reserve(budi, List.of(agent("a1", 0)), true).isReserved())
                .isTrue();
    }

    @Test
    void anOlderSessionThatIsBackInLineIsNotInTheWay() {
        Session ayu = given.claim("ayu");
        Session budi = given.claim("budi");
        store.reserve(ayu, List.of(), true);

        assertThat(store.reserve(budi, List.of(agent("a1", 1)), true).isReserved())
                .isTrue();
    }

    @Test
    void aYoungerSessionStepsBackForAnOlderOneThatMayBeTriedAgain() {
        given.assign("eka", "a1");
        given.assign("fajar", "a1");
        assertThat(given.tryToPlace("ayu", "a1", 2, store).reason()).isEqualTo(FULL);
        Session budi = given.claim("budi");
        store.resolve(new Resolve("eka", "1"));

        Placement placement = store.reserve(budi, List.of(agent("a1", 1)), true);

        assertThat(placement.outcome()).isEqualTo("waiting");
        assertThat(placement.reason()).isEqualTo("older sessions come first");
        assertThat(store.take().roomId()).isEqualTo("ayu");
        assertThat(store.take().roomId()).isEqualTo("budi");
    }

    @Test
    void anOlderSessionThatMayBeTriedAgainIsNotInTheWayIfThereIsASlotForEach() {
        given.assign("eka", "a1");
        assertThat(given.tryToPlace("ayu", "a1", 2, store).reason()).isEqualTo(FULL);
        Session budi = given.claim("budi");
        store.resolve(new Resolve("eka", "1"));

        assertThat(store.reserve(budi, List.of(agent("a1", 0)), true).isReserved())
                .isTrue();
    }

    @Test
    void whoFindsASlotOfSomebodyWhoWasFullStepsBackForAnOlderOneWhoWasTurnedAway() {
        assertThat(given.tryToPlace("ayu", "a1", 2, store).reason()).isEqualTo(FULL);

        Placement placement = given.tryToPlace("budi", "a1", 1, store);

        assertThat(placement.reason()).isEqualTo("older sessions come first");
        Session ayu = store.take();
        assertThat(ayu.roomId()).isEqualTo("ayu");
        assertThat(store.reserve(ayu, List.of(agent("a1", 1)), true).isReserved())
                .isTrue();
    }

    @Test
    void whoFindsAnAgentWhoCameOnlineStepsBackForAnOlderOneWhoWasTurnedAway() {
        assertThat(given.tryToPlace("ayu", "a1", 2, store).reason()).isEqualTo(FULL);

        assertThat(given.tryToPlace("budi", "a2", 1, store).reason()).isEqualTo("older sessions come first");
        assertThat(store.take().roomId()).isEqualTo("ayu");
    }

    @Test
    void heStepsBackOnceIfTheSlotIsNothingToTheOlder() {
        assertThat(given.tryToPlace("ayu", "a1", 2, store).reason()).isEqualTo(FULL);
        assertThat(given.tryToPlace("budi", "a2", 1, store).reason()).isEqualTo("older sessions come first");
        // Qiscus says of the agent now this, now that.
        assertThat(store.reserve(store.take(), List.of(agent("a1", 2), agent("a2", 2)), true)
                        .reason())
                .isEqualTo(FULL);

        assertThat(store.reserve(store.take(), List.of(agent("a2", 1)), true).isReserved())
                .isTrue();
    }

    @Test
    void whoeverGivesWayTellsThatSomebodyMayTryAgain() {
        assertThat(given.tryToPlace("ayu", "a1", 2, store).again()).isFalse();

        assertThat(given.tryToPlace("budi", "a1", 1, store).again()).isTrue();
    }

    @Test
    void heGivesWayToAsManyAsStandInTheOlderLine() {
        Session first = given.claim("ayu");
        for (String room : List.of("budi", "citra", "dewi")) {
            given.asks(room, "channel-of-ayu");
        }
        assertThat(store.reserve(first, List.of(agent("a1", 2)), true).reason()).isEqualTo(FULL);
        given.redis().hset("config", "max_customer_per_agent:a2", "4");

        assertThat(given.tryToPlace("eka", "a2", 0, store).reason()).isEqualTo("older sessions come first");
    }

    @Test
    void whoLostACustomerWhileOfflineIsFoundWhenHeComesBack() {
        given.assign("eka", "a1");
        given.assign("fajar", "a1");
        store.reserve(given.claim("gita"), new Team(List.of(agent("a2", 2)), List.of(agent("a1", 2))), true);
        store.resolve(new Resolve("gita", null));
        store.resolve(new Resolve("eka", "1"));
        assertThat(given.tryToPlace("ayu", "a2", 2, store).reason()).isEqualTo(FULL);

        assertThat(given.tryToPlace("budi", "a1", 1, store).reason()).isEqualTo("older sessions come first");
    }

    @Test
    void aCorrectedCountOpensTheLines() {
        given.redis().hset("agent_customer_count", "a1", "2");
        assertThat(given.tryToPlace("ayu", "a1", 0, store).reason()).isEqualTo(FULL);

        store.recount();

        assertThat(store.take().roomId()).isEqualTo("ayu");
    }

    @Test
    void whoCouldNotHaveTheSlotOpensNoLineForIt() {
        assertThat(given.tryToPlace("ayu", "a1", 2, store).reason()).isEqualTo(FULL);
        given.claim("budi");
        Session citra = given.claim("citra");

        assertThat(store.reserve(citra, List.of(agent("a1", 1)), true).isBehindOlder())
                .isTrue();

        assertThat(store.take()).isNull();
    }

    @Test
    void whoGaveUpWaitingBehindAnOlderOneComesBeforeAYoungerOne() {
        given.claim("ayu");
        Session budi = given.claim("budi");
        assertThat(store.reserve(budi, List.of(agent("a1", 1)), false).reason()).isEqualTo("older sessions come first");
        store.resolve(new Resolve("ayu", null));

        assertThat(given.tryToPlace("citra", "a1", 1, store).reason()).isEqualTo("older sessions come first");
        assertThat(store.take().roomId()).isEqualTo("budi");
    }

    @Test
    void aTimeInTheFutureThatWasWrittenByHandDoesNotKeepALineOpen() {
        given.redis().hset("agent", "a1", "{\"freed_at\":900000000000000}");

        assertThat(given.tryToPlace("ayu", "a1", 2, store).again()).isFalse();
        assertThat(store.take()).isNull();
    }

    // Whom Qiscus refused

    @Test
    void whomQiscusRefusedForThisRoomIsNotAskedForItAgainWhileThereIsAnother() {
        Session ayu = given.claim("ayu");
        List<Agent> both = List.of(agent("a1", 0), agent("a2", 1));
        assertThat(store.reserve(ayu, both, true).agentId()).isEqualTo("a1");
        store.returnToLine(ayu, REFUSED);

        assertThat(store.reserve(store.take(), both, true).agentId()).isEqualTo("a2");
    }

    @Test
    void heWaitsForTheOtherRatherThanToBeRefusedAgain() {
        Session ayu = given.claim("ayu");
        store.reserve(ayu, List.of(agent("a1", 0), agent("a2", 2)), true);
        store.returnToLine(ayu, REFUSED);

        assertThat(store.reserve(store.take(), List.of(agent("a1", 0), agent("a2", 2)), true)
                        .reason())
                .isEqualTo(FULL);
    }

    @Test
    void ifThereIsNobodyElseHeIsAskedAgain() {
        Session ayu = given.claim("ayu");
        store.reserve(ayu, List.of(agent("a1", 0)), true);
        store.returnToLine(ayu, REFUSED);

        assertThat(store.reserve(store.take(), List.of(agent("a1", 0)), true).agentId())
                .isEqualTo("a1");
    }

    @Test
    void anotherRoomIsNotKeptFromHim() {
        Session ayu = given.claim("ayu");
        store.reserve(ayu, List.of(agent("a1", 0), agent("a2", 1)), true);
        store.returnToLine(ayu, REFUSED);
        store.resolve(new Resolve("ayu", null));

        assertThat(store.reserve(given.claim("budi"), List.of(agent("a1", 0), agent("a2", 1)), true)
                        .agentId())
                .isEqualTo("a1");
    }

    @Test
    void aSlotThatIsFoundOpensNoLineWhoseAgentsAreAllOffline() {
        store.reserve(given.claim("ayu"), List.of(), true);

        assertThat(given.tryToPlace("budi", "a1", 1, store).isReserved()).isTrue();
    }

    @Test
    void amongChannelsWithoutAnybodyOnlineTheOldestGetsTheFirstWhoComes() {
        for (String room : List.of("ayu", "budi")) {
            store.reserve(given.claim(room), List.of(), true);
        }
        given.redis().hset("held", Map.of("channel-of-ayu", "0 closed", "channel-of-budi", "0 closed"));
        Session ayu = store.take();
        Session budi = store.take();

        assertThat(store.reserve(budi, List.of(agent("a1", 1)), true).isBehindOlder())
                .isTrue();
        assertThat(store.reserve(ayu, List.of(agent("a1", 1)), true).isReserved())
                .isTrue();
        assertThat(store.reserve(budi, List.of(agent("a1", 1)), true).reason()).isEqualTo(FULL);
    }

    @Test
    void anOlderSessionThatRestsIsNotInTheWay() {
        store.returnToLine(given.claim("ayu"), setback("it fails", LONG, Duration.ZERO));
        Session budi = given.claim("budi");

        assertThat(store.reserve(budi, List.of(agent("a1", 1)), true).isReserved())
                .isTrue();
    }

    @Test
    void duringAPauseNoOlderSessionIsInTheWay() {
        Session ayu = given.claim("ayu");
        Session budi = given.claim("budi");
        store.returnToLine(ayu, setback("Qiscus is down", Duration.ZERO, LONG));

        assertThat(store.reserve(budi, List.of(agent("a1", 1)), true).isReserved())
                .isTrue();
    }

    @Test
    void aYoungerSessionInLineIsNotInTheWay() {
        Session ayu = given.claim("ayu");
        given.asks("budi");
        store.returnToLine(store.take(), setback("it fails", Duration.ZERO, Duration.ZERO));

        assertThat(given.store(LONG, LONG)
                        .reserve(ayu, List.of(agent("a1", 1)), true)
                        .isReserved())
                .isTrue();
    }

    @Test
    void anAgentListedTwiceHasHisSlotsOnce() {
        given.claim("ayu");
        Session budi = given.claim("budi");

        assertThat(store.reserve(budi, List.of(agent("a1", 1), agent("a1", 1)), true)
                        .isBehindOlder())
                .isTrue();
    }

    // Whose claim it is

    @Test
    void aSessionThatWasResolvedMeanwhileIsLost() {
        Session ayu = given.claim("ayu");
        store.resolve(new Resolve("ayu", "1"));

        assertThat(store.reserve(ayu, List.of(agent("a1", 0)), true).outcome()).isEqualTo("lost");
        assertThat(given.isAssigned("ayu")).isFalse();
        assertThat(given.customersOf("a1")).isNull();
    }

    @Test
    void aClaimThatAnotherWorkerTookUpIsLost() {
        Session ayu = given.claim("ayu", given.store(LONG, Duration.ZERO));
        store.takeAbandoned();
        assertThat(store.reserve(ayu, List.of(agent("a1", 0)), true).outcome()).isEqualTo("lost");
        Session again = store.take();

        assertThat(store.reserve(ayu, List.of(agent("a1", 0)), true).outcome()).isEqualTo("lost");
        assertThat(given.customersOf("a1")).isNull();
        assertThat(store.reserve(again, List.of(agent("a1", 0)), true).isReserved())
                .isTrue();
    }

    @Test
    void aSessionIsCountedOnceHoweverOftenItIsReserved() {
        Session ayu = given.reserve("ayu", "a1");

        assertThat(store.reserve(ayu, List.of(agent("a2", 0)), true).outcome()).isEqualTo("lost");
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.customersOf("a2")).isNull();
        assertThat(given.stored("assigned", "ayu").path("agent_id").asText()).isEqualTo("a1");
    }

    private Session reserved(String room, String agentId, int customerCount) {
        Session session = given.claim(room);
        assertThat(store.reserve(session, List.of(agent(agentId, customerCount)), true)
                        .isReserved())
                .isTrue();
        return session;
    }

    @Test
    void whoStandsBehindAnOlderSessionThatTriesForItsChannelIsNotOvertaken() {
        given.asks("ayu", "x");
        given.asks("budi", "x");
        given.asks("citra", "y");
        given.redis().hset("held", "x", "0");
        assertThat(store.take().roomId()).isEqualTo("ayu");
        Session citra = store.take();
        assertThat(citra.roomId()).isEqualTo("citra");

        Placement placement = store.reserve(citra, List.of(agent("a1", 0)), true);

        assertThat(placement.isBehindOlder()).isTrue();
    }
}
