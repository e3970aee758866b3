package observe;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyConfiguration;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;

/**
 * Camel's own metrics, for those routes only that start with something from outside. The routes that they call are part
 * of their time. Counting the other routes and the context as well would make each webhook a sixth more expensive.
 */
public class RouteMeters extends MicrometerRoutePolicyFactory {

    public RouteMeters(MeterRegistry registry) {
        setMeterRegistry(registry);
        MicrometerRoutePolicyConfiguration routesOnly = new MicrometerRoutePolicyConfiguration();
        routesOnly.setContextEnabled(false);
        setPolicyConfiguration(routesOnly);
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext camel, String routeId, NamedNode route) {
        boolean isCalledByOthers =
                ((RouteDefinition) route).getInput().getEndpointUri().startsWith("direct:");
        return isCalledByOthers ? null : super.createRoutePolicy(camel, routeId, route);
    }
}
