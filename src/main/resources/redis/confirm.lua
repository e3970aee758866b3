-- Qiscus has the agent in the room: the reservation becomes an assignment and the claim ends. In a move the agent
-- before gets a slot back.
--
-- args     room_id, claim, pause_after (this many chats in a row moved for silence pause an agent; 0: never), reason
--          (why the agent keeps a room that an operator wanted back)
-- answers  {outcome:"confirmed"}; {outcome:"lost"} the session was resolved, or another instance has the claim
local session = claimed_session()
local assignment = session and assignment_of(args.room_id)
if not assignment then
  return answer({outcome = 'lost'})
end
local move = session.move
if move and assignment.to then
  take_from(session, assignment)
end
-- However long the call took, Qiscus may begin to show the customer only now.
local count = change_count(assignment.agent_id, 0, 'CONFIRMED')
forget(args.room_id, session)
local event = {
  name = session.name, channel = session.channel, agent_id = assignment.agent_id, agent_name = assignment.agent_name,
  count = count, customers = number(assignment.customers), certain = number(assignment.certain), capacity = number(assignment.capacity),
  waited = math.max(0, math.floor(now - (tonumber(session.asked) or session.first_asked))), took = math.max(0, now - assignment.since),
  by = session.by or move and move.by}
local what = move and 'moved' or assignment.reserved and 'kept' or 'assigned'
event.beyond_capacity = session.by and (event.customers or 0) > (event.capacity or math.huge) or nil
if what == 'kept' then
  -- An operator wanted it back in line, but the agent is still in the room.
  event.reason = args.reason or session.reason or 'the agent is still in the room'
elseif move then
  event.from, event.from_name, event.to, event.to_name = move.from, move.from_name, assignment.agent_id, assignment.agent_name
  event.reason, event.unanswered = move.reason, math.max(0, now - move.since)
end
record(what, args.room_id, event)
-- The agent may have joined the room at any time between the two.
assignment.reserved, assignment.since, assignment.first_asked = assignment.since, now, session.asked or session.first_asked
write(ASSIGNED, args.room_id, assignment)
return answer({outcome = 'confirmed'})
