package assignment;

/**
 * The result of an operator's action.
 *
 * @param at when, epoch milliseconds
 * @param event null if nothing had to change
 */
public record Action(long at, RecordedEvent event) {}
