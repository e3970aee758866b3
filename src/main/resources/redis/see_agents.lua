-- Who is online, as a list of Qiscus shows it. Nobody is chosen by it; but when an agent came, lines whose agents were
-- all offline are tried again at once.
--
-- args     agents: [[id, name, online, channels: their ids with blanks between, absent if not known], ..], settle, period,
--          all (true: with these the list of all agents ends)
-- answers  {outcome:"seen", came} came: an agent is online who was not before
local came = false
for _, seen in ipairs(args.agents) do
  local agent = agent_record(redis.call('HGET', AGENT, seen[1]))
  local channels = text(seen[4])
  if seen[3] and (not agent.online or channels and channels ~= agent.channels) then
    came = true
    agent_came(channels)
  end
  agent.name, agent.online, agent.seen, agent.channels = seen[2], seen[3], now, channels or agent.channels
  if not agent.online then
    agent.freed_at, agent.free = nil, nil
  end
  write_agent(seen[1], agent)
end
if args.all then
  redis.call('ZADD', RESTING, now + args.period, LOOK, now + args.period + PRESENCE_KNOWN, PRESENCE)
end
return answer({outcome = 'seen', came = came})
