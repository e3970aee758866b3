package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class RecordedEventTest {

    @Test
    void aPauseThatTheProgramDecidedIsAWarning() {
        assertThat(new RecordedEvent(Event.PAUSED, null, Map.of("agent_name", "Siti", "silent", 2)).level())
                .isEqualTo(Level.WARN);
    }

    @Test
    void anOperatorsActionIsLoggedAtInfo() {
        RecordedEvent pause = new RecordedEvent(Event.PAUSED, null, Map.of("agent_name", "Siti", "by", "dewi"));
        RecordedEvent choice = new RecordedEvent(
                Event.CHOSEN,
                "17",
                Map.of("name", "Ayu", "agent_name", "Siti", "by", "dewi", "why", "an operator chose"));

        assertThat(pause.level()).isEqualTo(Level.INFO);
        assertThat(choice.level()).isEqualTo(Level.INFO);
        assertThat(choice).hasToString("dewi chose Siti for Ayu (room 17)");
    }

    @Test
    void aChoiceOfTheDeciderIsNotLogged() {
        assertThat(new RecordedEvent(Event.CHOSEN, "17", Map.of("agent_name", "Siti", "why", "fewest customers"))
                        .level())
                .isNull();
    }
}
