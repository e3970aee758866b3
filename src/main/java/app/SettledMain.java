package app;

import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.Main;
import settings.Settings;

/**
 * Camel Main with placeholders and options from this program only. By default it would read the environment and the
 * system properties first, and ignore what {@link Settings} made of them.
 */
public class SettledMain extends Main {
    public static final String NO_FILE = "false";

    /**
     * @param placeholders for the routes and the file
     * @param file with Camel's options, or {@link #NO_FILE}
     */
    public SettledMain(Properties placeholders, String file) {
        setPropertyPlaceholderLocations(file);
        // If there are initial properties, Camel looks for no other files with properties.
        setInitialProperties(new Properties());
        addInitialProperty("camel.main.name", "qiscus-agent-assignment");
        setOverrideProperties(placeholders);
        configure()
                .withAutoConfigurationEnvironmentVariablesEnabled(false)
                .withAutoConfigurationSystemPropertiesEnabled(false);
    }

    @Override
    protected CamelContext createCamelContext() {
        CamelContext camel = super.createCamelContext();
        PropertiesComponent known = (PropertiesComponent) camel.getPropertiesComponent();
        known.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
        known.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
        return camel;
    }
}
