package assignment;

import java.util.List;

/**
 * A part of the sessions in one state.
 *
 * @param total how many there are in all
 * @param page which part this is, 1 for the first
 * @param limit how many sessions a part has at most
 * @param pages how many parts there are
 */
public record SessionPage(List<SessionState> sessions, int total, int page, int limit, int pages) {

    /** A part of the sessions in one state. @param page 1 for the first */
    public record Query(String state, int page, int limit) {

        public int from() {
            return (page - 1) * limit;
        }

        public SessionPage of(List<SessionState> sessions, int total) {
            return new SessionPage(sessions, total, page, limit, (total + limit - 1) / limit);
        }
    }
}
