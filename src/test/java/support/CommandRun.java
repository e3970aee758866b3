package support;

import commands.Commands;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import settings.Settings;

/**
 * A finished command, run as by {@code main}.
 *
 * @param out its output
 * @param err its error output
 */
public record CommandRun(int exitCode, String out, String err) {

    public static CommandRun of(Map<String, String> settings, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Commands.run(
                () -> new Settings(settings), new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }
}
