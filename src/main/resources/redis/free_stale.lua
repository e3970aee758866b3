-- Qiscus does not have our agent in this room any more, or never had: the slot is freed.
--
-- args     room_id, settle
-- answers  {outcome:"stale", agent_id, agent_name, count, name}; {outcome:"kept"} it changed within the settle time,
--          or is being decided
local assignment = assignment_of(args.room_id)
if not assignment or now - assignment.since < settle or session_of(args.room_id) then
  return answer({outcome = 'kept'})
end
local freed = free_slot(args.room_id, 'stale')
record_stale(args.room_id, freed)
return answer({outcome = 'stale', agent_id = freed.agent_id, agent_name = freed.agent_name, count = freed.count,
  name = freed.name})
