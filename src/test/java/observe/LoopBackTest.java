package observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LoopBackTest {

    @Test
    void everyReasonThatTheScriptGivesHasALabelOfItsOwn() throws IOException {
        String script = Files.readString(Path.of("src/main/resources/redis/reserve.lua"));
        String reasons = script.substring(script.indexOf("local reason ="));
        reasons = reasons.substring(0, reasons.indexOf('\n'));

        assertThat(Pattern.compile("'([^']+)'").matcher(reasons).results().map(reason -> LoopBack.of(reason.group(1))))
                .hasSize(3)
                .doesNotHaveDuplicates()
                .doesNotContain(LoopBack.OTHER);
    }
}
