package app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import settings.Settings;
import settings.WrongSetting;

class ApplicationTest {

    @Test
    void aPortThatIsTakenStopsTheStartWithOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = Integer.toString(taken.getLocalPort());
            Application application = new Application(new Settings(Map.of("PORT", port)));

            assertThatThrownBy(application::start)
                    .isInstanceOf(WrongSetting.class)
                    .hasMessage("PORT " + port + " is taken by another program.");
        }
    }
}
