-- How it stands, changing nothing.
--
-- args     none
-- answers  {outcome:"line", waiting, parked, assigned, oldest_waits} sessions that wait or are being decided, the queue
--          included; rooms parked and assigned; how long the oldest in line waits, absent if nobody does; need_channels
local missing = unnamed_channels()
if missing then
  return need(missing)
end
local oldest
for _, channel in ipairs(redis.call('SMEMBERS', CHANNELS)) do
  local first = redis.call('ZRANGE', LINE[channel], 0, 0, 'WITHSCORES')[2]
  if first and (not oldest or tonumber(first) < oldest) then
    oldest = tonumber(first)
  end
end
return answer({
  outcome = 'line',
  waiting = redis.call('HLEN', SESSION) + redis.call('LLEN', QUEUE),
  parked = redis.call('HLEN', PARKED),
  assigned = redis.call('HLEN', ASSIGNED),
  oldest_waits = oldest and math.floor(now - oldest)})
