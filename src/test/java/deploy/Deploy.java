package deploy;

import static java.util.stream.Collectors.toSet;

import app.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/** The files that the tests of this package are about, and what they may name. */
final class Deploy {
    static final Path FILES = Path.of("deploy");

    private Deploy() {}

    static String read(String file) throws IOException {
        return Files.readString(FILES.resolve(file));
    }

    static Set<String> settings() {
        return Stream.of(Setting.values()).map(Setting::name).collect(toSet());
    }
}
