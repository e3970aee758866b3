-- Nobody knows whether an assign call took effect: the slot stays reserved, the claim ends after `look_again`.
--
-- args     room_id, claim, reason, look_again
-- answers  {outcome:"unclear"}; {outcome:"lost"}
local session = claimed_session()
if not session then
  return answer({outcome = 'lost'})
end
session.reason = args.reason
if not session.doubt_since then
  session.doubt_since = now
  record('doubted', session.room_id, {name = session.name, channel = session.channel, reason = args.reason})
end
write(SESSION, session.room_id, session)
redis.call('ZADD', CLAIMED, now + args.look_again, session.room_id)
return answer({outcome = 'unclear'})
