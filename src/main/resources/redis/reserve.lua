-- Commits one placement: the session leaves the line and counts for the agent, if nothing changed since the snapshot.
--
-- args     decider, place, agent_id, agent_name, customers (with this one), certain (of those), capacity, expected (the count
--          that the choice was made with), claim (a token that no other claim ever had), lease, chosen (for the history)
-- answers  {outcome:"reserved", session}; {outcome:"gone"} the room no longer waits there, or has an agent;
--          {outcome:"changed"} the agent's count is above `expected`, or another instance decides by now
if redis.call('GET', DECIDER) ~= args.decider or to_count(redis.call('HGET', COUNT, args.agent_id)) > args.expected then
  return answer({outcome = 'changed'})
end
local room = args.place:match('[^:]*$')
if not redis.call('ZSCORE', WAITING, args.place) or assignment_of(room) then
  redis.call('ZREM', WAITING, args.place)
  return answer({outcome = 'gone'})
end
-- A full Redis refuses this, but nothing behind the first write of a script: so it comes before the rest.
change_count(args.agent_id, 1, 'RESERVED')
local session = leave_line(args.place)
session.claim = args.claim
write(SESSION, room, session)
redis.call('ZADD', CLAIMED, now + args.lease, room)
write(ASSIGNED, room, {
  agent_id = args.agent_id, agent_name = args.agent_name, since = now, customers = args.customers, certain = args.certain,
  capacity = args.capacity, name = session.name, channel = session.channel, source = session.source, previous_service = session.previous_service})
local agent = read(AGENT, args.agent_id) or {}
agent.last_assigned = now
write(AGENT, args.agent_id, agent)
args.chosen.name, args.chosen.channel = session.name, session.channel
record('chosen', room, args.chosen)
return answer({outcome = 'reserved', session = session})
