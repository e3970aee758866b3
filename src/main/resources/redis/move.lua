-- A customer has had no answer for too long, or an operator wants another agent: the session returns to its first place
-- in line, and its agent keeps the room until another one gets it.
--
-- args     room_id, agent_id (who has the room), reason ("away", "silent" or "operator"), since (when the customer began to
--          wait for an answer), moves (how many a session may make; absent: any number), by (the operator, if there is one)
-- answers  {outcome:"waiting", at}; {outcome:"kept"} the agent no longer has the room, it moves already, or it may not move
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
