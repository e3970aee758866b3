package store;

import java.util.concurrent.CompletableFuture;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.util.backoff.BackOffExecution;

/** Hears what the instances tell each other, again as soon as Redis lets it: when it was away, and when it refused. */
public class WakeUps extends RedisMessageListenerContainer {
    private static final int BETWEEN_TRIES = 1000;

    private volatile boolean recovers;
    private volatile Throwable refused;

    WakeUps(RedisConnectionFactory connections) {
        setConnectionFactory(connections);
        setSubscriptionExecutor(new SimpleAsyncTaskExecutor("wake-ups-"));
        // A wake-up only rings a bell: no thread of its own for each.
        setTaskExecutor(Runnable::run);
        setRecoveryInterval(BETWEEN_TRIES);
        afterPropertiesSet();
        start();
    }

    /** What Redis says to it; null if it hears, or was not refused. */
    String whyRefused() {
        Throwable said = refused;
        return said == null || isListening() ? null : String.valueOf(said.getMessage());
    }

    /** By itself it would only take up again what broke with the connection, and give up if it is refused then. */
    @Override
    protected void handleSubscriptionException(
            CompletableFuture<Void> subscribed, BackOffExecution pauses, Throwable failure) {
        boolean answered = RedisTrouble.isAnAnswer(failure);
        refused = answered ? NestedExceptionUtils.getMostSpecificCause(failure) : null;
        recovers |= failure instanceof RedisConnectionFailureException;
        super.handleSubscriptionException(
                subscribed,
                pauses,
                answered && recovers ? new RedisConnectionFailureException("Redis refuses", failure) : failure);
    }
}
