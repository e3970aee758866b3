-- Qiscus needs nothing more for a claimed session (resolved, or served by somebody else): its slot is freed.
--
-- args     room_id, claim, settle, reason
-- answers  {outcome:"dropped"}; {outcome:"lost"}
local session = claimed_session()
if not session then
  return answer({outcome = 'lost'})
end
free_slot(session.room_id, 'never')
let_next_try(session.channel)
forget(session.room_id)
record('dropped', session.room_id, {name = session.name, channel = session.channel, reason = args.reason})
return answer({outcome = 'dropped'})
