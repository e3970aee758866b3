package app;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** Where log lines go and what they look like: {@code logback.xml} for people, {@code logback-json.xml} for programs. */
final class Logs {
    private static final String CONFIGURATION = "logback.configurationFile";

    private Logs() {}

    /** Unless somebody brought a configuration of his own. To be called before anything logs: Logback reads one, once. */
    static void useJson() {
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, "logback-json.xml");
        }
    }

    /** Nothing at all is written from now on. */
    static void silence() {
        context().reset();
    }

    /** Whatever is still on its way is written; then nothing is any more. */
    static void close() {
        context().stop();
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
