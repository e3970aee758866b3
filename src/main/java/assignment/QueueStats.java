package assignment;

import java.util.Map;

/**
 * Counts of sessions and agents, across all instances.
 *
 * @param queued webhook calls that are not admitted yet
 * @param claimed sessions whose assign call is in flight
 * @param parked sessions that a human must decide about
 * @param assigned rooms that our agents hold, the claimed ones included
 * @param oldestWaits milliseconds; 0 if no session waits
 * @param channels channel to the number of sessions in its line
 * @param offline agents who were offline when last seen; {@code full} and {@code free} count those who were online
 * @param customers of the agents online, as {@code capacity} is the sum of their capacities
 */
public record QueueStats(
        int queued,
        int claimed,
        int parked,
        int assigned,
        long oldestWaits,
        Map<String, Integer> channels,
        int offline,
        int full,
        int free,
        int customers,
        int capacity) {}
