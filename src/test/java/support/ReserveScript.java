package support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What {@code reserve.lua} says, for those who must know its words. */
public final class ReserveScript {

    private ReserveScript() {}

    /** Why a session waits. */
    public static List<String> reasons() throws IOException {
        String script = Files.readString(Path.of("src/main/resources/redis/reserve.lua"));
        String reasons = script.substring(script.indexOf("local reason ="));
        reasons = reasons.substring(0, reasons.indexOf('\n'));
        return Pattern.compile("'([^']+)'")
                .matcher(reasons)
                .results()
                .map(reason -> reason.group(1))
                .toList();
    }
}
