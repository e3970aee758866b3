/**
 * All decisions: who gets which agent, and what to do when Qiscus fails. Plain Java without Camel, Redis or a clock.
 *
 * <p>Start with {@link assignment.Matching}, which chooses an agent for each session. {@link assignment.AgentLoad} estimates
 * how many customers an agent has, although Qiscus's counts are late. {@link assignment.Decider} combines both in rounds.
 * {@link assignment.AssignmentCheck}, {@link assignment.Evidence} and {@link assignment.RetryPolicy} decide what to do after
 * a call failed. {@link assignment.Watch} and {@link assignment.AnswerRule} find the customers whose agent does not answer,
 * and {@link assignment.Swap} decides how their sessions move. {@link assignment.Event} lists all that can happen to a
 * session.
 *
 * <p>Glossary:
 * <dl>
 * <dt>session<dd>one episode of a customer in a room; the room is used again for the customer's next session
 * <dt>line<dd>the waiting sessions of one channel, the oldest first
 * <dt>head<dd>one of the first sessions of a line
 * <dt>list<dd>the agents that Qiscus names for a room; only a fresh list decides
 * <dt>roster<dd>the agents in the last list of a line; it predicts, and never decides
 * <dt>capacity<dd>how many customers an agent may have; each free place is a slot
 * <dt>external customers<dd>customers that others assigned; our customers are those that we assigned
 * <dt>certain, possible<dd>the customers that an agent has for sure, and those that they may have according to late counts
 * <dt>placement<dd>an agent for a session, decided but not committed yet
 * <dt>reservation<dd>a placement that is counted in Redis; the assign call is under way
 * <dt>claim<dd>the right of one instance to make that call, until its lease ends
 * <dt>unclear<dd>an assign call without an answer from Qiscus, which may have taken effect
 * <dt>move<dd>a session without an answer returns to its line, and its agent keeps the room until another agent gets it
 * <dt>paused<dd>an agent who gets no new chats
 * <dt>by hand<dd>an operator chose the agent, within the rules of {@link assignment.ByHand}
 * <dt>parked<dd>set aside for a human to decide
 * <dt>unanswered<dd>a customer whose agent has not answered for too long
 * <dt>stale<dd>a room that we still count for an agent who is no longer in it
 * </dl>
 */
package assignment;
