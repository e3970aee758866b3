-- A customer has had no answer for too long, or an operator wishes it: the session stands in line again, at its first place,
-- and its agent keeps the room until another one gets it.
--
-- args     room_id, agent_id (who has the room), reason ("away", "silent" or "operator"), since (from when the customer waits
--          for an answer), moves (of a session at most; absent: any number), by (the operator, if it is one)
-- answers  {outcome:"waiting", at}; {outcome:"kept"} that agent no longer has the room, it moves already, or it may not
local room, assignment = args.room_id, assignment_of(args.room_id)
if not assignment or assignment.agent_id ~= args.agent_id or session_of(room)
    or not args.by and (assignment.stays or (assignment.moves or 0) >= args.moves) then
  return answer({outcome = 'kept'})
end
if assignment.stays then
  assignment.stays = nil
  write(ASSIGNED, room, assignment)
  redis.call('HDEL', PARKED, room)
end
put_in_line(session_to_move(room, assignment, args.reason, args.since, args.by))
record(args.by and 'sent_on' or 'unanswered', room, {
  name = assignment.name, channel = assignment.channel, from = args.agent_id, from_name = assignment.agent_name,
  reason = args.reason, unanswered = not args.by and math.max(0, now - args.since) or nil, by = args.by,
  before = args.by and {state = 'assigned', agent_id = args.agent_id} or nil,
  after = args.by and {state = 'assigned', agent_id = args.agent_id, moves = true} or nil})
return answer({outcome = 'waiting', at = now})
