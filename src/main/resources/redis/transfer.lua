-- A chat of ours was given to a colleague in the dashboard: it counts for the colleague now.
--
-- args     room_id, from (the agent who had it when the caller looked), agent_id, agent_name, settle
-- answers  {outcome:"transferred"}; {outcome:"kept"} it changed within the settle time, or is being assigned
local assignment = assignment_of(args.room_id)
if not assignment or assignment.agent_id ~= args.from or now - assignment.since < args.settle or session_of(args.room_id) then
  return answer({outcome = 'kept'})
end
local event = {name = assignment.name, agent_id = args.agent_id, agent_name = args.agent_name,
  from_id = args.from, from_name = assignment.agent_name}
assignment.agent_id, assignment.agent_name = args.agent_id, args.agent_name
write(ASSIGNED, args.room_id, assignment)
change_count(args.from, -1, 'STALE')
event.count = change_count(args.agent_id, 1, 'TRANSFERRED_IN')
record('handed_over', args.room_id, event)
return answer({outcome = 'transferred'})
