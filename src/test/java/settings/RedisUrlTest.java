package settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '\0', textBlock = """
            redis://redis.example.com                  | false | -     | -          | redis.example.com | 6379 | 0
            redis://redis.example.com/                 | false | -     | -          | redis.example.com | 6379 | 0
            redis://redis_1:7000/15                    | false | -     | -          | redis_1           | 7000 | 15
            rediss://app:secret@10.0.0.7:6380/2        | true  | app   | secret     | 10.0.0.7          | 6380 | 2
            rediss://:secret@r                         | true  | -     | secret     | r                 | 6379 | 0
            redis://secret@r                           | false | -     | secret     | r                 | 6379 | 0
            redis://a%40b:p%40s%2Fs%3Aw%23r%25d@r      | false | a@b   | p@s/s:w#r%d | r                | 6379 | 0
            redis://app:a:b+c@r                        | false | app   | a:b+c      | r                 | 6379 | 0
            redis://app:s%C3%A4ge@r                    | false | app   | säge       | r                 | 6379 | 0
            redis://app:secret@[::1]:6380/1            | false | app   | secret     | ::1               | 6380 | 1
            redis://[fe80::1]                          | false | -     | -          | fe80::1           | 6379 | 0
            """)
    void isTakenApart(String url, boolean tls, String user, String password, String host, int port, int database) {
        assertThat(RedisUrl.of(url)).isEqualTo(new RedisUrl(tls, user, password, host, port, database));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis.example.com:6379",
                "http://app:s3cret@redis.example.com",
                "redis://app:s3cret@redis.example.com:0",
                "redis://app:s3cret@redis.example.com:65536",
                "redis://app:s3cret@redis.example.com/one",
                "redis://app:s3cret@redis.example.com/1/2",
                "redis://app:s3cret@redis.example.com?ssl=true",
                "redis://app:s3cret@redis.example.com#1",
                "redis://app:s3cret@@redis.example.com",
                "redis://app:s3cret/1@redis.example.com",
                "redis://app:s3cret%4@redis.example.com",
                "redis://app:@redis.example.com",
                "redis://app:s3cret@::1",
                "redis://app:s3cret@",
                "redis://"
            })
    void ifMalformedStopsTheStartWithoutShowingThePassword(String url) {
        assertThatThrownBy(() -> RedisUrl.of(url))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(
                        "REDIS_URL must be redis://user:password@host:port/database, or rediss:// for TLS, with what"
                                + " is special in the password percent-encoded.")
                .hasNoCause();
    }
}
