package support;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** The log lines of a test. */
public class LogLines implements BeforeEachCallback, AfterEachCallback {
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @Override
    public void beforeEach(ExtensionContext context) {
        lines.list.clear();
        lines.start();
        root().addAppender(lines);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        root().detachAppender(lines);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    /** Level and message of each line. */
    public List<String> all() {
        return List.copyOf(lines.list).stream()
                .map(line -> line.getLevel() + " " + line.getFormattedMessage())
                .toList();
    }

    /** The lines of one class. */
    public List<String> of(Class<?> writer) {
        return of(writer.getName());
    }

    public List<String> of(String logger) {
        return List.copyOf(lines.list).stream()
                .filter(line -> line.getLoggerName().equals(logger))
                .map(line -> line.getLevel() + " " + line.getFormattedMessage())
                .toList();
    }
}
