-- A claimed session could not be placed: its slot, if it has one, is freed and it goes back to its place.
--
-- args     room_id, claim, settle, reason, refused (by Qiscus), own (its fault and not everybody's: it costs a try),
--          rest (it is not tried again for so long), pause (nobody is; then nobody rests on their own any more)
-- answers  {outcome:"waiting", reason, news} news: the reason is a new one; {outcome:"lost"}; need_channels
local session = claimed_session()
if not session then
  return answer({outcome = 'lost'})
end
if not LINE[session.channel] then
  return need({session.channel})
end
local freed = free_slot(session.room_id, 'never')
if freed and args.refused then
  session.refused_at = session.refused_at or {}
  session.refused_at[freed.agent_id] = now
end
let_next_try(session.channel)
local news = session.reason ~= args.reason
session.reason = args.reason
session.attempts = session.attempts + (args.own and 1 or 0)
session.had_turn = args.pause == 0 and (args.own or session.had_turn) or nil
put_in_line(session)
record('set_back', session.room_id, {
  name = session.name, channel = session.channel, reason = args.reason, attempts = session.attempts,
  refused = args.refused or nil})
if args.pause > 0 then
  local paused_until = tonumber(redis.call('ZSCORE', RESTING, EVERYBODY) or 0)
  redis.call('DEL', RESTING)
  redis.call('ZADD', RESTING, math.max(paused_until, now + args.pause), EVERYBODY)
elseif args.rest > 0 then
  redis.call('ZADD', RESTING, now + args.rest, session.room_id)
end
return answer({outcome = 'waiting', reason = args.reason, news = news})
