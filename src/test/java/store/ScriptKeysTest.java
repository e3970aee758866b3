package store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A Cluster sends a script where the keys are that it was called with: it may touch no others. */
class ScriptKeysTest {
    private static final Path SCRIPTS = Path.of("src/main/resources/redis");
    private static final Pattern CALL = Pattern.compile("redis\\.p?call\\('(\\w+)'(?:, ([^,)]+))?");
    /** A key of KEYS under the name that common.lua gives it, a line of its table, or a parameter for one of them. */
    private static final Pattern NAMED_KEY = Pattern.compile("[A-Z]+|LINE\\[[\\w.]+]|hash|line|key");

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.filter(file -> file.toString().endsWith(".lua")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void everyKeyComesFromKeys(Path script) throws IOException {
        List<MatchResult> calls =
                CALL.matcher(Files.readString(script)).results().toList();

        assertThat(calls)
                .filteredOn(call -> !call.group(1).equals("TIME"))
                .allMatch(call -> NAMED_KEY.matcher(call.group(2)).matches());
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void theNamesInCapitalsAreThoseOfCommonLua(Path script) throws IOException {
        Matcher names = Pattern.compile("local ([A-Z, \n]+) =\\s+KEYS\\[1]")
                .matcher(Files.readString(SCRIPTS.resolve("common.lua")));
        assertThat(names.find()).isTrue();

        List<String> used = CALL.matcher(Files.readString(script))
                .results()
                .map(call -> String.valueOf(call.group(2)))
                .filter(key -> key.matches("[A-Z]+"))
                .toList();

        assertThat(names.group(1).split(",\\s+")).containsAll(used);
    }

    /** Whoever adds a command to a script adds it to {@code examine.lua} too. */
    @ParameterizedTest
    @MethodSource("scripts")
    void everyCommandIsExaminedFirst(Path script) throws IOException {
        String examined = Files.readString(SCRIPTS.resolve("examine.lua"));

        assertThat(CALL.matcher(Files.readString(script))
                        .results()
                        .map(call -> call.group(1))
                        .toList())
                .allMatch(command -> examined.contains("{'" + command + "'"));
    }

    @Test
    void withAHashTagAllKeysAreInOneSlot() {
        Keys keys = new Keys("chats:{acme}:");

        assertThat(keys.forScript(List.of("whatsapp", "line", "{other}")))
                .hasSizeGreaterThan(10)
                .allMatch(key -> JedisClusterCRC16.getSlot(key) == JedisClusterCRC16.getSlot("acme"));
    }
}
