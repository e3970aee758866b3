package support;

import commands.Commands;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import settings.Settings;

/**
 * A command that was run to its end, as {@code main} runs it.
 *
 * @param out what it printed
 * @param err what it complained of
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
