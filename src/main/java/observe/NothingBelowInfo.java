package observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Blocks the levels DEBUG and TRACE, at which libraries log bodies and headers, with tokens, keys, addresses and
 * messages. No file and no call can set them at any time. Logback finds this class by {@code
 * META-INF/services} and calls it before it reads any configuration.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public class NothingBelowInfo extends ContextAwareBase implements Configurator, LoggerContextListener {

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        context.addListener(this);
        atInfo(context);
        return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }

    @Override
    public void onLevelChange(Logger logger, Level level) {
        if (level != null && !level.isGreaterOrEqual(Level.INFO)) {
            logger.setLevel(Level.INFO);
        }
    }

    @Override
    public boolean isResetResistant() {
        return true;
    }

    /** Logback starts at DEBUG. */
    private static void atInfo(LoggerContext context) {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
    }

    @Override
    public void onStart(LoggerContext context) {}

    @Override
    public void onReset(LoggerContext context) {
        atInfo(context);
    }

    @Override
    public void onStop(LoggerContext context) {}
}
