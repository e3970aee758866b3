/**
 * Who gets which agent, and what to do when Qiscus fails: plain Java without Camel, Redis or a clock.
 *
 * <p>Start with {@link assignment.Matching}: which session gets which agent. {@link assignment.AgentLoad} says how many customers an agent has,
 * although Qiscus's counts are late. {@link assignment.Decider} makes rounds of both. {@link assignment.AssignmentCheck},
 * {@link assignment.Evidence} and {@link assignment.RetryPolicy} decide about calls that failed. {@link assignment.Watch} finds
 * the customers whose agent does not answer, by {@link assignment.AnswerRule}; {@link assignment.Swap} decides how their sessions
 * move. {@link assignment.Event} lists all that can happen to a session.
 *
 * <p>The words:
 * <dl>
 * <dt>session<dd>one episode of a customer in a room; the room is used again for the customer's next session
 * <dt>line<dd>the sessions of one channel that wait, the oldest first
 * <dt>head<dd>one of the first sessions of a line
 * <dt>list<dd>the agents that Qiscus names for a room; only a list of a moment ago decides
 * <dt>roster<dd>what the last list of a line said; it predicts, and never decides
 * <dt>capacity<dd>how many customers an agent may have; a slot is what is left of it
 * <dt>external customers<dd>customers that others assigned; ours are those that we assigned
 * <dt>certain, possible<dd>customers that an agent has for sure; customers that they may have, as far as late counts tell
 * <dt>placement<dd>an agent for a session, decided and not committed yet
 * <dt>reservation<dd>a placement that Redis has counted; the assign call is under way
 * <dt>claim<dd>the right of one instance to make that call, until its lease ends
 * <dt>unclear<dd>an assign call that Qiscus did not answer: it may have taken effect
 * <dt>move<dd>a session that has had no answer stands in line again, and its agent keeps the room until another one gets it
 * <dt>paused<dd>an agent who gets no new chats
 * <dt>by hand<dd>an operator chose the agent, within the rules of {@link assignment.ByHand}
 * <dt>parked<dd>given up for a human to look at
 * <dt>unanswered<dd>a customer who has had no answer for too long since the assignment, or since they wrote after an answer
 * <dt>stale<dd>a slot that we hold although Qiscus sees no agent in the room
 * </dl>
 */
package assignment;
