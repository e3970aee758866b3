package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CandidatesTest {
    private final Candidates candidates = new Candidates();

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
    void whoIsThereAndMayAndIsAnAgentCanServe(
            boolean isAvailable, boolean forceOffline, String type, boolean canServe) {
        Agent agent = new Agent("1", "Siti", 0, isAvailable, forceOffline, type);

        List<Agent> online = candidates.team(List.of(agent)).online();

        assertThat(online.contains(agent)).isEqualTo(canServe);
    }

    @Test
    void theyKeepTheirOrderHoweverFullTheyAre() {
        Agent full = new Agent("2", "Budi", 99, true, false, "agent");
        Agent offline = new Agent("3", "Dewi", 0, false, false, "agent");
        Agent idle = new Agent("1", "Siti", 0, true, false, "agent");

        List<Agent> online = candidates.team(List.of(full, offline, idle)).online();

        assertThat(online).containsExactly(full, idle);
    }

    @Test
    void thoseOfflineAreKnownTooButOnlyIfTheyAreAgents() {
        Agent loggedOut = new Agent("1", "Siti", 0, false, false, "agent");
        Agent takenOff = new Agent("2", "Budi", 0, true, true, "agent");
        Agent admin = new Agent("3", "Dewi", 0, false, false, "admin");
        Agent online = new Agent("4", "Ayu", 0, true, false, "agent");

        Team team = candidates.team(List.of(loggedOut, takenOff, admin, online));

        assertThat(team.offline()).containsExactly(loggedOut, takenOff);
        assertThat(team.online()).containsExactly(online);
    }

    @Test
    void fromNobodyComesNobody() {
        assertThat(candidates.team(List.of())).isEqualTo(new Team(List.of(), List.of()));
    }
}
