package assignment;

import java.util.List;

/**
 * What a decision chooses among.
 *
 * @param candidates sessions that may be tried, the oldest first
 * @param contenders all agents that the candidates name, once each
 */
public record Choice(List<Candidate> candidates, List<Contender> contenders) {}
