package routes;

import static org.apache.camel.LoggingLevel.DEBUG;
import static org.apache.camel.LoggingLevel.WARN;

import assignment.QiscusFault;
import org.apache.camel.builder.RouteBuilder;

/** Finds the customers whose agent does not answer, by the changes in Qiscus's list of rooms and by the room itself. */
public class WatchAnswers extends RouteBuilder {

    @Override
    public void configure() {
        from("scheduler:watch?initialDelay={{WATCH_PERIOD}}&delay={{WATCH_PERIOD}}").routeId("watch-answers")
            .routeDescription("Every period, on the instance that decides: reads which rooms changed, for all agents together")
            .autoStartup("{{WATCH_ENABLED}}")
            .doTry()
                .bean("sessionStore", "watchedRooms")
                .bean("watch", "begin")
                .filter(simple("${body} && ${variable.global:running}"))
                    // Read the list of all rooms, newest message first, back to the time of the last pass.
                    .bean("roomFeed", "start")
                    .setVariable("feed", simple("${body}"))
                    .bean("watch", "readsOn")
                    .setVariable("more", simple("${body}"))
                    .loopDoWhile(simple("${variable.more} && ${variable.global:running}"))
                        .setBody(simple("${variable.feed.request}"))
                        .to("direct:list-rooms")
                        .bean("roomFeed", "next(${variable.feed}, ${body}, ${header.Date})")
                        .setVariable("feed", simple("${body}"))
                        .bean("watch", "reads(${variable.feed.page}, ${bean:redisTime.now})")
                        .to("direct:apply-room-changes")
                        .bean("watch", "readsOn")
                        .setVariable("more", simple("${body}"))
                    .end()
                .end()
            .endDoTry()
            .doCatch(QiscusFault.class)
                .bean("watch", "isNewFailure")
                .filter(simple("${body}"))
                    .log(WARN, "Qiscus does not show what changed in its rooms: ${bean:failures.words}")
                .end()
            .endDoTry()
            .doCatch(Exception.class)
                .log(WARN, "The changes in Qiscus's rooms are not known: ${bean:failures.words}")
            .end();

        from("direct:apply-room-changes").routeId("apply-room-changes")
            .routeDescription("Agents who answered keep their rooms; rooms that seem resolved are checked at once")
            .setVariable("changes", simple("${body}"))
            .split(simple("${variable.changes.answered}"))
                .bean("sessionStore", "answered(${body.roomId}, ${body.agentId})")
            .end()
            .split(simple("${variable.changes.resolved}")).stopOnException()
                .bean("sessionStore", "toLookInto")
                .filter(simple("${body} != null"))
                    .to("direct:look-into-held-room")
                .end()
            .end();

        from("scheduler:unanswered?initialDelay={{DISPATCH_PERIOD}}&delay={{DISPATCH_PERIOD}}").routeId("find-unanswered")
            .routeDescription("Every period: reads the rooms whose customers seem to have waited too long for an answer")
            .autoStartup("{{WATCH_ENABLED}}")
            .doTry()
                .bean("watch", "mayLookForAgents(${bean:redisTime.now})")
                .filter(simple("${body} && ${variable.global:running}"))
                    .to("direct:look-at-agents")
                .end()
                .bean("watch", "overdue(${bean:redisTime.now})")
                .split(simple("${body}")).parallelProcessing().executorService("roomReaders").stopOnException()
                    .filter(simple("${variable.global:running}"))
                        .to("direct:ask-whether-answered")
                    .end()
                .end()
            .endDoTry()
            .doCatch(Exception.class)
                .log(DEBUG, "The rooms without an answer will be read again: ${bean:failures.words}")
            .end();

        from("direct:ask-whether-answered").routeId("ask-whether-answered")
            .routeDescription("Reads a room and who is in it: moves its session only if both show that the customer is unanswered")
            .setVariable("watched", simple("${body}"))
            .setVariable("session", simple("${body.session}"))
            .setVariable("ours", simple("${body.ours}"))
            .bean("sessionStore", "isWatched(${variable.watched})")
            .filter(simple("${body}"))

                // Read who wrote last in the room.
                .to("direct:read-conversation")
                .bean("watch", "looks(${variable.conversation}, ${bean:redisTime.now})")
                .to("direct:apply-room-changes")
                .bean("watch", "stillWaits(${variable.watched}, ${variable.conversation}, ${bean:redisTime.now})")
                .filter(simple("${body}"))

                    // Move it, unless another agent is in it.
                    .to("direct:who-is-in-room")
                    .bean("watch", "unanswered(${variable.watched}, ${variable.inRoom}, ${bean:redisTime.now})")
                    .filter(simple("${body} != null"))
                        .to("direct:move-session")
                        .bean("watch", "handedOn(${variable.watched})")
                    .end()
                .end()
            .end();

        from("direct:read-conversation").routeId("read-conversation")
            .routeDescription("Reads the last messages of the session's room, or if Qiscus does not show them, only the last one")
            .setVariable("conversation", simple("${null}"))
            .bean("roomMessages", "mayAsk")
            .filter(simple("${body}"))
                .doTry()
                    .to("direct:load-messages")
                    .bean("watch", "customerOf(${variable.watched})")
                    .bean("roomMessages", "page(${variable.messages}, ${variable.session.roomId}, ${body}, ${header.Date})")
                    .setVariable("room", simple("${type:assignment.RoomState.UNCLEAR}"))
                .endDoTry()
                .doCatch(Exception.class)
                    .bean("roomMessages", "notTold(${exception})")
                .end()
                .setVariable("conversation", simple("${body}"))
            .end()
            .filter(simple("${variable.conversation} == null"))
                .setVariable("customerRoom", simple("${null}"))
                .to("direct:read-room")
                .bean("answerReader", "readable(${body}, ${variable.finding})")
                .bean("roomFeed", "room(${variable.customerRoom}, ${header.Date})")
                .setVariable("conversation", simple("${body}"))
            .end();
    }
}
