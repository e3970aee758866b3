package support;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals that Java cannot send itself. */
public final class Signals {

    private Signals() {}

    /** @param name as for {@code kill}: STOP, CONT */
    public static void send(Process process, String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
