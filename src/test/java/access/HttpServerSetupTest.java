package access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static support.RealRedis.REDIS;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.RunningApplication;
import support.Wire;

/** Calls while the program starts or stops. */
class HttpServerSetupTest {
    private static final String WEBHOOK = """
            POST /webhook HTTP/1.1
            Host: localhost
            Content-Type: application/json
            Content-Length: 13

            {"room_id":1}""";

    @RegisterExtension
    final RunningApplication app =
            new RunningApplication().with("ASSIGN_ENABLED", "false").startedByTest();

    /** 0: no server listened, or it hung up. */
    private final Set<Integer> answers = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean stopped = new AtomicBoolean();

    @Test
    void aCallIsServedOrAskedToRetryButNeverAnsweredWith404() throws Exception {
        CompletableFuture<Void> calls = CompletableFuture.runAsync(this::callAgainAndAgain);

        app.start();
        await().until(() -> answers.contains(200));
        app.stop();
        stopped.set(true);
        calls.get();

        assertThat(answers).contains(503).isSubsetOf(0, 200, 503);
        assertThat(REDIS.client().llen("new_session_queue")).isPositive();
    }

    private void callAgainAndAgain() {
        while (!stopped.get()) {
            try {
                answers.add(Wire.ask(app.port(), WEBHOOK).status());
            } catch (IOException nobody) {
                answers.add(0);
            }
        }
    }
}
