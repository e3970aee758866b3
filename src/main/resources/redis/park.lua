-- A claimed session that trying again cannot help: its slot is freed and it is put aside for a human.
--
-- args     room_id, claim, settle, reason
-- answers  {outcome:"parked"}; {outcome:"lost"}
local session = claimed_session()
if not session then
  return answer({outcome = 'lost'})
end
free_slot(session.room_id, 'never')
let_next_try(session.channel)
forget(session.room_id)
session.claim = nil
session.doubt_since = nil
write(PARKED, session.room_id, {at = now, reason = args.reason, session = session})
record('parked', session.room_id, {name = session.name, channel = session.channel, reason = args.reason})
return answer({outcome = 'parked'})
