-- Commits one placement: the session leaves the line and counts for the agent, if nothing changed since the snapshot.
--
-- args     decider, place, agent_id, agent_name, customers (with this one), certain (of those), capacity, expected (the count
--          that the choice was made with), claim (a token that no other claim ever had), lease, chosen (for the history)
-- answers  {outcome:"reserved", session, from_id} in a move the agent who has the room keeps it meanwhile, and it counts for
--          both; {outcome:"gone"} the room no longer waits there, or has an agent; {outcome:"changed"} the agent's count is
--          above `expected`, the agent is paused, or another instance decides by now
local agent = read(AGENT, args.agent_id) or {}
if redis.call('GET', DECIDER) ~= args.decider or to_count(redis.call('HGET', COUNT, args.agent_id)) > args.expected
    or paused_of(agent) then
  return answer({outcome = 'changed'})
end
local room = args.place:match('[^:]*$')
local waiting, assignment = session_of(room), assignment_of(room)
local moves = assignment and waiting and waiting.move and not assignment.to
if moves and assignment.agent_id == args.agent_id then
  return answer({outcome = 'changed'})
end
if not redis.call('ZSCORE', WAITING, args.place) or assignment and not moves then
  redis.call('ZREM', WAITING, args.place)
  return answer({outcome = 'gone'})
end
-- A full Redis refuses this, but nothing behind the first write of a script: so it comes before the rest.
change_count(args.agent_id, 1, 'RESERVED')
local session = leave_line(args.place)
session.claim = args.claim
write(SESSION, room, session)
redis.call('ZADD', CLAIMED, now + args.lease, room)
local to = {agent_id = args.agent_id, agent_name = args.agent_name, since = now, customers = args.customers, certain = args.certain,
  capacity = args.capacity}
if moves then
  assignment.to = to
else
  to.name, to.channel, to.source, to.previous_service = session.name, session.channel, session.source, session.previous_service
  to.had, to.moves = session.move and session.move.had, session.move and session.move.moves
end
write(ASSIGNED, room, moves and assignment or to)
agent.last_assigned = now
write(AGENT, args.agent_id, agent)
args.chosen.name, args.chosen.channel = session.name, session.channel
record('chosen', room, args.chosen)
return answer({outcome = 'reserved', session = session, from_id = moves and assignment.agent_id or nil})
