-- Our agent is not in the room: it counts for the colleague who is, or the slot is freed. In a freed room the customer
-- waits again, if Qiscus has sent a webhook for them since.
--
-- args     room_id, settle, from (optional: who had it when the caller looked), agent_id, agent_name (absent: no agent is in it)
-- answers  {outcome:"transferred"}; {outcome:"freed"}; {outcome:"kept"} it changed within the settle time before the room was
--          read (CHECKED), or is being assigned
local room, assignment = args.room_id, assignment_of(args.room_id)
local session = session_of(room)
local looked = math.abs(tonumber(redis.call('ZSCORE', CHECKED, room)) or now)
if not assignment or assignment.agent_id ~= (args.from or assignment.agent_id) or looked - assignment.since < args.settle or session and session.claim then
  return answer({outcome = 'kept'})
end
if not args.agent_id then
  local called = -tonumber(redis.call('ZSCORE', CHECKED, room) or 0)
  free_stale(room)
  -- A session that was to be moved is in line already.
  if called > 0 and not session then
    come({room_id = room, channel = assignment.channel or 'default', source = assignment.source, name = assignment.name,
      previous_service = assignment.previous_service}, called)
  end
  return answer({outcome = 'freed'})
end
-- This ends a move, and a move that was parked.
forget(room, session)
redis.call('HDEL', PARKED, room)
assignment.stays, assignment.had = nil, assignment.had or {}
table.insert(assignment.had, assignment.agent_id)
change_count(assignment.agent_id, -1, 'STALE')
record('handed_over', room, {name = assignment.name, from_id = assignment.agent_id, from_name = assignment.agent_name,
  agent_id = args.agent_id, agent_name = args.agent_name, count = change_count(args.agent_id, 1, 'TRANSFERRED_IN')})
assignment.agent_id, assignment.agent_name, assignment.since = args.agent_id, args.agent_name, now
write(ASSIGNED, room, assignment)
return answer({outcome = 'transferred'})
