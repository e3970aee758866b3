package access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A secret that callers must send. The time of the comparison says nothing about it, not even its length. */
final class Secret {
    private final byte[] digest;

    Secret(String text) {
        digest = digest(text);
    }

    boolean is(String given) {
        return MessageDigest.isEqual(digest, digest(given));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
