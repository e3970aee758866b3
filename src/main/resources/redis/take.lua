-- Admits what the webhook queued, then claims the oldest session that may be tried, of all channels.
--
-- args     batch, settle, lease, period, claim (a token no other claim ever had)
-- answers  {outcome:"session", session:{..}} claimed for `lease`; {outcome:"nothing"} nobody may be tried;
--          {outcome:"more"} nobody yet, but the queue holds more to admit; need_channels
local missing = unnamed_channels()
if missing then
  return need(missing)
end

-- The clock may have been set back: those who are in line since before then stay before those who come now.
local ahead = {}
for channel in pairs(LINE) do
  local page = redis.call('ZRANGEBYSCORE', LINE[channel], now + 1000, '+inf', 'WITHSCORES', 'LIMIT', 0, 1000)
  for i = 1, #page, 2 do
    ahead[#ahead + 1] = {room = page[i], channel = channel, score = tonumber(page[i + 1])}
  end
end
table.sort(ahead, function(one, other)
  return one.score < other.score
end)
for i = 1, math.min(#ahead, 1000) do
  local place, asked = ahead[i], string.format('%.3f', now - 1000 + i / 1000)
  local session = session_of(place.room)
  redis.call('ZADD', LINE[place.channel], asked, place.room)
  if session then
    session.first_asked = asked
    write(SESSION, place.room, session)
  end
end

missing = admit()
if missing then
  return need(missing)
end

-- No rest is so long: it was begun before the clock was set back.
local LONGER_THAN_ANY_REST = 600000
redis.call('ZREMRANGEBYSCORE', RESTING, now + LONGER_THAN_ANY_REST, '+inf')
redis.call('ZREMRANGEBYSCORE', RESTING, '-inf', now)
if redis.call('ZSCORE', RESTING, EVERYBODY) then
  return answer({outcome = redis.call('EXISTS', QUEUE) == 1 and 'more' or 'nothing'})
end

-- What is known of channels that nobody waits in any more is of no use.
if redis.call('HLEN', HELD) > 2 * redis.call('SCARD', CHANNELS) + 100 then
  for _, channel in ipairs(redis.call('HKEYS', HELD)) do
    if redis.call('SISMEMBER', CHANNELS, channel) == 0 then
      redis.call('HDEL', HELD, channel)
    end
  end
end

-- The oldest of all channels that come free together; but one that came free earlier and was not tried since goes
-- before, or many closed channels with old sessions would keep the young ones of all others from ever being tried.
local oldest, oldest_asked, oldest_channel, oldest_free_since, tries_for_all, of_closed
for _, channel in ipairs(redis.call('SMEMBERS', CHANNELS)) do
  local held_until, closed = held(channel)
  local free_since = free_from(channel) or 0
  if free_since <= now then
    local room, asked = first_of(LINE[channel])
    if room and (not oldest or free_since < oldest_free_since
      or free_since == oldest_free_since and tonumber(asked) < tonumber(oldest_asked)) then
      oldest, oldest_asked, oldest_channel, oldest_free_since = room, asked, channel, free_since
      tries_for_all, of_closed = held_until, closed
    end
  end
end

if not oldest then
  return answer({outcome = redis.call('EXISTS', QUEUE) == 1 and 'more' or 'nothing'})
end

local session = session_of(oldest)
  or {room_id = oldest, first_asked = oldest_asked, attempts = 0}
-- Whatever somebody may have written into it: this is where it stands.
session.channel = oldest_channel
take_out_of_line(session)
if tries_for_all then
  hold_back(oldest_channel, of_closed)
end
session.closed = of_closed and true or nil
session.claim = args.claim
redis.call('ZADD', CLAIMED, now + args.lease, oldest)
write(SESSION, oldest, session)
return answer({outcome = 'session', session = session})
