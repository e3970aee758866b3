-- How it stands in numbers, changing nothing.
--
-- args     capacity (unless `config` says otherwise), lately: agents not seen for so long are not counted
-- answers  {outcome:"figures", queued, deciding, chosen, parked, assigned, oldest_waits, channels:{name: sessions},
--          offline, full, free, customers, capacity}
--          calls in the webhook's queue; sessions that are being decided, and for how many of them an agent is chosen;
--          rooms parked, and held by agents; how long the oldest in line waits; agents by what the last lists showed, and
--          of those online the customers and the customers that they may have; need_channels
local missing = unnamed_channels()
if missing then
  return need(missing)
end

local channels, oldest = {}, now
for _, channel in ipairs(redis.call('SMEMBERS', CHANNELS)) do
  channels[channel] = redis.call('ZCARD', LINE[channel])
  oldest = math.min(oldest, tonumber(redis.call('ZRANGE', LINE[channel], 0, 0, 'WITHSCORES')[2] or now))
end

local config, counts = fields_of(CONFIG), fields_of(COUNT)
local capacity_for_all = capacity_of_all(config)
local offline, full, free, customers, capacity = 0, 0, 0, 0, 0
for id, json in pairs(fields_of(AGENT)) do
  local agent = agent_record(json)
  local seen = math.max(number(agent.seen) or 0, agent.last_assigned, agent.theirs_since)
  if now - seen < args.lately then
    local load = integer(counts[id]) + agent.foreign
    local most = capacity_of(id, config, capacity_for_all)
    if agent.online == false then
      offline = offline + 1
    else
      if load < most then
        free = free + 1
      else
        full = full + 1
      end
      customers, capacity = customers + load, capacity + most
    end
  end
end

local chosen = 0
for _, room in ipairs(redis.call('ZRANGE', CLAIMED, 0, -1)) do
  chosen = chosen + redis.call('HEXISTS', ASSIGNED, room)
end

return answer({
  outcome = 'figures',
  queued = redis.call('LLEN', QUEUE),
  deciding = redis.call('ZCARD', CLAIMED),
  chosen = chosen,
  parked = redis.call('HLEN', PARKED),
  assigned = redis.call('HLEN', ASSIGNED),
  oldest_waits = math.max(0, math.floor(now - oldest)),
  channels = channels,
  offline = offline, full = full, free = free, customers = customers, capacity = capacity})
