/**
 * The flow of a chat, in the order of {@link app.Application#ROUTES}.
 *
 * <pre>
 * NewSessionWebhook   Qiscus: a customer waits            -> queue, wake the decider
 * AssignSession       oldest sessions -> online agents -> reserve the least busy -> assign -> confirm, or stay in line
 * ResolveWebhook      Qiscus: a chat is resolved          -> free the agent's slot, wake the decider
 * WatchAnswers        agents who do not answer            -> read the room, move its session
 * MoveSession         a session without an answer         -> back in line, swap its agents in Qiscus
 * Recovery            unfinished claims                   -> read the room, then confirm, drop or back in line
 * Reconciliation      our state against Qiscus            -> free stale rooms, queue missed sessions
 * </pre>
 *
 * There are two outside systems. {@link routes.SessionQueue} sends single commands to Redis; everything else there is done by
 * the beans of {@code store}. {@link routes.QiscusApi} calls Qiscus; {@link routes.QiscusAdmin} does so as its admin, for the
 * program's commands. {@link routes.FailurePolicy} defines what happens when a step fails. Other routes call a route by its id
 * ({@code direct:id}). The body is the message, and variables are the memory. Routes have no lambda and no inline processor,
 * because those vanish from the diagrams.
 */
package routes;
