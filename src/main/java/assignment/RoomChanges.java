package assignment;

import java.util.List;

/**
 * What a part of Qiscus's list of rooms said about rooms that we hold.
 *
 * @param answered rooms whose agent has written since
 * @param resolved rooms that seem to be resolved
 */
public record RoomChanges(List<WatchedRoom> answered, List<WatchedRoom> resolved) {}
