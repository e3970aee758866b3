-- Commits one placement: if nothing changed since the snapshot, the session leaves the line and counts for the agent.
--
-- args     room_id, place, agent_id, agent_name, customers (with this one), certain (of those), capacity, expected (the count
--          when the agent was chosen), claim (a new unique token), lease, chosen (for the history), decider; or, if an
--          operator chose the agent, by (the operator) and from (who has the room, if it moves). Then the session may be
--          parked, or with that agent, and has no place.
-- answers  {outcome:"reserved", session, from_id} in a move the other agent keeps the room meanwhile, and it counts for both;
--          {outcome:"gone"} the room no longer waits there, or has an agent; {outcome:"changed"} the agent's count is
--          above `expected`, the agent is paused, or another instance decides by now
local agent = read(AGENT, args.agent_id) or {}
if not args.by and redis.call('GET', DECIDER) ~= args.decider
    or to_count(redis.call('HGET', COUNT, args.agent_id)) > args.expected or paused_of(agent) then
  return answer({outcome = 'changed'})
end
local room = args.room_id
local session, assignment = session_of(room), assignment_of(room)
if args.by and (assignment and assignment.agent_id or '') ~= (args.from or '') then
  return answer({outcome = 'gone'})
elseif args.by and not session then
  -- A session that is parked or has an agent is put in line for a moment, as if it had always been there.
  local parked = parked_of(room)
  session = assignment and session_to_move(room, assignment, 'operator', now, args.by) or parked and parked.session
  if not session then
    return answer({outcome = 'gone'})
  end
  put_in_line(session)
  redis.call('HDEL', PARKED, room)
end
local moves = assignment and session and session.move and not assignment.to
if moves and assignment.agent_id == args.agent_id then
  return answer({outcome = 'changed'})
end
local at = args.place or session and place(session)
if not at or not redis.call('ZSCORE', WAITING, at) or assignment and not moves then
  redis.call('ZREM', WAITING, at or '')
  return answer({outcome = 'gone'})
end
-- A full Redis refuses the first write of a script but none after it, so this write comes first.
change_count(args.agent_id, 1, 'RESERVED')
session = leave_line(at)
session.claim, session.by = args.claim, args.by
write(SESSION, room, session)
redis.call('ZADD', CLAIMED, now + args.lease, room)
local to = {agent_id = args.agent_id, agent_name = args.agent_name, since = now, customers = args.customers, certain = args.certain,
  capacity = args.capacity}
if moves then
  assignment.to, assignment.stays = to, nil
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
