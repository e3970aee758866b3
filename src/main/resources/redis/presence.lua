-- What the last lists showed of agents, for people to see: nobody is chosen by it.
--
-- args     agents:[{id, name, online, external}, ..] fields that are absent stay as they are
-- answers  {outcome:"seen"}
for _, seen in ipairs(args.agents) do
  local agent = read(AGENT, seen.id) or {}
  for field, value in pairs(seen) do
    agent[field] = value
  end
  agent.id, agent.seen = nil, now
  write(AGENT, seen.id, agent)
end
return answer({outcome = 'seen'})
