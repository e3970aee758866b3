package assignment;

import java.util.List;

/**
 * The input of a decision.
 *
 * @param candidates sessions that may be tried, the oldest first
 * @param contenders all agents that the candidates name, each once
 */
public record Choice(List<Candidate> candidates, List<Contender> contenders) {}
