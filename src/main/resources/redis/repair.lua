-- Repairs what was damaged by hand. A key of another type than ours would make every script fail, so it is set aside
-- and nothing is lost. A session without an agent returns to the line. One with an agent is claimed, so that its room
-- is read. What cannot be read is deleted, because Qiscus knows who waits.
--
-- KEYS     after the usual ones, for each of them the name that it gets if it is set aside
-- args     types (of the keys in their order), cursor (of a part of the sessions: "0" at first, then the cursor of the answer)
-- answers  {outcome:"repaired", cursor ("0": that was the last part)}
for i = 1, #KEYS / 2 do
  local is, aside = redis.call('TYPE', KEYS[i]).ok, KEYS[#KEYS / 2 + i]
  if is ~= 'none' and is ~= args.types[i] and redis.call('RENAMENX', KEYS[i], aside) == 1 then
    record('key_replaced', nil, {key = KEYS[i], aside = aside})
  end
end

local scan = redis.call('HSCAN', SESSION, args.cursor, 'COUNT', 200)
local rooms = 0
for i = 1, #scan[2], 2 do
  local room = scan[2][i]
  local session, assignment = session_of(room), assignment_of(room)
  local claimed = redis.call('ZSCORE', CLAIMED, room)
  if session and tonumber(session.first_asked) > now + 1000 then
    -- The clock was set back: it gets another place.
    redis.call('ZREM', WAITING, place(session))
  end
  rooms = rooms + 1
  if not session and not claimed then
    redis.call('HDEL', SESSION, room)
  elseif session and assignment and not session.move and not claimed then
    redis.call('ZADD', CLAIMED, now, room)
  elseif session and (not assignment or session.move and not claimed) and not stands(session) then
    put_in_line(session)
  else
    rooms = rooms - 1
  end
end
if rooms > 0 then
  record('repaired', nil, {sessions = rooms})
end
return answer({outcome = 'repaired', cursor = scan[1]})
