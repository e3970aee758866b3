package app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import settings.Settings;
import settings.WrongSetting;

/** Why the program cannot start, in words for the person who started it. */
final class FailedStart {

    private FailedStart() {}

    /**
     * One sentence; for an unexpected failure also where in the code it happened. It contains none of our secrets.
     *
     * @param settings null if the settings themselves are wrong
     */
    static String report(Throwable failure, Settings settings) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof WrongSetting || cause instanceof BindException) {
                return cause.getMessage();
            }
            root = cause;
        }
        if (settings == null) {
            // Its message may quote a setting.
            Throwable silent = new Throwable(root.getClass().getName());
            silent.setStackTrace(root.getStackTrace());
            root = silent;
        }
        StringWriter stack = new StringWriter();
        root.printStackTrace(new PrintWriter(stack));
        String report = "The program cannot start because of an unexpected failure. Please report it:\n" + stack;
        return (settings == null ? report : settings.masked(report)).strip();
    }
}
