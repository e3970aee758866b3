-- Admits what the webhook queued, then claims the oldest session that may be tried, of all channels.
--
-- args     batch, settle, lease, period, claim (a token no other claim ever had)
-- answers  {outcome:"session", session:{..}} claimed for `lease`; {outcome:"nothing"} nobody may be tried;
--          {outcome:"more"} nobody yet, but the queue holds more to admit; need_channels
local missing = unnamed_channels()
if missing then
  return need(missing)
end
missing = admit()
if missing then
  return need(missing)
end

redis.call('ZREMRANGEBYSCORE', RESTING, '-inf', now)
if redis.call('ZSCORE', RESTING, EVERYBODY) then
  return answer({outcome = redis.call('EXISTS', QUEUE) == 1 and 'more' or 'nothing'})
end

local oldest, oldest_asked, oldest_channel, tries_for_all
for _, channel in ipairs(redis.call('SMEMBERS', CHANNELS)) do
  local held_until = redis.call('HGET', HELD, channel)
  if not held_until or tonumber(held_until) <= now then
    local room, asked = first_of(LINE[channel])
    if room and (not oldest or tonumber(asked) < tonumber(oldest_asked)) then
      oldest, oldest_asked, oldest_channel, tries_for_all = room, asked, channel, held_until
    end
  end
end

if not oldest then
  return answer({outcome = redis.call('EXISTS', QUEUE) == 1 and 'more' or 'nothing'})
end

local session = read(SESSION, oldest)
  or {room_id = oldest, channel = oldest_channel, first_asked = oldest_asked, attempts = 0}
take_out_of_line(session)
if tries_for_all then
  hold_back(oldest_channel)
end
session.claim = args.claim
redis.call('ZADD', CLAIMED, now + args.lease, oldest)
write(SESSION, oldest, session)
return answer({outcome = 'session', session = session})
