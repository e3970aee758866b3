package settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads a {@code .env} file as docker compose does, so that it means the same to the program and to its container. The
 * reference is the package dotenv of compose-go. No sentence quotes a line, because a line may contain a secret.
 */
final class EnvFile {
    private static final String BLANK = "[\\t\\x0b\\f\\r \\x85\\xa0]";
    private static final Pattern BETWEEN = Pattern.compile("(?:[\\t\\n\\x0b\\f\\r\\x85\\p{Z}]|#[^\\n]*+(?:\\n|\\z))*+");
    private static final Pattern NAME = Pattern.compile("(?:export(?=[\\t\\n\\f\\r ])" + BLANK + "*+)?+"
            + "((?:[\\p{L}\\p{N}_.\\[\\]-]|" + BLANK + ")*+)([=:]" + BLANK + "*+|\\n|\\z)?+");
    private static final Pattern BLANK_INSIDE = Pattern.compile(BLANK);
    private static final Pattern BLANKS_AT_THE_END = Pattern.compile("[\\t\\n\\x0b\\f\\r\\x85\\p{Z}]++\\z");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:([abcfnrtv$\"\\\\])|0(\\d{0,3}))");
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:\\$|(?<name>[A-Za-z_]\\w*)" + "|\\{(?:(?<braced>[A-Za-z_]\\w*)(?::?[-+?].*)?}|))");
    private static final String ESCAPED = "abfnrtv\"\\";
    private static final String ESCAPES = "\u0007\b\f\n\r\t\u000b\"\\";

    private final String text;
    private final Map<String, String> environment;
    private final Map<String, String> values = new HashMap<>();
    private final List<String> remarks = new ArrayList<>();
    private int at;
    private int statement;

    private EnvFile(String text, Map<String, String> environment) {
        this.text = text;
        this.environment = environment;
    }

