-- Nobody is in the room of a move any more, and the other agent is not there yet: from now on it is an assign call like any
-- other, and the session has no agent if that fails.
--
-- args     room_id, claim, pause_after (so many chats moved for silence pause an agent; 0: none do)
-- answers  {outcome:"vacated"}; {outcome:"lost"}
local session = claimed_session()
local assignment = session and assignment_of(args.room_id)
if not assignment or not assignment.to or not session.move then
  return answer({outcome = 'lost'})
end
take_from(session, assignment)
write(ASSIGNED, args.room_id, assignment)
return answer({outcome = 'vacated'})
