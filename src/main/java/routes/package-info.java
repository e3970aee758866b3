/**
 * The flow of a chat, in the order of {@link app.Application#ROUTES}.
 *
 * <pre>
 * NewSessionWebhook   Qiscus: a customer waits            -> queue, wake the decider
 * AssignSession       oldest sessions -> online agents -> reserve the least busy -> assign -> confirm, or stay in line
 * ResolveWebhook      Qiscus: a chat is resolved          -> free the agent's slot, wake the decider
 * WatchAnswers        agents who do not answer            -> read the room, move its session
 * MoveSession         a session without an answer         -> back in line, swap its agents in Qiscus
 * Recovery            unfinished claims                   -> read the room, then confirm, drop or return to line
 * Reconciliation      our state against Qiscus            -> free stale rooms, queue missed sessions
 * </pre>
 *
 * There are two outside systems. {@link routes.SessionQueue} sends single commands to Redis; the beans of {@code store} do
 * everything else there. {@link routes.QiscusApi} calls Qiscus; {@link routes.QiscusAdmin} does so as its admin, for the
 * program's commands. {@link routes.FailurePolicy} defines what happens when a step fails. Other routes call a route by its id
 * ({@code direct:id}). The body carries the input of the next step, and variables keep what later steps need. Routes have no
 * lambda and no inline processor, because diagrams do not show those.
 */
package routes;