    /**
     * Reads nothing if there is no such file.
     *
     * @param environment the values of {@code $NAME}; they win over those in the file
     * @throws WrongSetting if compose could not read the file either
     */
    static EnvFile read(Path file, Map<String, String> environment) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return new EnvFile("", environment);
        }
        if (Files.isDirectory(file)) {
            throw new WrongSetting(".env is a directory, not a file.");
        }
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException dangling) {
            throw new WrongSetting(".env is a link to a file that does not exist.");
        } catch (IOException unreadable) {
            throw new WrongSetting(".env cannot be read: check its permissions.");
        }
        return of(text(content), environment);
    }

    private static String text(byte[] content) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        CharBuffer text = CharBuffer.allocate(content.length);
        if (StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true).isError()) {
            long line = 1
                    + IntStream.range(0, bytes.position())
                            .filter(i -> content[i] == '\n')
                            .count();
            throw new WrongSetting(".env is not UTF-8 text: line " + line + ". Save it as UTF-8.");
        }
        return text.flip().toString();
    }

    static EnvFile of(String text, Map<String, String> environment) {
        EnvFile file = new EnvFile(text.startsWith("\ufeff") ? text.substring(1) : text, environment);
        file.readStatements();
        return file;
    }

    Map<String, String> values() {
        return values;
    }

    /** Sentences for the log about lines that may not mean what they say. */
    List<String> remarks() {
        return remarks;
    }

    private void readStatements() {
        Matcher between = BETWEEN.matcher(text);
        Matcher name = NAME.matcher(text);
        while (true) {
            between.region(at, text.length()).lookingAt();
            at = between.end();
            if (at == text.length()) {
                return;
            }
            statement = at;
            name.region(at, text.length()).lookingAt();
            String key = withoutBlanksAtTheEnd(name.group(1));
            if (name.group(2) == null || BLANK_INSIDE.matcher(key).find()) {
                throw refused("a line that is not NAME=value");
            }
            at = name.end();
            // A name alone takes its value from the environment, which wins over the file anyway.
            if (name.group(2).startsWith("=") || name.group(2).startsWith(":")) {
                values.put(key, value());
            }
        }
    }

    private String value() {
        char first = at < text.length() ? text.charAt(at) : '\n';
        return switch (first) {
            case '\'' -> quoted('\'');
            case '"' -> interpolated(unescaped(quoted('"')));
            default -> unquoted();
        };
    }

    private String unquoted() {
        int end = text.indexOf('\n', at);
        String line = text.substring(at, end < 0 ? text.length() : end);
        at += line.length();
        int comment = line.indexOf(" #");
        return interpolated(withoutBlanksAtTheEnd(comment < 0 ? line : line.substring(0, comment)));
    }

    /** A backslash before the quote escapes it; other backslashes stay. */
    private String quoted(char quote) {
        StringBuilder value = new StringBuilder();
        for (int i = at + 1; i < text.length(); i++) {
            char here = text.charAt(i);
            if (here == quote) {
                at = i + 1;
                return value.toString();
            }
            if (here == '\\' && i + 1 < text.length()) {
                i++;
                if (text.charAt(i) != quote) {
                    value.append(here);
                }
            }
            value.append(text.charAt(i));
        }
        throw refused("a quote that is not closed");
    }

    private static String unescaped(String value) {
        return ESCAPE.matcher(value).replaceAll(escape -> Matcher.quoteReplacement(unescaped(escape)));
    }

    private static String unescaped(MatchResult escape) {
        String letter = escape.group(1);
        if ("$".equals(letter)) {
            return "$$";
        }
        if (letter != null) {
            int known = ESCAPED.indexOf(letter);
            return known < 0 ? escape.group() : ESCAPES.substring(known, known + 1);
        }
        // Three octal digits make one byte; with fewer, only the zero is dropped. Compose does the same.
        String digits = escape.group(2);
        return digits.matches("[0-3][0-7]{2}") ? Character.toString((char) Integer.parseInt(digits, 8)) : "\\" + digits;
    }

    private String interpolated(String value) {
        StringBuilder whole = new StringBuilder();
        int end = 0;
        for (Matcher variable = VARIABLE.matcher(value); variable.find(end); ) {
            whole.append(value, end, variable.start());
            end = variable.end();
            if (variable.group("name") != null) {
                whole.append(valueOf(variable.group("name")));
            } else if (variable.group("braced") != null) {
                end = endOfBraces(value, variable);
                whole.append(valueOf(variable, value.substring(variable.end("braced"), end - 1)));
            } else if (variable.group().equals("$$")) {
                whole.append('$');
            } else {
                throw refused("a ${ without the name of a variable", " Write $$ for a dollar sign.");
            }
        }
        return whole.append(value, end, value.length()).toString();
    }

    /** The index after the brace that closes the first one. A default value may contain variables too. */
    private static int endOfBraces(String value, Matcher variable) {
        int open = 0;
        for (int i = variable.start(); i < variable.end(); i++) {
            if (value.charAt(i) == '}' && --open == 0) {
                return i + 1;
            }
            if (value.charAt(i) == '{') {
                open++;
                i++;
            }
        }
        return variable.end();
    }

    private String valueOf(String name) {
        String found = found(name);
        if (found == null) {
            remarks.add(".env names a variable that is not set and counts as empty: line " + line()
                    + ". Write $$ for a dollar sign, or put the value into single quotes.");
        }
        return found == null ? "" : found;
    }

    /** @param otherwise what follows the name, up to the brace: an operator and its text, or nothing */
    private String valueOf(Matcher variable, String otherwise) {
        String name = variable.group("braced");
        if (otherwise.isEmpty()) {
            return valueOf(name);
        }
        boolean emptyToo = otherwise.startsWith(":");
        char operator = otherwise.charAt(emptyToo ? 1 : 0);
        String text = otherwise.substring(emptyToo ? 2 : 1);
        String found = found(name);
        boolean there = found != null && !(emptyToo && found.isEmpty());
        if (operator == '?' && !there) {
            throw refused("a variable that must be set but is not");
        }
        if (operator == '+' && there || operator == '-' && !there) {
            return interpolated(text);
        }
        return found == null ? "" : found;
    }

    private String found(String name) {
        return environment.getOrDefault(name, values.get(name));
    }

    private static String withoutBlanksAtTheEnd(String value) {
        return BLANKS_AT_THE_END.matcher(value).replaceFirst("");
    }

    private WrongSetting refused(String what) {
        return refused(what, "");
    }

    private WrongSetting refused(String what, String advice) {
        return new WrongSetting(".env has " + what + ": line " + line() + "." + advice);
    }

    /** The line of the present statement. */
    private long line() {
        return 1 + text.substring(0, statement).chars().filter(c -> c == '\n').count();
    }
}
