package commands;

import app.Version;
import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import settings.Settings;
import settings.WrongSetting;

/** The commands of the program: each does one thing and ends. */
@Command(
        name = "java -jar qiscus-agent-assignment.jar",
        mixinStandardHelpOptions = true,
        versionProvider = Commands.OurVersion.class,
        scope = ScopeType.INHERIT,
        description = "Without a command it assigns the customers who wait in Qiscus to agents, until you stop it.",
        footer = {
            "",
            "Commands read the same settings as the program: environment, .env, or -DNAME=value before -jar.",
            "The exit code is 0 if all is well, 1 if something is wrong, 2 for an unknown command or option."
        },
        subcommands = HelpCommand.class)
public class Commands implements Runnable {
    /** How this program was started, for commands that it suggests. */
    static final String LINE = line(System.getProperty("sun.java.command", ""));

    @Spec
    private CommandSpec spec;

    /**
     * Runs one command.
     *
     * @param settings loaded only by commands that need them; may throw {@link WrongSetting}
     * @return the exit code
     */
    public static int run(Supplier<Settings> settings, PrintWriter out, PrintWriter err, String... args) {
        IExecutionExceptionHandler inWords = (failure, command, parsed) -> {
            if (!(failure instanceof WrongSetting)) {
                throw failure;
            }
            command.getErr().println(failure.getMessage());
            return 1;
        };
        IParameterExceptionHandler withUsage = (wrong, given) -> {
            wrong.getCommandLine().getErr().println(wrong.getMessage());
            wrong.getCommandLine().usage(wrong.getCommandLine().getErr());
            return CommandLine.ExitCode.USAGE;
        };
        return new CommandLine(new Commands())
                .addSubcommand(new Check(settings))
                .addSubcommand(new Register(settings))
                .addSubcommand(new Simulate(settings))
                .setParameterExceptionHandler(withUsage)
                .setExecutionExceptionHandler(inWords)
                .setUsageHelpWidth(110)
                .setOut(out)
                .setErr(err)
                .execute(args);
    }

    /** @param started what the JVM was told to run, with its arguments */
    static String line(String started) {
        String jar = started.split(" ", 2)[0];
        return "java -jar " + (jar.endsWith(".jar") ? jar : "qiscus-agent-assignment.jar");
    }

    static class OurVersion implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"Qiscus Agent Assignment " + Version.ours()};
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }
}
