package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolvedTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            freed     | 9001 | Siti | Ayu | Ayu (room 7) is resolved, Siti has 1 left
            freed     | 9001 |      |     | room 7 is resolved, agent 9001 has 1 left
            left_line |      |      | Ayu | Ayu (room 7) was resolved while waiting and left the line
            unparked  |      |      |     | room 7 was resolved and is not parked any more
            repeated  |      |      |     | room 7 was resolved before, nothing changed
            earlier   |      |      |     | room 7 came back since that session was resolved, nothing changed
            unknown   |      |      |     | room 7 is not ours, nothing changed
            """)
    void itSaysWhatChanged(String outcome, String agentId, String agentName, String name, String sentence) {
        Resolved resolved = new Resolved(outcome, "7", agentId, agentName, 1, name);

        assertThat(resolved).hasToString(sentence);
    }

    @Test
    void namesCannotForgeALogLine() {
        Resolved resolved = new Resolved("freed", "7", "9001", "Siti\nERROR", 0, "Ayu\u2028ERROR");

        assertThat(resolved).hasToString("Ayu ERROR (room 7) is resolved, Siti ERROR has 0 left");
    }
}
