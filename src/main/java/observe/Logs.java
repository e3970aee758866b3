package observe;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import org.slf4j.LoggerFactory;

/** Where log lines go and what they look like: {@code logback.xml} for people, {@code logback-json.xml} for programs. */
public final class Logs {

    private Logs() {}

    /** Unless somebody brought a configuration of his own: then his is used. */
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

    /** Nothing at all is written from now on. */
    public static void silence() {
        context().reset();
    }

    /** Whatever is still on its way is written; then nothing is any more. */
    public static void close() {
        context().stop();
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
