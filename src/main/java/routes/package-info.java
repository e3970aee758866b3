/**
 * The way of a chat, in the order of {@link app.Application#ROUTES}.
 *
 * <pre>
 * NewSessionWebhook   Qiscus: a customer waits            -> queue, wake the decider
 * AssignSession       oldest sessions -> online agents -> reserve the least busy -> assign -> confirm, or stay in line
 * ResolveWebhook      Qiscus: a chat is resolved          -> free the agent's slot, wake the decider
 * WatchAnswers        agents who do not answer            -> ask the room, move its session
 * MoveSession         a session without an answer         -> back in line, swap its agents in Qiscus
 * Recovery            claims that nobody finished         -> read the room, then confirm, drop or back in line
 * Reconciliation      what we hold against what Qiscus says -> free what is stale, queue what was missed
 * </pre>
 *
 * Two outside systems. {@link routes.SessionQueue} sends what is one command to Redis; all else are the beans of
 * {@code store}. {@link routes.QiscusApi} calls Qiscus;
 * {@link routes.QiscusAdmin} does so as its admin, for the program's commands. What happens when a step fails stands in
 * {@link routes.FailurePolicy}. A route's id is the name that other routes call it by ({@code direct:id}). The body is the
 * message, variables are the memory; routes hold no lambda and no inline processor, because those vanish from the diagrams.
 */
package routes;
