package assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapacityTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void itIsFromOneToAThousand(int customers) {
        Capacity capacity = new Capacity(customers);

        assertThat(capacity.maxCustomerPerAgent()).isEqualTo(customers);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1001, Integer.MAX_VALUE})
    void anythingElseIsRefusedWithASentence(int customers) {
        assertThatThrownBy(() -> new Capacity(customers))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("max_customer_per_agent must be a whole number from 1 to 1000.");
    }
}
