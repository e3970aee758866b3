-- uses: admit
-- A room was resolved: the agent who holds it gets a slot back, and a session that waits in it leaves the line.
--
-- args     room_id, service_id (optional: which session of the room was resolved), batch, settle, remember
-- answers  {outcome:"freed", wanted (whether a session waits for a slot)}; {outcome:"left_line"}; {outcome:"unparked"};
--          {outcome:"unknown"} we do not know the room; {outcome:"repeated"} this resolve came before; {outcome:"earlier"}
--          it is about an earlier session of the room; {outcome:"more"} ask again: older calls are still queued
if admit() then
  return answer({outcome = 'more'})
end

local MOST_REMEMBERED = 100000
local room = args.room_id
local session, assignment, parked = session_of(room), assignment_of(room), parked_of(room)

if args.service_id then
  redis.call('ZREMRANGEBYSCORE', RESOLVED, '-inf', now - args.remember)
  redis.call('ZREMRANGEBYRANK', RESOLVED, 0, -MOST_REMEMBERED - 1)
  if redis.call('ZADD', RESOLVED, 'NX', now, room .. ' ' .. args.service_id) == 0 then
    return answer({outcome = 'repeated'})
  end
  local present = session or assignment or parked and parked.session
  if present and present.previous_service == args.service_id then
    return answer({outcome = 'earlier'})
  end
end

forget(room, session)
if assignment then
  local freed = free_slot(room, 'RESOLVED')
  record('resolved', room, {agent_id = freed.agent_id, agent_name = freed.agent_name, count = freed.count,
    name = freed.name, ['while'] = session and not session.move and 'waiting' or 'served'})
  return answer({outcome = 'freed', wanted = redis.call('EXISTS', WAITING) == 1})
end
if session then
  record('resolved', room, {name = session.name, ['while'] = 'waiting'})
  return answer({outcome = 'left_line'})
end
if parked then
  redis.call('HDEL', PARKED, room)
  record('unparked', room, {name = parked.session and parked.session.name, how = 'resolved'})
  return answer({outcome = 'unparked'})
end
return answer({outcome = 'unknown'})
