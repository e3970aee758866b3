-- Qiscus has the agent in the room: the reservation becomes an assignment and the claim ends.
--
-- args     room_id, claim, settle
-- answers  {outcome:"confirmed", agent_id, agent_name, count}; {outcome:"lost"}
local session = claimed_session()
local assignment = session and assignment_of(args.room_id)
if not assignment then
  return answer({outcome = 'lost'})
end
-- Qiscus begins to show it only now, however long the call took.
local count = change_count(assignment.agent_id, 0)
local took = math.max(0, now - integer(assignment.since))
assignment.state = 'confirmed'
assignment.since = now
write(ASSIGNED, args.room_id, assignment)
forget(args.room_id)
record('assigned', args.room_id, {
  name = session.name, channel = session.channel, agent_id = assignment.agent_id, agent_name = assignment.agent_name,
  count = count, waited = math.max(0, now - integer(session.first_asked)), took = took})
return answer({outcome = 'confirmed', agent_id = assignment.agent_id, agent_name = assignment.agent_name,
  count = count})
