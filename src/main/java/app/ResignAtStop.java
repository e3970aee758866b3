package app;

import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.springframework.dao.DataAccessException;
import store.SessionStore;

/** An instance that stops lets another one decide at once. */
class ResignAtStop extends LifecycleStrategySupport {
    private final SessionStore store;

    ResignAtStop(SessionStore store) {
        this.store = store;
    }

    @Override
    public void onContextStopping(CamelContext camel) {
        try {
            store.resign();
        } catch (DataAccessException away) {
            // The lease ends by itself.
        }
    }
}
