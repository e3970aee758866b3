package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How many customers a decision counts while Qiscus shows an old state. An agent may have two. */
class AgentLoadTest {
    private static final long SETTLE = 10_000;
    private static final int FULL = 2;

    private final AgentInTest agent = new AgentInTest(SETTLE);

    @Nested
    class OurAssignments {

        @Test
        void countBeforeQiscusShowsThem() {
            agent.shown(0).assigned().assigned();

            assertThat(agent.shown(0).counted()).isEqualTo(FULL);
        }

        @Test
        void giveTheirSlotBackBeforeQiscusShowsTheResolve() {
            agent.shown(0).assigned().assigned().resolved();

            assertThat(agent.shown(2).counted()).isEqualTo(1);
            assertThat(agent.assigned().shown(2).counted()).isEqualTo(FULL);
        }

        @Test
        void giveAllTheirSlotsBackBeforeQiscusShowsTheResolves() {
            agent.shown(0).assigned().assigned().resolved().resolved();

            assertThat(agent.shown(2).counted()).isZero();
            assertThat(agent.assigned().shown(2).counted()).isEqualTo(1);
            assertThat(agent.assigned().shown(2).counted()).isEqualTo(FULL);
        }

        @Test
        void giveBackOneSlotAndNotTwoIfTheWebhookOfTheResolveIsLate() {
            agent.shown(1).assigned().after(SETTLE + 1).shown(2).after(SETTLE + 1);

            // Resolved: Qiscus shows it, its webhook is still on the way.
            assertThat(agent.shown(1).counted()).isEqualTo(FULL);

            assertThat(agent.resolved().shown(1).counted()).isEqualTo(1);
            assertThat(agent.reserved().shown(1).counted()).isEqualTo(FULL);
        }
    }

    @Nested
    class ExternalCustomers {

        @Test
        void count() {
            assertThat(agent.shown(1).counted()).isEqualTo(1);

            assertThat(agent.assigned().shown(1).counted()).isEqualTo(FULL);
            assertThat(agent.after(SETTLE + 1).shown(2).counted()).isEqualTo(FULL);
        }

        @Test
        void freeTheirSlotAtOnceIfTheAgentHasNoneOfOurs() {
            assertThat(agent.shown(2).counted()).isEqualTo(FULL);

            assertThat(agent.shown(1).counted()).isEqualTo(1);
        }

        @Test
        void freeTheirSlotAfterTheSettleTimeIfTheAgentHasOurs() {
            agent.shown(1).assigned().after(SETTLE + 1);
            assertThat(agent.shown(2).counted()).isEqualTo(FULL);

            // One of ours may have been resolved, its webhook still on the way.
            assertThat(agent.after(SETTLE + 1).shown(1).counted()).isEqualTo(FULL);

            assertThat(agent.after(SETTLE / 2).shown(1).counted()).isEqualTo(FULL);
            assertThat(agent.after(SETTLE / 2).shown(1).counted()).isEqualTo(1);
        }

        @Test
        void areNoticedRightAfterOurAssignment() {
            agent.shown(0).assigned();
            assertThat(agent.shown(2).certain()).isEqualTo(FULL);

            // Did they leave, or does Qiscus show an older state without ours? We cannot tell.
            assertThat(agent.shown(1).certain()).isEqualTo(FULL);

            assertThat(agent.after(SETTLE + 1).shown(1).certain()).isEqualTo(FULL);
            assertThat(agent.after(SETTLE).shown(1).counted()).isEqualTo(1);
        }

        @Test
        void areNoticedWhileOurCountKeepsChanging() {
            agent.shown(0).assigned().assigned().resolved().resolved();
            for (int i = 0; i < 20; i++) {
                assertThat(agent.after(SETTLE / 10).shown(0).counted()).isZero();
                agent.reserved().confirmed().resolved();
            }
            assertThat(agent.shown(0).assigned().counted()).isEqualTo(1);

            // The agent never had more than one of ours since, so one of these two is external.
            assertThat(agent.shown(2).certain()).isEqualTo(FULL);
        }

        @Test
        void endTheCertaintyThatThereAreNone() {
            agent.shown(0).assigned().shown(1).resolved();

            // Two external ones. Qiscus might still show one of ours, but not two.
            assertThat(agent.shown(2).certain()).isEqualTo(1);
            assertThat(agent.counted()).isEqualTo(FULL);
            assertThat(agent.after(SETTLE / 2).shown(2).counted()).isEqualTo(FULL);
            assertThat(agent.after(SETTLE).shown(2).certain()).isEqualTo(FULL);
        }

        @Test
        void countIfTheyArePossibleAndNothingWasCertainForLong() {
            agent.shown(0).assigned().after(SETTLE + 1).resolved();

            // Meanwhile an external one may have come, and ours is resolved.
            assertThat(agent.shown(1).counted()).isEqualTo(1);
            assertThat(agent.certain()).isZero();
            assertThat(agent.reserved().shown(1).counted()).isEqualTo(FULL);
        }

