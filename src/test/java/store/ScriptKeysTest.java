package store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A Cluster runs a script on the node of the keys that it is called with: the script may touch no others. */
class ScriptKeysTest {
    private static final Path SCRIPTS = Path.of("src/main/resources/redis");
    private static final Pattern CALL = Pattern.compile("redis\\.p?call\\('(\\w+)'(?:, ([^,)]+))?");
    /** A key by its name in common.lua, an additional key of one script, or a parameter for one of them. */
    private static final Pattern NAMED_KEY = Pattern.compile("[A-Z_]+|KEYS\\[i]|hash|key");

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.filter(file -> file.toString().endsWith(".lua")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void everyKeyComesFromKeys(Path script) throws IOException {
        assertThat(CALL.matcher(Files.readString(script)).results().toList())
                .filteredOn(call -> !call.group(1).equals("TIME"))
                .allMatch(call -> NAMED_KEY.matcher(call.group(2)).matches());
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void namesInCapitalsComeFromCommonLua(Path script) throws IOException {
        List<String> used = CALL.matcher(Files.readString(script))
                .results()
                .map(call -> String.valueOf(call.group(2)))
                .filter(key -> key.matches("[A-Z_]+"))
                .toList();

        assertThat(namesInCommonLua()).containsAll(used);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void eachScriptBeginsWithItsContract(Path script) throws IOException {
        String source = Files.readString(script);

        assertThat(source).startsWith("-- ");
        if (!List.of("common.lua", "admit.lua").contains(script.getFileName().toString())) {
            assertThat(source).contains("\n-- args     ", "\n-- answers  ");
        }
    }

    @Test
    void eachKeyOfKeysHasItsNameInCommonLua() throws IOException {
        assertThat(namesInCommonLua()).hasSameSizeAs(new Keys("").forScript());
    }

    /** A command that is added to a script must be added to {@code examine.lua} too. */
    @ParameterizedTest
    @MethodSource("scripts")
    void everyCommandIsExaminedFirst(Path script) throws IOException {
        String examined = Files.readString(SCRIPTS.resolve("examine.lua"));

        assertThat(CALL.matcher(Files.readString(script))
                        .results()
                        .map(call -> call.group(1))
                        .toList())
                .allMatch(command -> examined.matches("(?s).*\\b" + command + "\\b.*"));
    }

    @Test
    void withAHashTagAllKeysAreInOneSlot() {
        Keys keys = new Keys("chats:{acme}:");

        assertThat(keys.forScript())
                .hasSizeGreaterThan(10)
                .doesNotHaveDuplicates()
                .allMatch(key -> JedisClusterCRC16.getSlot(key) == JedisClusterCRC16.getSlot("acme"));
        assertThat(JedisClusterCRC16.getSlot(keys.earlierLine("{other}"))).isEqualTo(JedisClusterCRC16.getSlot("acme"));
    }

    private static List<String> namesInCommonLua() throws IOException {
        Matcher names = Pattern.compile("local ([A-Z_, \n]+) =\\s+unpack\\(KEYS\\)")
                .matcher(Files.readString(SCRIPTS.resolve("common.lua")));
        assertThat(names.find()).isTrue();
        return List.of(names.group(1).split(",\\s+"));
    }
}
