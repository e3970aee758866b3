package observe;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.Match.Why;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoopBackTest {

    @Test
    void everyReasonToWaitHasItsOwnLabel() {
        assertThat(Stream.of(Why.NO_AGENT_ONLINE, Why.ALL_FULL, Why.OLDER_FIRST).map(LoopBack::of))
                .doesNotHaveDuplicates()
                .doesNotContain(LoopBack.OTHER);
    }
}
