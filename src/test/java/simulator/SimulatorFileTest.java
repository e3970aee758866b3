package simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorFileTest {
    @TempDir
    private Path directory;

    @Test
    void theStateIsKnownAfterARestart() throws IOException {
        Path file = directory.resolve("not/there/yet/simulator.json");
        Simulator simulator = simulator();
        List<Simulator.Delivery> told = new SimulatorFile(simulator, file, new ObjectMapper()).tick();

        Simulator restarted = simulator();
        new SimulatorFile(restarted, file, new ObjectMapper());

        assertThat(told).isNotEmpty();
        assertThat(restarted.state()).isEqualTo(simulator.state());
    }

    @Test
    void onlyOneFileIsWritten() throws IOException {
        SimulatorFile file = new SimulatorFile(simulator(), directory.resolve("simulator.json"), new ObjectMapper());

        file.tick();
        file.tick();

        try (var left = Files.list(directory)) {
            assertThat(left).containsExactly(directory.resolve("simulator.json"));
        }
    }

    @Test
    void anUnreadableFileIsNotOverwritten() throws IOException {
        Path file = Files.writeString(directory.resolve("simulator.json"), "not a world");

        assertThatThrownBy(() -> new SimulatorFile(simulator(), file, new ObjectMapper()))
                .isInstanceOf(IOException.class);

        assertThat(file).hasContent("not a world");
    }

    private static Simulator simulator() {
        Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
        return new Simulator(2, 120, Duration.ofSeconds(12), clock, new Random(7));
    }
}
