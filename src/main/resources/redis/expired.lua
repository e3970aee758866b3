-- Takes over a claim whose lease ran out: its instance stopped, or its assign call was not answered.
--
-- args     lease, look_again (the longest claims), claim
-- answers  {outcome:"session", session, agent_id, from_id, unknown_for} read the room first: for unknown_for milliseconds it has
--          been unclear whether agent_id is in it, in a move instead of from_id;
--          {outcome:"returned"} it had no reservation and is back in line; {outcome:"nothing"}
-- A claim that ends later is from before the clock was set back.
local longest = math.max(args.lease, args.look_again)
for _, late in ipairs(redis.call('ZRANGEBYSCORE', CLAIMED, now + longest + 1, '+inf')) do
  redis.call('ZADD', CLAIMED, now + longest, late)
end
local room = redis.call('ZRANGEBYSCORE', CLAIMED, '-inf', now, 'LIMIT', 0, 1)[1]
if not room then
  return answer({outcome = 'nothing'})
end
local session, assignment = session_of(room), assignment_of(room)
if not session then
  forget(room)
  return answer({outcome = 'returned'})
end
if not assignment or session.move and not assignment.to and assignment.agent_id == session.move.from then
  put_in_line(session)
  record('recovered', room, {name = session.name, channel = session.channel})
  return answer({outcome = 'returned'})
end
session.claim = args.claim
mark_unclear(session, 'its instance stopped responding after it chose an agent', args.lease)
local to = assignment.to or assignment
return answer({outcome = 'session', session = session, agent_id = to.agent_id, from_id = assignment.to and assignment.agent_id,
  unknown_for = now - session.doubt_since})
