package commands;

import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import settings.Settings;
import settings.WrongSetting;

/** What the program can do besides its work: each command does one thing and ends. */
@Command(
        name = "java -jar qiscus-agent-assignment.jar",
        description = "Without a command it gives the customers who wait in Qiscus to agents, until it is stopped.",
        footer = {
            "",
            "The settings are those of the program: environment, .env, or -DNAME=value before -jar.",
            "The exit code is 0 when all is well, 1 when something is wrong, 2 for a command that is none."
        },
        subcommands = HelpCommand.class)
public class Commands implements Runnable {
    @Spec
    private CommandSpec spec;

    /**
     * Runs one command to its end.
     *
     * @param settings asked for only by commands that need them; may throw {@link WrongSetting}
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

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
