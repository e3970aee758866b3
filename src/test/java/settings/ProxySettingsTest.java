package settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import qiscus.ForwardProxy;

class ProxySettingsTest {

    /** @param settings name, value, name, value.. */
    private static ForwardProxy proxy(String url, String... settings) {
        Map<String, String> given = new HashMap<>(
                Map.of("QISCUS_BASE_URL", url, "QISCUS_APP_ID", "app-code", "QISCUS_SECRET_KEY", "secret"));
        for (int i = 0; i < settings.length; i += 2) {
            given.put(settings[i], settings[i + 1]);
        }
        return new Settings(given).proxy();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            http://proxy.example:3128,             proxy.example, 3128, -,    -
            http://proxy.example/,                 proxy.example, 80,   -,    -
            proxy.example:3128,                    proxy.example, 3128, -,    -
            HTTP://10.0.0.1:3128,                  10.0.0.1,      3128, -,    -
            http://[::1]:3128,                     ::1,           3128, -,    -
            http://ops:p%40s%3As+@proxy.example:1, proxy.example, 1,    ops,  p@s:s+
            http://ops@proxy.example:1,            proxy.example, 1,    ops,  ''
            ops:@proxy.example:1,                  proxy.example, 1,    ops,  ''
            """)
    void aProxyIsReadAsByOtherPrograms(String value, String host, int port, String user, String password) {
        assertThat(proxy("https://qiscus.example", "HTTPS_PROXY", value))
                .isEqualTo(new ForwardProxy("HTTPS_PROXY", host, port, user, password));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://proxy.example:3128",
                "socks5://proxy.example:1080",
                "http://ops:t0p@s3cret@proxy.example:1",
                "http://proxy.example:3128/path",
                "http://proxy.example:99999",
                "http://ops:t0p%zzs3cret@proxy.example:1",
                "http://"
            })
    void anUnusableProxyIsRefusedWithoutItsPassword(String value) {
        assertThatThrownBy(() -> proxy("https://qiscus.example", "HTTPS_PROXY", value))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("HTTPS_PROXY must be like http://host:port")
                .hasMessageNotContainingAny("t0p", "s3cret");
    }

    @Test
    void aProxyOfTheOtherSchemeIsNeitherUsedNorChecked() {
        assertThat(proxy("https://qiscus.example", "HTTP_PROXY", "socks5://proxy.example"))
                .isNull();
        assertThat(proxy("http://qiscus.example", "HTTPS_PROXY", "http://proxy.example:1"))
                .isNull();
        assertThat(proxy("http://qiscus.example", "HTTP_PROXY", "http://proxy.example:1"))
                .hasToString("http://proxy.example:1");
    }

    @Test
    void aSimulatedQiscusIsCalledDirectly() {
        assertThat(new Settings(Map.of("HTTP_PROXY", "nonsense://", "HTTPS_PROXY", "nonsense://")).proxy())
                .isNull();
    }

    @Test
    void namesInLowerCaseCountIfTheOthersAreMissing() {
        assertThat(proxy("https://qiscus.example", "https_proxy", "http://small.example:1"))
                .hasToString("http://small.example:1");
        assertThat(proxy("https://q.example", "https_proxy", "http://small.example:1", "HTTPS_PROXY", " "))
                .hasToString("http://small.example:1");
        assertThat(proxy("https://q.example", "https_proxy", "http://small:1", "HTTPS_PROXY", "http://large:1"))
                .hasToString("http://large:1");
        assertThat(proxy("https://qiscus.example", "https_proxy", "http://small:1", "no_proxy", "example"))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            https://api.qiscus.com;      *
            https://api.qiscus.com;      qiscus.com
            https://api.qiscus.com;      .qiscus.com
            https://api.qiscus.com;      *.qiscus.com
            https://API.qiscus.com;      localhost, api.QISCUS.com
            https://api.qiscus.com;      api.qiscus.com:443
            https://api.qiscus.com:444;  localhost qiscus.com:444
            https://10.1.2.3;            10.1.2.3
            https://10.1.2.3;            10.0.0.0/8
            https://[fd00::1];           fd00::/8
            https://[fd00::1];           fd00::1
            https://[fd00::1]:444;       [fd00::1]:444
            """)
    void anExemptHostIsCalledDirectly(String url, String exempt) {
        assertThat(proxy(url, "HTTPS_PROXY", "http://proxy.example:1", "NO_PROXY", exempt))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            https://api.qiscus.com;      com.example
            https://api.qiscus.com;      iscus.com
            https://api.qiscus.com;      api.qiscus.com:444
            https://api.qiscus.com;      10.0.0.0/8, x/y, /, :443, ,
            https://10.1.2.3;            10.1.2.0/33
            https://11.1.2.3;            10.0.0.0/8
            """)
    void everyOtherHostIsCalledThroughTheProxy(String url, String exempt) {
        assertThat(proxy(url, "HTTPS_PROXY", "http://proxy.example:1", "NO_PROXY", exempt))
                .isNotNull();
    }

    @Test
    void itsLoginIsNotPrinted() {
        assertThat(proxy("https://qiscus.example", "HTTPS_PROXY", "http://ops:pass@[::1]:1"))
                .hasToString("http://[::1]:1");
    }
}
