package assignment;

/**
 * What became of something that an operator wished.
 *
 * @param at when, epoch milliseconds
 * @param event null if it was so already
 */
public record Action(long at, RecordedEvent event) {}