        @Test
        void areNotRuledOutByAFallThatALateWebhookExplains() {
            agent.shown(0)
                    .assigned()
                    .shown(1)
                    .after(SETTLE / 2)
                    .reserved()
                    .after(1)
                    .confirmed()
                    .resolved();
            // An external one came: Qiscus shows two, and one of them is ours.
            agent.after(SETTLE / 2).shown(2);
            assertThat(agent.counted()).isEqualTo(FULL);

            // Ours is resolved: Qiscus shows it, its webhook is still on the way.
            assertThat(agent.after(SETTLE / 2 + 2).shown(1).counted()).isEqualTo(1);

            assertThat(agent.resolved().counted()).isEqualTo(1);
            assertThat(agent.shown(1).counted()).isEqualTo(1);
        }

        @Test
        void leaveOnePerSettleTime() {
            agent.shown(2).assigned().assigned().after(SETTLE + 1).shown(4);

            assertThat(agent.shown(2).certain()).isEqualTo(4);
            assertThat(agent.after(SETTLE).shown(2).certain()).isEqualTo(3);
            assertThat(agent.after(SETTLE).shown(2).certain()).isEqualTo(2);
        }

        @Test
        void leaveASettleTimeAfterTheLastFallOfTheCount() {
            agent.shown(2)
                    .after(1)
                    .assigned()
                    .after(SETTLE + 1)
                    .shown(3)
                    .after(1)
                    .shown(2);
            // Now the count of the other one falls too, and we cannot tell whose it was.
            agent.after(SETTLE - 1).shown(1);

            assertThat(agent.after(1).shown(1).certain()).isEqualTo(FULL);
            assertThat(agent.after(SETTLE).shown(1).certain()).isEqualTo(1);
        }

        @Test
        void areRuledOutAsSoonAsQiscusShowsTheResolve() {
            agent.shown(0).assigned().assigned().after(SETTLE + 1).resolved().resolved();
            assertThat(agent.shown(2).counted()).isEqualTo(FULL);

            assertThat(agent.shown(0).counted()).isZero();
            assertThat(agent.reserved().shown(2).counted()).isEqualTo(1);
        }
    }

    @Nested
    class AnAssignCall {

        @Test
        void doesNotHideExternalCustomersHoweverLongItTakes() {
            agent.shown(1).reserved().after(SETTLE + 1).shown(1).after(SETTLE + 1);

            assertThat(agent.shown(1).counted()).isEqualTo(FULL);
        }

        @Test
        void beginsTheSettleTimeWhenItIsConfirmed() {
            agent.shown(1).reserved().after(SETTLE + 1).confirmed();

            assertThat(agent.shown(1).counted()).isEqualTo(FULL);
        }

        @Test
        void thatIsRefusedDoesNotHideAnExternalCustomer() {
            agent.shown(1).reserved();
            long since = agent.now();
            agent.after(100).refused(since);

            // Two customers, and neither is ours.
            assertThat(agent.shown(2).counted()).isEqualTo(FULL);
            assertThat(agent.certain()).isEqualTo(FULL);
        }
    }

    @Nested
    class AStaleAssignment {

        @Test
        void doesNotHideAnExternalCustomer() {
            agent.shown(0).assigned().assigned();
            // Its resolve never came, and an external customer took its place.
            assertThat(agent.after(SETTLE + 1).shown(2).counted()).isEqualTo(FULL);

            agent.after(SETTLE + 1).foundStale();

            assertThat(agent.shown(2).counted()).isEqualTo(FULL);
        }

        @Test
        void doesNotHideAnExternalCustomerBeforeTheNextList() {
            agent.shown(0).assigned().assigned().after(SETTLE + 1).shown(2);

            agent.foundStale();

            assertThat(agent.counted()).isEqualTo(FULL);
        }

        @Test
        void doesNotHideAnExternalCustomerIfSeveralAreFoundOneByOne() {
            agent.shown(0).assigned().assigned().after(SETTLE + 1);
            // Both were resolved without a webhook. The one that Qiscus shows is external.
            assertThat(agent.foundStale().shown(1).counted()).isEqualTo(1);
            agent.assigned().foundStale();
            assertThat(agent.ours()).isEqualTo(1);

            // Qiscus does not show our last one yet.
            assertThat(agent.shown(1).counted()).isEqualTo(FULL);
        }
    }

    @Nested
    class ATransferInTheDashboard {

        @Test
        void makesAnExternalCustomerOneOfOurs() {
            agent.shown(1).after(SETTLE + 1).shown(1);

            agent.foundTransferredIn();

            assertThat(agent.certain()).isEqualTo(1);
            assertThat(agent.after(SETTLE + 1).shown(1).counted()).isEqualTo(1);
        }

        @Test
        void doesNotHideAnExternalCustomer() {
            agent.shown(1).foundTransferredIn();

            // Qiscus does not show the transfer yet: the customer that it shows is another one.
            assertThat(agent.counted()).isEqualTo(FULL);
            assertThat(agent.shown(1).counted()).isEqualTo(FULL);
            assertThat(agent.after(SETTLE + 1).shown(2).counted()).isEqualTo(FULL);
        }
    }
}
