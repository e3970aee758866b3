-- The previous agent has left the room of a move, and the next agent is not in it yet. From here on it is an assign call
-- like any other: if it fails, the session has no agent.
--
-- args     room_id, claim, pause_after (this many chats in a row moved for silence pause an agent; 0: never)
-- answers  {outcome:"vacated"}; {outcome:"lost"}
local session = claimed_session()
local assignment = session and assignment_of(args.room_id)
if not assignment or not assignment.to or not session.move then
  return answer({outcome = 'lost'})
end
take_from(session, assignment)
write(ASSIGNED, args.room_id, assignment)
return answer({outcome = 'vacated'})
