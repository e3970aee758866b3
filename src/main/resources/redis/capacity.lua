-- An operator sets the capacity of all agents, or sets or removes an agent's own capacity.
--
-- args     agent_id (absent: all agents), by (the operator), capacity (absent: remove it), otherwise (of all, if none is set)
-- answers  {outcome:"done", at}; {outcome:"unchanged", at}; {outcome:"unknown"} the agent was never seen
local agent, field = args.agent_id and read(AGENT, args.agent_id), 'max_customer_per_agent'
if args.agent_id and not agent then
  return answer({outcome = 'unknown'})
elseif agent then
  field = field .. ':' .. args.agent_id
end
local set = number(tonumber(redis.call('HGET', CONFIG, field) or nil))
if set == args.capacity then
  return answer({outcome = 'unchanged', at = now})
elseif args.capacity then
  redis.call('HSET', CONFIG, field, string.format('%d', args.capacity))
else
  redis.call('HDEL', CONFIG, field)
end
record('capacity_set', nil, {agent_id = args.agent_id, agent_name = agent and text(agent.name), by = args.by,
  before = set or args.otherwise, after = args.capacity})
return answer({outcome = 'done', at = now})
