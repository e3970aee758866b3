package support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged program. Tests start it a hundred times, so the first one makes an archive of its classes for all later
 * ones, as {@code deploy/archive-classes.sh} does. With the archive a start takes half the time.
 */
public final class PackagedJar {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path JAR = TARGET.resolve("qiscus-agent-assignment.jar");
    private static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // The process is always short-lived.
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC");

    private PackagedJar() {}

    /** @return the command that starts it with these options of Java */
    public static List<String> command(List<String> options) {
        List<String> command = new ArrayList<>(JAVA);
        Path archive = archive();
        // Another test may be making it right now.
        if (Files.exists(archive)) {
            command.add("-XX:SharedArchiveFile=" + archive);
        }
        command.addAll(options);
        command.addAll(List.of("-jar", JAR.toString()));
        return command;
    }

    private static Path archive() {
        try {
            // Another jar has another archive.
            String name = "classes-" + Files.getLastModifiedTime(JAR).toMillis();
            Path archive = TARGET.resolve(name + ".jsa");
            if (!Files.exists(archive)) {
                make(archive, Files.createDirectory(TARGET.resolve(name)));
            }
            return archive;
        } catch (FileAlreadyExistsException another) {
            return Path.of(another.getFile() + ".jsa");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void make(Path archive, Path work) throws IOException {
        Path part = work.resolve("classes.jsa");
        List<String> command = new ArrayList<>(JAVA);
        command.addAll(List.of(
                "-XX:ArchiveClassesAtExit=" + part, "-Dcamel.main.durationMaxSeconds=3", "-jar", JAR.toString()));
        ProcessBuilder training = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("log").toFile());
        training.environment().clear();
        training.environment()
                .putAll(Map.of(
                        "PORT", Integer.toString(RealRedis.freePort()),
                        "REDIS_PORT", Integer.toString(RealRedis.freePort()),
                        "SIMULATOR_CUSTOMERS_PER_MINUTE", "300"));
        Process process = training.start();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException("no archive of the classes, see " + work.resolve("log"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
        Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
    }
}
