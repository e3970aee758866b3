package settings;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds variables that look like settings but are not: a typo would otherwise silently leave a default in force. Most
 * variables of an environment belong to other programs, so only names close to one of ours are reported.
 */
final class UnknownSettings {
    /** Apart from service links, only our settings begin with these. */
    private static final List<String> OUR_PREFIXES = List.of("QISCUS_", "REDIS_", "SIMULATOR_");

    private static final double CLOSE = 0.8;
    /** A shorter name, such as PORT, is part of too many other names. */
    private static final int SHORTEST = 7;
    /** Other programs have similar variables, such as FTP_PROXY. */
    private static final Set<Setting> COMMON = EnumSet.of(Setting.HTTPS_PROXY, Setting.HTTP_PROXY, Setting.NO_PROXY);

    private static final Pattern NAME = Pattern.compile("[A-Za-z]\\w*");
    /** Variables that Kubernetes and Docker set for each neighbouring service, and those of the Redis image. */
    private static final Pattern SERVICE_LINK = Pattern.compile("\\w+_SERVICE_(HOST|PORT)(_\\w+)?"
            + "|\\w+_PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?|\\w+_ENV_\\w+|REDIS_(VERSION|DOWNLOAD_\\w+)");

    private static final Pattern LINKED_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*|/\\S+/\\S+");

    private UnknownSettings() {}

    /** @param given all variables, of whichever program @param known the names that settings are read from */
    static Optional<String> warning(Map<String, String> given, Set<String> known) {
        String unknown = given.entrySet().stream()
                .filter(variable -> !variable.getValue().isBlank())
                .filter(variable -> !known.contains(variable.getKey()))
                .filter(variable -> !isServiceLink(variable.getKey(), variable.getValue()))
                .map(Map.Entry::getKey)
                .filter(UnknownSettings::looksLikeOurs)
                .sorted()
                .map(name -> name + " (did you mean " + nearest(name) + "?)")
                .collect(Collectors.joining(", "));
        return unknown.isEmpty() ? Optional.empty() : Optional.of("Not a setting, and ignored: " + unknown);
    }

    private static boolean isServiceLink(String name, String value) {
        return SERVICE_LINK.matcher(name).matches()
                || name.matches("\\w+_(PORT|NAME)")
                        && LINKED_ADDRESS.matcher(value).matches();
    }

    private static boolean looksLikeOurs(String name) {
        if (!NAME.matcher(name).matches()) {
            return false;
        }
        String upper = name.toUpperCase(Locale.ROOT);
        String ours = nearest(name).name();
        return OUR_PREFIXES.stream().anyMatch(upper::startsWith)
                || ours.length() >= SHORTEST && similarity(upper, ours) >= CLOSE
                || isAllBut(upper, ours)
                || isAllBut(ours, upper);
    }

    /** The longer name is the shorter one plus further words, and the shorter one has at least two words. */
    private static boolean isAllBut(String shorter, String longer) {
        return shorter.contains("_") && longer.startsWith(shorter + "_");
    }

    private static Setting nearest(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return Arrays.stream(Setting.values())
                .filter(setting -> !COMMON.contains(setting))
                .max(Comparator.comparingDouble(setting -> similarity(upper, setting.name())))
                .orElseThrow();
    }

    /** From 0 to 1, by the longest common subsequence, because words may be added, missing or misspelled. */
    private static double similarity(String one, String other) {
        int[][] common = new int[one.length() + 1][other.length() + 1];
        for (int i = 1; i <= one.length(); i++) {
            for (int j = 1; j <= other.length(); j++) {
                common[i][j] = one.charAt(i - 1) == other.charAt(j - 1)
                        ? common[i - 1][j - 1] + 1
                        : Math.max(common[i - 1][j], common[i][j - 1]);
            }
        }
        return 2.0 * common[one.length()][other.length()] / (one.length() + other.length());
    }
}
