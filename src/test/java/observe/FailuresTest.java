package observe;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.QiscusFault;
import java.net.ConnectException;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;
import redis.clients.jedis.exceptions.JedisDataException;
import support.LogLines;

class FailuresTest {
    @RegisterExtension
    final LogLines log = new LogLines();

    private final Failures failures = new Failures();

    @Test
    void theWordsOfQiscusOrRedisAreFoundInNestedExceptions() {
        QiscusFault qiscus = new QiscusFault(500, "Qiscus answered 500", null);
        Exception redis = new RedisConnectionFailureException("Redis at r:1 cannot be reached, check REDIS_HOST.");
        Exception refusal = new RedisSystemException("Error in execution", new JedisDataException("ERR no"));

        assertThat(failures.words(new RuntimeCamelException(qiscus))).isEqualTo("Qiscus answered 500");
        assertThat(failures.words(new RuntimeCamelException(redis)))
                .isEqualTo("Redis at r:1 cannot be reached, check REDIS_HOST");
        assertThat(failures.words(refusal)).isEqualTo("Redis answered ERR no");
    }

    @Test
    void networkFailuresHaveWordsToo() {
        Exception answer = new HttpOperationFailedException("http://x", 401, "", null, null, "body");

        assertThat(failures.words(new RuntimeCamelException(new ConnectException("x"))))
                .isEqualTo("connection refused");
        assertThat(failures.words(answer)).isEqualTo("the answer was 401");
        assertThat(log.of(Failures.class)).isEmpty();
    }

    @Test
    void anUnexpectedFailureIsLoggedOnceWithItsPlaceAndWithoutItsMessage() {
        for (int i = 0; i < 3; i++) {
            assertThat(failures.words(new IllegalStateException("a secret"))).isEqualTo("an unexpected failure");
        }

        assertThat(log.of(Failures.class))
                .singleElement()
                .asString()
                .contains("java.lang.IllegalStateException", "at observe.FailuresTest")
                .doesNotContain("a secret");
    }
}
