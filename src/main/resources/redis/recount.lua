-- Makes each agent's count the number of rooms in `assigned` again, and lets go of history that is too old.
--
-- args     none
-- answers  {outcome:"counted"}
local truth, corrections = {}, 0
for _, id in ipairs(redis.call('HKEYS', COUNT)) do
  truth[id] = 0
end
for _, room in ipairs(redis.call('HKEYS', ASSIGNED)) do
  local assignment = assignment_of(room)
  if assignment then
    truth[assignment.agent_id] = (truth[assignment.agent_id] or 0) + 1
  else
    redis.call('HDEL', ASSIGNED, room) -- nobody can read who has it
  end
end
for id, rooms in pairs(truth) do
  local counted = redis.call('HGET', COUNT, id)
  if counted ~= tostring(rooms) then
    corrections = corrections + 1
    change_count(id, rooms - to_count(counted), 'STALE')
  end
end
if corrections > 0 then
  record('corrected', nil, {agents = corrections})
end
redis.pcall('XTRIM', HISTORY, 'MINID', '=', string.format('%d', now - args.history))
return answer({outcome = 'counted'})
