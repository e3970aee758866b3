package settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads a file as docker compose does. The expected values are from compose-go's own tests and code. */
class EnvFileTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("SET", "from outside", "EMPTY", "", "A", "wins");

    // ---- one value; \n \t \r in these cases stand for the characters themselves

    static String[][] values() {
        return new String[][] {
            // unquoted
            {"K=v", "v"},
            {"K=abcdef#1234567890", "abcdef#1234567890"},
            {"K=#abc", "#abc"},
            {"K=v #comment", "v"},
            {"K=v # comment", "v"},
            {"K=v #", "v"},
            {"K=v\t#no-comment", "v\t#no-comment"},
            {"K= # no comment", "# no comment"},
            {"K=", ""},
            {"K= ", ""},
            {"K=\nL=w", ""},
            {" \t K \t=\t v \t", "v"},
            {"K=a b  c", "a b  c"},
            {"K=a=b==", "a=b=="},
            {"K=a:b", "a:b"},
            {"K=a'b\"c", "a'b\"c"},
            {"K=a\\nb\\", "a\\nb\\"},
            {"K=v\u00a0", "v"},
            {"K=über größe 日本", "über größe 日本"},
            {"K={{x}} RAW(y) ?z&%20", "{{x}} RAW(y) ?z&%20"},
            // other ways to write a line
            {"export K=v", "v"},
            {"export\tK=v", "v"},
            {"  export   K = v", "v"},
            {"export K='v'", "v"},
            {"K: v", "v"},
            {"K : 'v'", "v"},
            {"K:http://h:1/p", "http://h:1/p"},
            {"\ufeffK=v", "v"},
            {"K=v\r\nL=w\r\n", "v"},
            {"K='v'\r\nL=w\r\n", "v"},
            {"K=\"v\"\r\n", "v"},
            {"# K=no\n\n   # K=no\nK=v\n#K=no", "v"},
            {"K=first\nK=v", "v"},
            {"L='x' K=v", "v"},
            {"L\nK=v", "v"},
            // single quotes: literally
            {"K='v'", "v"},
            {"K=''", ""},
            {"K=' v '", " v "},
            {"K='a#b' # comment", "a#b"},
            {"K='a # b'#comment", "a # b"},
            {"K='a\"b'", "a\"b"},
            {"K='it\\'s'", "it's"},
            {"K='a\\\\b\\n'", "a\\\\b\\n"},
            {"K='$SET ${SET} $$'", "$SET ${SET} $$"},
            {"K='a\nb'", "a\nb"},
            // double quotes: with escapes
            {"K=\"v\"", "v"},
            {"K=\" v \" # comment", " v "},
            {"K=\"a#b # c\"", "a#b # c"},
            {"K=\"it's\"", "it's"},
            {"K=\"a\\\"b\"", "a\"b"},
            {"K=\"a\\nb\\tc\\rd\\\\e\"", "a\nb\tc\rd\\e"},
            {"K=\"\\a\\b\\f\\v\"", "\u0007\b\f\u000b"},
            {"K=\"\\0123 \\0377\"", "S \u00ff"},
            {"K=\"\\012 \\0 \\0999\"", "\\12 \\ \\999"},
            {"K=\"\\x07 \\u12e4 \\c \\z \\ \"", "\\x07 \\u12e4 \\c \\z \\ "},
            {"K=\"a\\\\n\"", "a\\n"},
            {"K=\"v\\\\\"", "v\\"},
            {"K=\"a\nb\"", "a\nb"},
            {"K=\"\\$SET \\${SET} $$SET \\\\$SET\"", "$SET ${SET} $SET \\from outside"},
            // variables
            {"K=$SET", "from outside"},
            {"K=${SET}", "from outside"},
            {"K=\"<$SET>\"", "<from outside>"},
            {"K=a$SET-b", "afrom outside-b"},
            {"K=a${SET}b", "afrom outsideb"},
            {"K=a$$b$$$SET", "a$b$from outside"},
            {"K=a$1$ $.", "a$1$ $."},
            {"K=$", "$"},
            {"K=<$EMPTY>", "<>"},
            {"L=x\nK=$L", "x"},
            {"A=loses\nK=$A", "wins"},
            {"K=${UNSET:-d}", "d"},
            {"K=${EMPTY:-d}", "d"},
            {"K=${SET:-d}", "from outside"},
            {"K=${UNSET-d}", "d"},
            {"K=<${EMPTY-d}>", "<>"},
            {"K=<${UNSET:+d}>", "<>"},
            {"K=<${EMPTY:+d}>", "<>"},
            {"K=${SET:+d}", "d"},
            {"K=${EMPTY+d}", "d"},
            {"K=<${UNSET+d}>", "<>"},
            {"K=${SET:?no}", "from outside"},
            {"K=<${EMPTY?no}>", "<>"},
            {"K=${UNSET:-a}/${UNSET:-b}", "a/b"},
            {"K=${UNSET:-${EMPTY:-<$SET>}}!", "<from outside>!"},
            {"K=${UNSET:-}", ""},
            {"K=${UNSET:-a b}", "a b"},
            {"K=${UNSET-a:?b}", "a:?b"},
        };
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueIsReadAsByCompose(String text, String value) {
        assertThat(EnvFile.of(text, ENVIRONMENT).values()).containsEntry("K", value);
    }

    @Test
    void aNameAloneSetsNothing() {
        assertThat(EnvFile.of("K\nexport L\nM", ENVIRONMENT).values()).isEmpty();
    }

    @Test
    void allStatementsAreRead() {
        EnvFile file = EnvFile.of("A=1\nB='2'\n\nC = \"3\nthree\"\nD=4", ENVIRONMENT);

        assertThat(file.values()).isEqualTo(Map.of("A", "1", "B", "2", "C", "3\nthree", "D", "4"));
        assertThat(file.remarks()).isEmpty();
    }

    // ---- what cannot be read

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <secret>           | a line that is not NAME=value: line 1.
            A=1~<secret>       | a line that is not NAME=value: line 2.
            A='1~2'~~#~a b=c   | a line that is not NAME=value: line 5.
            A=1~a b~           | a line that is not NAME=value: line 2.
            A=1~$secret=1      | a line that is not NAME=value: line 2.
            'A'=1              | a line that is not NAME=value: line 1.
            A='1' 'secret'     | a line that is not NAME=value: line 1.
            A=1~B='secret~C=2~ | a quote that is not closed: line 2.
            B="secret          | a quote that is not closed: line 1.
            B="secret\\"       | a quote that is not closed: line 1.
            B='secret"         | a quote that is not closed: line 1.
            B='secret\\'       | a quote that is not closed: line 1.
            A=1~B=secret${     | a ${ without the name of a variable: line 2. Write $$ for a dollar sign.
            B=${secret         | a ${ without the name of a variable: line 1. Write $$ for a dollar sign.
            B=${1secret}       | a ${ without the name of a variable: line 1. Write $$ for a dollar sign.
            B=${}              | a ${ without the name of a variable: line 1. Write $$ for a dollar sign.
            B="${secret.x}"    | a ${ without the name of a variable: line 1. Write $$ for a dollar sign.
            A=1~B=${SECRET:?x} | a variable that must be set but is not: line 2.
            B=${SECRET?x}      | a variable that must be set but is not: line 1.
            B=${EMPTY:?x}      | a variable that must be set but is not: line 1.
            """)
    void aLineThatComposeCannotReadIsRefusedWithItsNumberAndNotQuoted(String text, String sentence) {
        assertThatThrownBy(() -> EnvFile.of(text.replace('~', '\n'), ENVIRONMENT))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(".env has " + sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"K=pass$word", "K=\"pass${word}\"", "\n\nK=pass$word\nL=$word"})
    void aDollarWithoutAVariableIsRemarkedAndNotQuoted(String text) {
        EnvFile file = EnvFile.of(text, ENVIRONMENT);

        assertThat(file.values()).containsEntry("K", "pass");
        assertThat(file.remarks())
                .isNotEmpty()
                .allMatch(remark -> remark.matches(
                        "\\.env names a variable that is not set and counts as empty: line \\d\\. Write .*"))
                .noneMatch(remark -> remark.contains("word"));
    }

    // ---- the file itself

    @Test
    void withoutAFileThereIsNoRemark(@TempDir Path directory) {
        assertThat(EnvFile.read(directory.resolve(".env"), ENVIRONMENT).values())
                .isEmpty();
    }

    @Test
    void aDirectoryIsReportedAsOne(@TempDir Path directory) throws Exception {
        Path file = Files.createDirectory(directory.resolve(".env"));

        assertThatThrownBy(() -> EnvFile.read(file, ENVIRONMENT))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(".env is a directory, not a file.");
    }

    @Test
    void anUnreadableFileIsReportedAsOne(@TempDir Path directory) throws Exception {
        Path file = directory.resolve(".env");
        Files.createSymbolicLink(file, directory.resolve("away"));

        assertThatThrownBy(() -> EnvFile.read(file, ENVIRONMENT))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(".env is a link to a file that does not exist.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "UTF-16"})
    void aFileThatIsNotUtf8IsReportedAsOne(String charset, @TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve(".env"), "K=größe".getBytes(charset));

        assertThatThrownBy(() -> EnvFile.read(file, ENVIRONMENT))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(".env is not UTF-8 text: line 1. Save it as UTF-8.");
    }

    @Test
    void aLongFileIsReadToo() {
        String text = "# comment\n".repeat(20_000) + "K=\"" + "x".repeat(200_000) + "\"\n" + " \n".repeat(20_000);

        assertThat(EnvFile.of(text, ENVIRONMENT).values().get("K")).hasSize(200_000);
    }

    @Test
    void theFileIsReadAsUtf8(@TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve(".env"), "\ufeffK='größe'".getBytes(StandardCharsets.UTF_8));

        assertThat(EnvFile.read(file, ENVIRONMENT).values()).isEqualTo(Map.of("K", "größe"));
    }
}
