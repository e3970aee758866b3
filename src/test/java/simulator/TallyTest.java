package simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TallyTest {

    @Test
    void waitsAreSummedUpByPercentiles() {
        Tally tally = new Tally();

        IntStream.rangeClosed(1, 100).forEach(i -> tally.assigned(i * 10L, 1));

        assertThat(tally.figures().assigned()).isEqualTo(100);
        assertThat(tally.figures().median()).isBetween(495L, 505L);
        assertThat(tally.figures().ninetyFifth()).isBetween(945L, 955L);
        assertThat(tally.figures().longest()).isBetween(999L, 1001L);
    }

    @Test
    void theMostCustomersOfOneAgentAreRecorded() {
        Tally tally = new Tally();

        tally.assigned(5, 1);
        tally.assigned(5, 3);
        tally.assigned(5, 2);

        assertThat(tally.figures().most()).isEqualTo(3);
    }
}
