package app;

import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;

/** Tells the routes, by the variable {@code global:running}, when they may begin something new. */
class Running extends LifecycleStrategySupport {

    @Override
    public void onContextStarted(CamelContext camel) {
        camel.setVariable("global:running", true);
    }

    @Override
    public void onContextStopping(CamelContext camel) {
        camel.setVariable("global:running", false);
    }
}
