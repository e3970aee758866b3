package wallboard;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An entry of the history.
 *
 * @param id as Redis gave it: milliseconds and a number
 * @param room null if the event concerns no room
 */
public record Event(String id, String event, String room, JsonNode data) {

    public long at() {
        return Long.parseLong(id.substring(0, id.indexOf('-')));
    }
}
