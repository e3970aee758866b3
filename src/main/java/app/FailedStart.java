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
     * One sentence; of what nobody foresaw the place in the code too. None of our secrets is in it.
     *
     * @param settings null if they are what is wrong
     */
    static String told(Throwable failure, Settings settings) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof WrongSetting || cause instanceof BindException) {
                return cause.getMessage();
            }
            root = cause;
        }
        StringWriter stack = new StringWriter();
        root.printStackTrace(new PrintWriter(stack));
        return settings == null
                ? "The program cannot start: " + root.getClass().getName() + " while it reads its settings."
                : settings.masked("The program cannot start, for a reason that nobody foresaw: " + stack)
                        .strip();
    }
}
