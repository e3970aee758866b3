-- An operator takes a chat back from its agent. Until the agent has left the room, the session is claimed and the room
-- counts for the agent, as after an assign call with an unclear effect.
--
-- args     room_id, agent_id (who has the room), by (the operator), claim, lease
-- answers  {outcome:"claimed", session}; {outcome:"kept"} that agent no longer has the room, or it is being moved
local room, session, assignment = args.room_id, session_of(args.room_id), assignment_of(args.room_id)
if not assignment or assignment.agent_id ~= args.agent_id or assignment.to or session and session.claim then
  return answer({outcome = 'kept'})
end
forget(room, session)
redis.call('HDEL', PARKED, room)
session, assignment.stays = session_again(room, assignment), nil
session.claim, session.by = args.claim, args.by
write(ASSIGNED, room, assignment)
write(SESSION, room, session)
redis.call('ZADD', CLAIMED, now + args.lease, room)
return answer({outcome = 'claimed', session = session})
