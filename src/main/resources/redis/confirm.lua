-- Qiscus has the agent in the room: the reservation becomes an assignment and the claim ends.
--
-- args     room_id, claim
-- answers  {outcome:"confirmed"}; {outcome:"lost"} it was resolved meanwhile, or another instance has the claim
local session = claimed_session()
local assignment = session and assignment_of(args.room_id)
if not assignment then
  return answer({outcome = 'lost'})
end
-- Qiscus may begin to show it only now, however long the call took.
local count = change_count(assignment.agent_id, 0, 'CONFIRMED')
forget(args.room_id, session)
record('assigned', args.room_id, {
  name = session.name, channel = session.channel, agent_id = assignment.agent_id, agent_name = assignment.agent_name,
  count = count, customers = number(assignment.customers), capacity = number(assignment.capacity), waited = math.max(0, math.floor(now - session.first_asked)), took = math.max(0, now - assignment.since)})
-- Between the two the agent may have been in the room already.
assignment.reserved, assignment.since = assignment.since, now
write(ASSIGNED, args.room_id, assignment)
return answer({outcome = 'confirmed'})
