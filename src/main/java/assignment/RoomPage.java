package assignment;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A page of Qiscus's list of rooms, or one room of it.
 *
 * @param conversation the newest messages if it is a single room, the newest first
 * @param qiscusTime when Qiscus answered, by its own clock, epoch milliseconds; null if it does not say
 * @param number of the page, from 1
 */
public record RoomPage(
        List<ListedRoom> rooms, List<Message> conversation, Long qiscusTime, int number, boolean hasMore) {

    /**
     * How far our clock is ahead of Qiscus's, at most: Qiscus wrote its answer before we read it.
     *
     * @param now by our clock, after Qiscus answered
     * @param before what was known so far; null: nothing
     */
    Long ahead(long now, Long before) {
        if (qiscusTime != null) {
            return now - qiscusTime;
        }
        return rooms.stream()
                .map(ListedRoom::last)
                .filter(Objects::nonNull)
                .map(last -> now - last.at())
                .min(Comparator.naturalOrder())
                .map(seen -> before == null ? seen : Long.valueOf(Math.min(seen, before)))
                .orElse(before);
    }
}
