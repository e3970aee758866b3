package commands;

import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import qiscus.Ids;
import qiscus.TriedCall;
import qiscus.TriedCall.Answer;

/** Moves a room from one agent to another and back, as the program does when an agent does not answer. */
class TrySwap {
    private static final String SERVICE = "/api/v1/admin/service/";

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    private String room;
    private String from;
    private String to;

    @Option(
            names = "--room",
            paramLabel = "ROOM_ID",
            description = {
                "a test room: tries to move it from agent --from to agent --to and back, and prints what Qiscus answers;",
                "it must have an open chat with a customer of your own, because the chat really moves"
            })
    void setRoom(String id) {
        room = id("--room", id);
    }

    @Option(names = "--from", paramLabel = "AGENT_ID", description = "with --room: the test agent who has the room")
    void setFrom(String id) {
        from = id("--from", id);
    }

    @Option(names = "--to", paramLabel = "AGENT_ID", description = "with --room: the test agent who gets it meanwhile")
    void setTo(String id) {
        to = id("--to", id);
    }

    private String id(String option, String given) {
        if (!Ids.isSafe(given)) {
            throw new ParameterException(spec.commandLine(), option + " must be an id: letters, digits, - and _.");
        }
        return given;
    }

    /** @return whether a room is given, and with it both agents */
    boolean isWanted() {
        if (room == null ? from != null || to != null : from == null || to == null || from.equals(to)) {
            throw new ParameterException(
                    spec.commandLine(), "--room, --from and --to belong together, and the agents must differ.");
        }
        return room != null;
    }

    void run(Function<TriedCall, Answer> qiscus, Report report) {
        step(report, "room " + room, qiscus.apply(TriedCall.get("/api/v2/customer_rooms/" + room, null)));
        if (!look(qiscus, report).agents().contains(from)) {
            step(report, "assign_agent " + from + ", max_agent=1", qiscus.apply(assign(from, "max_agent=1")));
            if (!look(qiscus, report).agents().contains(from)) {
                report.wrong("swap", "agent " + from + " is not in the room, so nothing was tried");
                return;
            }
        }
        Answer removed =
                qiscus.apply(TriedCall.post(SERVICE + "remove_agent", "room_id=" + room + "&agent_id=" + from));
        step(report, "remove_agent " + from, removed);
        look(qiscus, report);
        String how = removed.isSuccess() ? "max_agent=1" : "replace_latest_agent=true";
        step(report, "assign_agent " + to + ", " + how, qiscus.apply(assign(to, how)));
        reportMove(report, look(qiscus, report), to, from);

        step(
                report,
                "assign_agent " + from + ", replace_latest_agent=true",
                qiscus.apply(assign(from, "replace_latest_agent=true")));
        reportMove(report, look(qiscus, report), from, to);
    }

    private TriedCall assign(String agent, String how) {
        return TriedCall.post(SERVICE + "assign_agent", "room_id=" + room + "&agent_id=" + agent + "&" + how);
    }

    private Answer look(Function<TriedCall, Answer> qiscus, Report report) {
        Answer answer = qiscus.apply(TriedCall.get(
                "/api/v2/admin/service/available_agents", "room_id=" + room + "&limit=100&is_available_in_room=true"));
        step(report, "who is in the room", answer);
        return answer;
    }

    private static void step(Report report, String what, Answer answer) {
        report.open("swap", what + ": " + answer);
    }

    private static void reportMove(Report report, Answer inRoom, String next, String before) {
        boolean isSwapped = inRoom.agents().contains(next) && !inRoom.agents().contains(before);
        if (isSwapped) {
            report.right("swap", "the room moved from agent " + before + " to agent " + next);
        } else {
            report.wrong("swap", "the room did not move from agent " + before + " to agent " + next);
        }
    }
}
