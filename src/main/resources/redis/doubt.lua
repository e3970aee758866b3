-- Nobody knows yet whether an assign call took effect: the slot stays reserved, the claim ends after `look_again`.
--
-- args     room_id, claim, reason, look_again
-- answers  {outcome:"doubted", reason, news} news: it is doubted since now; {outcome:"lost"}
local session = claimed_session()
if not session then
  return answer({outcome = 'lost'})
end
local news = not session.doubt_since
session.doubt_since = session.doubt_since or now
session.reason = args.reason
write(SESSION, session.room_id, session)
redis.call('ZADD', CLAIMED, now + args.look_again, session.room_id)
if news then
  record('doubted', session.room_id, {name = session.name, channel = session.channel, reason = args.reason})
end
return answer({outcome = 'doubted', reason = args.reason, news = news})
