package observe;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyConfiguration;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;

/**
 * Camel's own metrics of routes, for those that something from outside begins. What they call is part of their time,
 * and all of them together are what Camel would count of its context; to count those too would cost each webhook a
 * sixth more.
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
