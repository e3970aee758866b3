-- Stores what the last lists showed about agents, for the wallboard only: decisions do not use it.
--
-- args     agents:[{id, name, online, external}, ..] absent fields stay as they are
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
