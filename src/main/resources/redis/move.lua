-- A customer has had no answer for too long: the session stands in line again, at its first place, and its agent keeps the
-- room until another one gets it.
--
-- args     room_id, agent_id (who did not answer), reason ("away" or "silent"), since (from when the customer waits for an
--          answer), moves (of a session at most)
-- answers  {outcome:"waiting"}; {outcome:"kept"} that agent no longer has the room, it moves already, or it may not
local room, assignment = args.room_id, assignment_of(args.room_id)
local moves = (assignment and assignment.moves or 0) + 1
if not assignment or assignment.agent_id ~= args.agent_id or assignment.stays or moves > args.moves or session_of(room) then
  return answer({outcome = 'kept'})
end
local had = assignment.had or {}
had[#had + 1] = args.agent_id
-- Earlier versions did not note when it first asked.
local first_asked = tonumber(assignment.first_asked) or assignment.since
put_in_line({
  room_id = room, channel = is_id(assignment.channel) and assignment.channel or 'default', source = assignment.source,
  name = assignment.name, previous_service = assignment.previous_service, attempts = 0,
  first_asked = string.format('%017.3f', first_asked),
  move = {from = args.agent_id, from_name = assignment.agent_name, reason = args.reason, since = args.since, had = had, moves = moves}})
record('unanswered', room, {
  name = assignment.name, channel = assignment.channel, from = args.agent_id, from_name = assignment.agent_name,
  reason = args.reason, unanswered = math.max(0, now - args.since)})
return answer({outcome = 'waiting'})
