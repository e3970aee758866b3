package assignment;

import java.util.List;

/**
 * One page of the sessions in one state.
 *
 * @param total how many there are in all
 * @param page the number of this page, from 1
 * @param limit how many sessions a page has at most
 * @param pages how many pages there are
 */
public record SessionPage(List<SessionState> sessions, int total, int page, int limit, int pages) {

    /** A request for a page of the sessions in one state. @param page from 1 */
    public record Query(String state, int page, int limit) {

        public int from() {
            return (page - 1) * limit;
        }

        public SessionPage of(List<SessionState> sessions, int total) {
            return new SessionPage(sessions, total, page, limit, (total + limit - 1) / limit);
        }
    }
}
