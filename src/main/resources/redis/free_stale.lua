-- Qiscus no longer has our agent in this room, it said when the room was looked at (CHECKED): the slot is freed.
--
-- args     room_id, settle
-- answers  {outcome:"freed"}; {outcome:"kept"} it changed within the settle time before, or is being assigned
local assignment, looked = assignment_of(args.room_id), tonumber(redis.call('ZSCORE', CHECKED, args.room_id)) or now
if not assignment or looked - assignment.since < args.settle or session_of(args.room_id) then
  return answer({outcome = 'kept'})
end
free_stale(args.room_id)
return answer({outcome = 'freed'})
