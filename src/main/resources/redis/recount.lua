-- Makes `agent_customer_count` the number of rooms in `assigned` again, whatever was done to it by hand; and lets go of
-- the history that is too old.
--
-- args     settle
-- answers  {outcome:"counted", corrections} how many agents' counts were wrong
local truth = {}
for _, room in ipairs(redis.call('HKEYS', ASSIGNED)) do
  local assignment = assignment_of(room)
  if assignment then
    truth[assignment.agent_id] = (truth[assignment.agent_id] or 0) + 1
  else
    redis.call('HDEL', ASSIGNED, room) -- nobody can read who has it
  end
end
local wrong = {}
for id, counted in pairs(fields_of(COUNT)) do
  if counted ~= tostring(truth[id] or 0) then
    wrong[id] = (truth[id] or 0) - integer(counted)
  end
  truth[id] = nil
end
for id, rooms in pairs(truth) do
  wrong[id] = rooms
end
local corrections = 0
for id, by in pairs(wrong) do
  if by == 0 then
    redis.call('HSET', COUNT, id, integer(redis.call('HGET', COUNT, id)))
  else
    change_count(id, by, {stale = true})
  end
  corrections = corrections + 1
end
if corrections > 0 then
  record('corrected', nil, {agents = corrections})
end
-- Events only make room for themselves, more or less.
redis.pcall('XTRIM', HISTORY, 'MINID', '=', string.format('%d', now - args.history))
return answer({outcome = 'counted', corrections = corrections})
