package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventTest {

    @ParameterizedTest
    @EnumSource
    void everyEventIsFoundByItsId(Event event) {
        assertThat(Event.of(event.id())).isEqualTo(event);
    }

    @Test
    void anEventIsOneSentence() {
        Map<String, Object> data = Map.of(
                "name", "Ayu", "agent_id", "11", "agent_name", "Siti", "customers", 1, "capacity", 2, "count", 1);

        assertThat(Event.describe("assigned", "7", data)).isEqualTo("Assigned Ayu (room 7) to Siti (1 of 2)");
    }

    @Test
    void aCustomerWhoMayBeGoneIsCountedAsPossibleOnly() {
        Map<String, Object> data = Map.of(
                "name", "Ayu", "agent_id", "11", "agent_name", "Siti", "customers", 3, "certain", 2, "capacity", 3);

        assertThat(Event.describe("assigned", "7", data)).isEqualTo("Assigned Ayu (room 7) to Siti (2-3 of 3)");
    }

    @Test
    void aResolveWhileWaitingNamesNoAgent() {
        assertThat(Event.describe("resolved", "7", Map.of("while", "waiting")))
                .isEqualTo("room 7 was resolved while waiting and left the line");
    }

    @Test
    void anEventOfAnotherVersionIsShownByItsId() {
        assertThat(Event.describe("teleported", "7", Map.of())).isEqualTo("teleported");
    }

    @ParameterizedTest
    @EnumSource
    void anEventWrittenByHandHasASentenceToo(Event event) {
        Map<String, Object> data = Map.of("name", 5, "agent_name", List.of(), "agent_id", Map.of(), "reason", 1.5);

        assertThat(Event.describe(event.id(), "7", data)).isNotBlank();
    }
}
