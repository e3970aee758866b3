package assignment;

import java.util.List;

/**
 * The agents whom Qiscus lists for a room.
 *
 * @param online who may serve it
 * @param offline who may not at present, for people to see
 */
public record Team(List<Agent> online, List<Agent> offline) {}
