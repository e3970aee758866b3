-- Sets each agent's count to the number of their rooms in `assigned`, including rooms that are moving to them. Deletes
-- history that is too old.
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
    local to = assignment.to
    if to and redis.call('ZSCORE', CLAIMED, room) then
      truth[to.agent_id] = (truth[to.agent_id] or 0) + 1
    elseif to then
      assignment.to = nil -- its claim is gone, and with it the move
      write(ASSIGNED, room, assignment)
    end
  else
    redis.call('HDEL', ASSIGNED, room) -- its agent cannot be read
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
