-- Chats that were handed over to a colleague in the dashboard, of which no webhook tells: one agent is shown with fewer
-- customers than we count, and another with more, and both have been for a settle time. Which of his rooms it was,
-- Qiscus does not say; we move the oldest, so that the counts are right.
--
-- args     settle, agents: [[id, name, customer count that Qiscus shows], ..]
-- answers  {outcome:"compared", moved: [{room_id, name, agent_id, agent_name, count, from_id, from_name}, ..]}
local undecided = {}
for _, room in ipairs(redis.call('ZRANGE', CLAIMED, 0, -1)) do
  local assignment = assignment_of(room)
  if assignment then
    undecided[assignment.agent_id] = true
  end
end

local givers, takers = {}, {}
for _, listed in ipairs(args.agents) do
  local id, name, theirs = listed[1], listed[2], listed[3]
  local agent = agent_record(redis.call('HGET', AGENT, id))
  if see(agent, theirs) then
    write_agent(id, agent)
  end
  local difference = theirs - integer(redis.call('HGET', COUNT, id))
  if #(agent.changes or {}) == 0 and not undecided[id] and now - agent.theirs_since >= settle then
    if difference < 0 then
      givers[id] = -difference
    elseif difference > 0 then
      takers[#takers + 1] = {id = id, name = name, more = difference}
    end
  end
end

local moved = {}
if next(givers) and #takers > 0 then
  local rooms = {}
  for _, room in ipairs(redis.call('HKEYS', ASSIGNED)) do
    local assignment = assignment_of(room)
    if assignment and givers[assignment.agent_id] and now - assignment.since >= settle and not session_of(room) then
      rooms[#rooms + 1] = {id = room, assignment = assignment}
    end
  end
  table.sort(rooms, function(one, other)
    return one.assignment.since < other.assignment.since
  end)
  for _, room in ipairs(rooms) do
    local from, to = room.assignment.agent_id, takers[#takers]
    if to and givers[from] > 0 then
      givers[from], to.more = givers[from] - 1, to.more - 1
      if to.more == 0 then
        takers[#takers] = nil
      end
      moved[#moved + 1] = {room_id = room.id, name = room.assignment.name, agent_id = to.id, agent_name = to.name,
        from_id = from, from_name = room.assignment.agent_name}
      room.assignment.agent_id, room.assignment.agent_name = to.id, to.name
      write(ASSIGNED, room.id, room.assignment)
      change_count(from, -1)
      moved[#moved].count = change_count(to.id, 1)
      record('handed_over', room.id, {
        name = room.assignment.name, agent_id = to.id, agent_name = to.name, count = moved[#moved].count,
        from_id = from, from_name = moved[#moved].from_name})
      local agent = agent_record(redis.call('HGET', AGENT, to.id))
      agent.foreign = math.max(0, agent.foreign - 1)
      write_agent(to.id, agent)
    end
  end
end
return answer({outcome = 'compared', moved = #moved > 0 and moved or nil})
