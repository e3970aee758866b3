-- An operator gives an agent a capacity of their own, or takes it away.
--
-- args     agent_id, by (the operator's name), capacity (absent: that of all)
-- answers  {outcome:"done", at}; {outcome:"unchanged", at}; {outcome:"unknown"} no such agent was ever seen
local agent, field = read(AGENT, args.agent_id), 'max_customer_per_agent:' .. args.agent_id
if not agent then
  return answer({outcome = 'unknown'})
end
local before = number(tonumber(redis.call('HGET', CONFIG, field) or nil))
if before == args.capacity then
  return answer({outcome = 'unchanged', at = now})
elseif args.capacity then
  redis.call('HSET', CONFIG, field, string.format('%d', args.capacity))
else
  redis.call('HDEL', CONFIG, field)
end
record('capacity_set', nil, {agent_id = args.agent_id, agent_name = text(agent.name), by = args.by,
  before = before, after = args.capacity})
return answer({outcome = 'done', at = now})
