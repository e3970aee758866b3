package store;

import java.time.Duration;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Keeps the token of the admin's last login for a while. Without Redis the program logs in again. */
public class AdminToken {
    private static final Duration KEPT_FOR = Duration.ofHours(1);

    private final StringRedisTemplate redis;
    private final String key;

    public AdminToken(StringRedisTemplate redis, Keys keys) {
        this.redis = redis;
        this.key = keys.adminToken();
    }

    /** Empty if there is none. */
    public String last() {
        try {
            String token = redis.opsForValue().get(key);
            return token == null ? "" : token;
        } catch (DataAccessException away) {
            return "";
        }
    }

    public void keep(String token) {
        try {
            redis.opsForValue().set(key, token, KEPT_FOR);
        } catch (DataAccessException away) {
            // The next caller logs in again.
        }
    }
}
