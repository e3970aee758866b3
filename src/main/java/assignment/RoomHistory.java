package assignment;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;

/**
 * Where a room is, and how it got there.
 *
 * @param history what happened, the oldest first: {@code at} (epoch milliseconds), {@code time} (ISO 8601), {@code
 *     event}, and the data of that event
 */
public record RoomHistory(@JsonUnwrapped SessionState now, List<Map<String, Object>> history) {}
