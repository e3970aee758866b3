package commands;

import java.io.PrintWriter;

/** Prints what a command found, one line per finding, and how to fix what is wrong. */
class Report {
    private final PrintWriter out;
    private int wrong;

    Report(PrintWriter out) {
        this.out = out;
    }

    void right(String subject, String sentence) {
        line("ok", subject, sentence);
    }

    /** Unknown, but nothing depends on it. */
    void open(String subject, String sentence) {
        line("?", subject, sentence);
    }

    /** @param remedies one line each; a shell command has its own line, so that it can be copied */
    void wrong(String subject, String sentence, String... remedies) {
        wrong++;
        line("WRONG", subject, sentence);
        for (String remedy : remedies) {
            out.println(" ".repeat(17) + "-> " + remedy);
        }
    }

    private void line(String verdict, String subject, String sentence) {
        out.printf("%-6s %-9s %s%n", verdict, subject, sentence);
    }

    /** Prints the summary. @return 0 if nothing is wrong, else 1 */
    int close() {
        out.println();
        out.println(
                switch (wrong) {
                    case 0 -> "All is well.";
                    case 1 -> "One thing is wrong.";
                    default -> wrong + " things are wrong.";
                });
        out.flush();
        return wrong == 0 ? 0 : 1;
    }
}
