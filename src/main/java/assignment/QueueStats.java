package assignment;

import java.util.Map;

/**
 * Counts of sessions and agents, for all instances.
 *
 * @param queued webhook calls that are not admitted yet
 * @param claimed sessions whose assign call is in flight
 * @param parked sessions that a human must look at
 * @param assigned rooms that our agents hold, the claimed ones included
 * @param oldestWaits milliseconds; 0 if nobody is in line
 * @param channels how many sessions are in the line of each
 * @param offline agents who were not online when last seen, {@code full} and {@code free} those who were
 * @param customers of the agents online, and the {@code capacity} of all of them
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
