package commands;

import java.io.PrintWriter;

/** What a command found, a line for each thing, with how to repair it where it is wrong. */
class Report {
    private final PrintWriter out;
    private int wrong;

    Report(PrintWriter out) {
        this.out = out;
    }

    void right(String subject, String sentence) {
        line("ok", subject, sentence);
    }

    /** It cannot be told, and nothing depends on it. */
    void open(String subject, String sentence) {
        line("?", subject, sentence);
    }

    /** The sentence also says how to repair it. */
    void wrong(String subject, String sentence) {
        wrong++;
        line("WRONG", subject, sentence);
    }

    void wrong(String subject, String sentence, String remedy) {
        wrong(subject, sentence);
        out.println(" ".repeat(17) + "-> " + remedy);
    }

    private void line(String verdict, String subject, String sentence) {
        out.printf("%-6s %-9s %s%n", verdict, subject, sentence);
    }

    /** Prints the sum. @return 0 if nothing is wrong, else 1 */
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
