-- Where a room is at this moment, changing nothing.
--
-- args     room_id
-- answers  {outcome:"room", state, session, position, assignment, parked_at, reason} state: waiting, claimed, assigned or
--          parked, absent if it is none of these; position: 1 for the first of its line; need_channels
local room = args.room_id
local session, assignment, parked = session_of(room), assignment_of(room), parked_of(room)
if session and not LINE[session.channel] then
  return need({session.channel})
end
local told = {
  outcome = 'room', session = session or parked and parked.session, assignment = assignment,
  reason = session and session.reason}
if session then
  local rank = redis.call('ZRANK', LINE[session.channel], room)
  told.state = rank and 'waiting' or 'claimed'
  told.position = rank and rank + 1 or nil
elseif assignment then
  told.state = 'assigned'
elseif parked then
  told.state, told.parked_at, told.reason = 'parked', parked.at, text(parked.reason)
else
  -- It may have come just now.
  for _, json in ipairs(redis.call('LRANGE', QUEUE, 0, 199)) do
    local called, call = room_of(json)
    if called == room then
      told.state = 'waiting'
      told.session = {room_id = room, name = text(call.name), channel = text(call.channel)}
      break
    end
  end
end
return answer(told)
