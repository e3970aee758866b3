package app;

import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.Main;
import settings.Settings;

/**
 * Camel, which gets its placeholders and its own options from this program and from nowhere else. By itself it would
 * ask the environment and the system properties first, and never learn what {@link Settings} made of them.
 */
public class SettledMain extends Main {
    public static final String NO_FILE = "false";

    /**
     * @param placeholders for the routes and the file
     * @param file with Camel's options, or {@link #NO_FILE}
     */
    public SettledMain(Properties placeholders, String file) {
        setPropertyPlaceholderLocations(file);
        // Where there are some already, Camel looks for no further files of them.
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
