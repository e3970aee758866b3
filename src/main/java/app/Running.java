package app;

import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.task.Tasks;
import org.apache.camel.support.task.budget.Budgets;
import org.springframework.dao.DataAccessException;
import store.SessionStore;

/**
 * Sets the variable {@code global:running}, by which routes know whether they may begin new work. An expression about
 * the Camel context itself would look through all of its methods, which makes a start two seconds slower. An instance
 * that stops lets another one decide at once.
 */
class Running extends LifecycleStrategySupport {
    /** Most calls end by then. Camel waits for the others, but checks only once a second. */
    private static final Duration MOST_CALLS_END = Duration.ofMillis(500);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private final SessionStore store;

    Running(SessionStore store) {
        this.store = store;
    }

    @Override
    public void onContextStarted(CamelContext camel) {
        camel.setVariable("global:running", true);
    }

    @Override
    public void onContextStopping(CamelContext camel) {
        camel.setVariable("global:running", false);
        awaitWhatIsUnderWay(camel);
        try {
            store.resign();
        } catch (DataAccessException away) {
            // The lease ends by itself.
        }
    }

    private static void awaitWhatIsUnderWay(CamelContext camel) {
        Tasks.foregroundTask()
                .withBudget(Budgets.iterationTimeBudget()
                        .withMaxDuration(MOST_CALLS_END)
                        .withInterval(BETWEEN_LOOKS)
                        .build())
                .withName("await-what-is-under-way")
                .build()
                .run(camel, () -> camel.getInflightRepository().size() == 0);
    }
}
