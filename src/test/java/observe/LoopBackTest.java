package observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import support.ReserveScript;

class LoopBackTest {

    @Test
    void everyReasonThatTheScriptGivesHasALabelOfItsOwn() throws IOException {
        assertThat(ReserveScript.reasons().stream().map(reason -> LoopBack.of(reason)))
                .hasSize(3)
                .doesNotHaveDuplicates()
                .doesNotContain(LoopBack.OTHER);
    }
}
