package support;

import static java.util.stream.Collectors.toMap;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** One answer of {@code /observe/metrics}, in Prometheus's text format. */
public class Scrape {
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z]\\w*)(?:\\{(.*)})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final Map<String, String> types = new TreeMap<>();
    private final Map<String, Set<String>> labels = new TreeMap<>();
    private final Map<Map<String, String>, Double> samples = new LinkedHashMap<>();

    public Scrape(String text) {
        TYPE.matcher(text).results().forEach(type -> types.put(type.group(1), type.group(2)));
        SAMPLE.matcher(text).results().forEach(this::add);
    }

    private void add(MatchResult sample) {
        Map<String, String> labelled = new TreeMap<>();
        if (sample.group(2) != null) {
            LABEL.matcher(sample.group(2)).results().forEach(label -> labelled.put(label.group(1), label.group(2)));
        }
        labels.computeIfAbsent(sample.group(1), name -> new TreeSet<>()).addAll(labelled.keySet());
        labelled.put("", sample.group(1));
        samples.put(labelled, Double.parseDouble(sample.group(3)));
    }

    /** Name to type, as the scrape declares them. */
    public Map<String, String> types() {
        return types;
    }

    /** Names of samples: a histogram has several. */
    public Set<String> names() {
        return labels.keySet();
    }

    public Set<String> labelsOf(String sample) {
        return labels.getOrDefault(sample, Set.of());
    }

    /**
     * The sum of all samples of this name with these labels; null if there is none.
     *
     * @param labels {@code name=value}
     */
    public Double value(String name, String... labels) {
        Map<String, String> wanted = new TreeMap<>(Arrays.stream(labels)
                .map(label -> label.split("=", 2))
                .collect(toMap(label -> label[0], label -> label[1])));
        wanted.put("", name);
        return samples.entrySet().stream()
                .filter(sample -> sample.getKey().entrySet().containsAll(wanted.entrySet()))
                .map(Map.Entry::getValue)
                .reduce(Double::sum)
                .orElse(null);
    }
}
