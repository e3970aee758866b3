package observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NothingBelowInfoTest {
    private final LoggerContext context = new LoggerContext();

    NothingBelowInfoTest() {
        new NothingBelowInfo().configure(context);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {Logger.ROOT_LOGGER_NAME, "org.apache.hc.client5.http.wire", "org", "confirm-assignment"})
    void noLevelBelowInfoEverTakesEffect(String name) {
        for (Level level : new Level[] {Level.ALL, Level.TRACE, Level.DEBUG}) {
            context.getLogger(name).setLevel(level);

            assertThat(context.getLogger(name).getLevel()).isEqualTo(Level.INFO);
            assertThat(context.getLogger(name + ".below").isDebugEnabled()).isFalse();
        }
    }

    @Test
    void higherLevelsTakeEffect() {
        context.getLogger("org.apache.camel").setLevel(Level.WARN);

        assertThat(context.getLogger("org.apache.camel.Main").isInfoEnabled()).isFalse();
    }

    @Test
    void aConfigurationThatIsReadAgainChangesNothing() {
        context.reset();
        context.getLogger("org").setLevel(Level.TRACE);

        assertThat(context.getLogger("org.apache.hc.client5.http.wire").isDebugEnabled())
                .isFalse();
        assertThat(context.getLogger("any").isDebugEnabled()).isFalse();
    }

    @Test
    void logbackFindsItInEveryProgram() {
        Logger logger = (Logger) org.slf4j.LoggerFactory.getLogger("org.apache.hc.client5.http.headers");
        logger.setLevel(Level.TRACE);

        assertThat(logger.isDebugEnabled()).isFalse();
        logger.setLevel(null);
    }
}
