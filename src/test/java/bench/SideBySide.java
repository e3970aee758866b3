package bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import support.RealRedis;

/**
 * An earlier version, {@code -Dbench.before=JAR}, and this one, both running: each measurement takes them in turn.
 * Without an earlier version its column is empty.
 */
class SideBySide implements AutoCloseable {
    static final String HEADER = "| | before | now | now / before |\n| --- | ---: | ---: | ---: |\n";

    private static final String BEFORE = System.getProperty("bench.before", "");
    private static final String NOT_MEASURED = "-";

    /** A row of the table. @param format of its values */
    record Figure(String what, String format) {

        String row(String before, double now, String ratio) {
            String row = "| %s | %s | %s | %s |%n".formatted(what, before, text(now), ratio);
            System.out.print(row);
            return row;
        }

        private String text(double value) {
            return String.format(Locale.ROOT, format, value);
        }
    }

    private final List<Side> sides = new ArrayList<>();

    /** @param redis one per side */
    SideBySide(List<RealRedis> redis, int agents, Map<String, String> settings) {
        if (!BEFORE.isBlank()) {
            sides.add(new Side(Path.of(BEFORE).toAbsolutePath(), "before", redis.get(0), agents, settings));
        }
        sides.add(new Side(ServerProcess.JAR, "now", redis.get(1), agents, settings));
    }

    SideBySide prepare(Consumer<Side> prepare) {
        sides.forEach(prepare);
        return this;
    }

    /**
     * Measures each side several times.
     *
     * @param measured one value per figure
     * @return the medians as rows of the table
     */
    String rows(int rounds, Function<Side, double[]> measured, Figure... figures) {
        List<List<double[]>> values = sides.stream()
                .map(side -> (List<double[]>) new ArrayList<double[]>())
                .toList();
        for (int round = 0; round < rounds; round++) {
            IntStream.range(0, sides.size()).forEach(i -> values.get(i).add(measured.apply(sides.get(i))));
        }
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < figures.length; i++) {
            double now = median(values.get(sides.size() - 1), i);
            double before = median(values.get(0), i);
            String earlier = figures[i].text(before);
            // A ratio to a value that is shown as 0 is meaningless.
            boolean isNothing = earlier.matches("[0.]+\\D*");
            rows.append(
                    sides.size() == 1
                            ? figures[i].row(NOT_MEASURED, now, NOT_MEASURED)
                            : figures[i].row(
                                    earlier,
                                    now,
                                    isNothing ? NOT_MEASURED : String.format(Locale.ROOT, "%.2f", now / before)));
        }
        return rows.toString();
    }

    static double median(List<double[]> rounds, int figure) {
        double[] sorted =
                rounds.stream().mapToDouble(round -> round[figure]).sorted().toArray();
        return sorted[(sorted.length - 1) / 2];
    }

    @Override
    public void close() {
        sides.forEach(Side::close);
    }
}
