-- An operator pauses an agent: the agent keeps their chats and gets no new ones before `until`.
--
-- args     agent_id, by (the operator's name), until (absent: until an operator resumes them), reason (absent: none)
-- answers  {outcome:"done", at}; {outcome:"past"} `until` has passed; {outcome:"unknown"} the agent was never seen
local agent = read(AGENT, args.agent_id)
if not agent then
  return answer({outcome = 'unknown'})
elseif args['until'] and args['until'] <= now then
  return answer({outcome = 'past'})
end
local before = paused_of(agent)
agent.paused = {at = now, by = args.by, reason = args.reason, ['until'] = args['until']}
write(AGENT, args.agent_id, agent)
record('paused', nil, {agent_id = args.agent_id, agent_name = text(agent.name), by = args.by, reason = args.reason,
  ['until'] = args['until'], before = before, after = agent.paused})
return answer({outcome = 'done', at = now})
