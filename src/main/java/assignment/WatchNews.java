package assignment;

import java.util.List;

/**
 * What a part of Qiscus's list of rooms told of rooms that we hold.
 *
 * @param answered the agent wrote since
 * @param resolved they are resolved, as it seems
 */
public record WatchNews(List<WatchedRoom> answered, List<WatchedRoom> resolved) {}
