-- Looks through a part of the sessions for those that somebody tore from their place by hand: who neither stands in a
-- line nor is claimed goes back to his place; what cannot be read is thrown away, Qiscus knows who waits.
--
-- args     cursor (of the part: "0" at first, then what was answered)
-- answers  {outcome:"mended", cursor ("0": that was the last part), rooms} how many were out of place; need_channels
local scan = redis.call('HSCAN', SESSION, args.cursor, 'COUNT', 200)
local homeless, missing, seen = {}, {}, {}
local rooms = 0
for i = 1, #scan[2], 2 do
  local room = scan[2][i]
  if not redis.call('ZSCORE', CLAIMED, room) then
    local session = session_of(room)
    if not session then
      redis.call('HDEL', SESSION, room)
      rooms = rooms + 1
    elseif LINE[session.channel] then
      homeless[#homeless + 1] = session
    elseif not seen[session.channel] then
      seen[session.channel] = true
      missing[#missing + 1] = session.channel
    end
  end
end
if #missing > 0 then
  return need(missing)
end
for _, session in ipairs(homeless) do
  local line_was_known = redis.call('SADD', CHANNELS, session.channel) == 0
  if not (line_was_known and redis.call('ZSCORE', LINE[session.channel], session.room_id)) then
    put_in_line(session)
    rooms = rooms + 1
  end
end
return answer({outcome = 'mended', cursor = scan[1], rooms = rooms})
