package store;

import java.util.concurrent.CompletableFuture;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.util.backoff.BackOffExecution;

/** Listens to the other instances. It subscribes again as soon as Redis is back or permits it. */
public class WakeUps extends RedisMessageListenerContainer {
    private static final int BETWEEN_TRIES = 1000;

    private volatile boolean recovers;
    private volatile Throwable refused;

    WakeUps(RedisConnectionFactory connections) {
        setConnectionFactory(connections);
        setSubscriptionExecutor(new SimpleAsyncTaskExecutor("wake-ups-"));
        // A wake-up does very little, so it needs no thread of its own.
        setTaskExecutor(Runnable::run);
        setRecoveryInterval(BETWEEN_TRIES);
        afterPropertiesSet();
        start();
    }

    /** Why Redis refuses the subscription; null if it does not. */
    String whyRefused() {
        Throwable said = refused;
        return said == null || isListening() ? null : String.valueOf(said.getMessage());
    }

    /** The superclass only renews a broken subscription, and gives up if Redis refuses it. */
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
