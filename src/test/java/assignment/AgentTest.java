package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentTest {

    @ParameterizedTest
    @CsvSource({
        "true,  false, agent,      true",
        "true,  true,  agent,      false",
        "false, false, agent,      false",
        "false, true,  agent,      false",
        "true,  false, supervisor, false",
        "true,  false, admin,      false",
        "true,  false, Agent,      false",
        "true,  false, '',         false",
        "true,  false, ,           false"
    })
    void anAvailableAgentWhoIsNotForcedOfflineCanServe(
            boolean isAvailable, boolean forceOffline, String type, boolean canServe) {
        assertThat(new Agent("1", "Siti", 0, isAvailable, forceOffline, type).canServe())
                .isEqualTo(canServe);
    }

    @Test
    void theCustomerCountDoesNotMatterForThat() {
        assertThat(new Agent("1", "Siti", 99, true, false, "agent").canServe()).isTrue();
    }

    @Test
    void anAgentWithoutANameIsShownByTheirId() {
        assertThat(new Agent("1", null, 0, true, false, "agent").shownName()).isEqualTo("1");
    }
}
