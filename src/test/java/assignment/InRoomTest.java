package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InRoomTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            # listed, who,    may be a list of those who are available
            '',       NOBODY, false
            11,       OURS,   false
            11 12,    OURS,   true
            12 11,    OURS,   true
            12,       OTHER,  true
            12 13,    OTHER,  true
            """)
    void aListedAgentIsInTheRoom(String listed, InRoom.Who who, boolean needsProof) {
        InRoom inRoom = InRoom.of(agents(listed), List.of("11"));

        assertThat(inRoom.who()).isEqualTo(who);
        assertThat(inRoom.needsProof()).isEqualTo(needsProof);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # in the room, available, who
            11 12,         11 12,     NOT_ANSWERED
            11 12,         12,        NOT_ANSWERED
            11 12,         11 12 13,  OURS
            12,            12,        NOT_ANSWERED
            12,            11 12,     OTHER
            12,            '',        OTHER
            """)
    void aListOfAllWhoAreAvailableSaysNothing(String listed, String available, InRoom.Who who) {
        InRoom inRoom = InRoom.of(agents(listed), List.of("11")).comparedWith(agents(available));

        assertThat(inRoom.who()).isEqualTo(who);
        // It still says who is online.
        assertThat(inRoom.listed()).isEqualTo(agents(listed));
    }

    @Test
    void theFirstOfTheOthersHasTheRoom() {
        assertThat(InRoom.of(agents("13 12"), List.of("11")).other().id()).isEqualTo("13");
    }

    private static List<Agent> agents(String ids) {
        return Stream.of(ids.split(" "))
                .filter(id -> !id.isEmpty())
                .map(id -> new Agent(id, "Agent " + id, 0, true, false, "agent"))
                .toList();
    }
}
