package app;

import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.springframework.dao.DataAccessException;
import store.SessionStore;

/**
 * Tells the routes, by the variable {@code global:running}, when they may begin something new. An instance that stops lets
 * another one decide at once.
 */
class Running extends LifecycleStrategySupport {
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
        try {
            store.resign();
        } catch (DataAccessException away) {
            // The lease ends by itself.
        }
    }
}
