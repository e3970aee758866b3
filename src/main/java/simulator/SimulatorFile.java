package simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Keeps the simulator's state on disk beside the embedded Redis, so that both remember the same customers. */
public class SimulatorFile {
    private final Simulator simulator;
    private final Path file;
    private final ObjectMapper json;

    public SimulatorFile(Simulator simulator, Path file, ObjectMapper json) throws IOException {
        this.simulator = simulator;
        this.file = file;
        this.json = json;
        if (Files.exists(file)) {
            simulator.restore(Files.readAllBytes(file), json);
        }
    }

    /** One tick of the simulator, saved before its webhooks are sent. */
    public List<Simulator.Delivery> tick() throws IOException {
        List<Simulator.Delivery> deliveries = simulator.tick();
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(draft, simulator.save(json));
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return deliveries;
    }
}
