package store;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.Capacity;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import support.RealRedis;
import support.StoredState;

@Timeout(30)
class CapacitiesTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final Capacities capacities = new Capacities(StoredState.template(REDIS.port()), new Keys(""), 7);

    @Test
    void theSettingIsInForceUntilAnotherIsSet() {
        assertThat(capacities.inForce()).isEqualTo(new Capacity(7));

        REDIS.client().hset("config", "max_customer_per_agent", "3");

        assertThat(capacities.inForce()).isEqualTo(new Capacity(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "0", "-1", "1001", "1e9", "NaN", "{}"})
    void anInvalidCapacityCountsAsNotSet(String byHand) {
        REDIS.client().hset("config", "max_customer_per_agent", byHand);

        assertThat(capacities.inForce()).isEqualTo(new Capacity(7));
        assertThat(Capacities.read(Map.of("max_customer_per_agent", byHand), 7).ofAll())
                .isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "1000,1000", "2.5,2", "1001,4", "-1,4", "many,4", "'',4"})
    void anAgentMayHaveACapacityOfTheirOwn(String byHand, int capacity) {
        Capacities.Table table =
                Capacities.read(Map.of("max_customer_per_agent", "4", "max_customer_per_agent:a1", byHand), 7);

        assertThat(table.of("a1")).isEqualTo(capacity);
        assertThat(table.of("a2")).isEqualTo(4);
        assertThat(table.ofAll()).isEqualTo(4);
    }
}
