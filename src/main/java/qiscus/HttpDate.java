package qiscus;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The header Date: the sender's clock. */
final class HttpDate {
    private HttpDate() {}

    /** Null if it cannot be read. */
    static Instant time(String date) {
        try {
            return date == null
                    ? null
                    : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
