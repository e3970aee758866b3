-- Qiscus no longer has our agent in this room: the slot is freed.
--
-- args     room_id, settle
-- answers  {outcome:"freed"}; {outcome:"kept"} it changed within the settle time, or is being assigned
local assignment = assignment_of(args.room_id)
if not assignment or now - assignment.since < args.settle or session_of(args.room_id) then
  return answer({outcome = 'kept'})
end
free_stale(args.room_id)
return answer({outcome = 'freed'})
