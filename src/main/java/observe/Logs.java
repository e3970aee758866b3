package observe;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import org.slf4j.LoggerFactory;

/** Configures where log lines go: {@code logback.xml} for people, {@code logback-json.xml} for programs. */
public final class Logs {

    private Logs() {}

    /** A configuration of the operator's takes precedence. */
    public static void useJson() {
        if (System.getProperty("logback.configurationFile") == null) {
            LoggerContext context = context();
            context.reset();
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(context);
            try {
                configurator.doConfigure(Logs.class.getResource("/logback-json.xml"));
            } catch (JoranException ours) {
                throw new IllegalStateException("logback-json.xml cannot be used", ours);
            }
        }
    }

    /** From now on nothing is logged. */
    public static void silence() {
        context().reset();
    }

    /** Writes the lines that are still buffered; after that nothing is logged. */
    public static void close() {
        context().stop();
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
