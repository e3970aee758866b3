-- Who is online, as Qiscus's list of all agents shows it. For people to see: nobody is chosen by it.
--
-- args     agents: [[id, name, online], ..], settle
-- answers  {outcome:"seen"}
for _, seen in ipairs(args.agents) do
  local agent = agent_record(redis.call('HGET', AGENT, seen[1]))
  agent.name, agent.online, agent.seen = seen[2], seen[3], now
  if not agent.online then
    agent.freed_at, agent.free = nil, nil
  end
  write_agent(seen[1], agent)
end
return answer({outcome = 'seen'})
