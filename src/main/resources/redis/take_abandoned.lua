-- Claims a session whose lease ran out: its worker died, or an assign call stayed unanswered.
-- Without a reservation nothing can have happened at Qiscus, and it goes straight back to its place.
--
-- args     lease, look_again (the longest claims), settle, claim
-- answers  {outcome:"returned", session}; {outcome:"session", session, doubted_for} the room must be read first, and
--          it is so many milliseconds that the outcome is unknown; {outcome:"nothing"}; {outcome:"more"} ask again; need_channels
-- A claim that ends later is from before the clock was set back.
local longest = math.max(args.lease, args.look_again)
for _, room in ipairs(redis.call('ZRANGEBYSCORE', CLAIMED, now + longest + 1, '+inf')) do
  redis.call('ZADD', CLAIMED, now + longest, room)
end
local room = redis.call('ZRANGEBYSCORE', CLAIMED, '-inf', now, 'LIMIT', 0, 1)[1]
if not room then
  return answer({outcome = 'nothing'})
end
local session = session_of(room)
if not session then
  forget(room)
  return answer({outcome = 'more'})
end
if not LINE[session.channel] then
  return need({session.channel})
end
if not assignment_of(room) then
  put_in_line(session)
  record('recovered', room, {name = session.name, channel = session.channel})
  return answer({outcome = 'returned', session = session})
end
session.claim = args.claim
if not session.doubt_since then
  session.doubt_since = now
  record('doubted', room, {
    name = session.name, channel = session.channel, reason = 'its worker was not heard of again after it chose an agent'})
end
write(SESSION, room, session)
redis.call('ZADD', CLAIMED, now + args.lease, room)
return answer({outcome = 'session', session = session, doubted_for = now - session.doubt_since})
