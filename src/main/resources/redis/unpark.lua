-- A human looked: the parked session is tried again at its place, or forgotten.
--
-- args     room_id, retry (true or false)
-- answers  {outcome:"waiting", name}; {outcome:"dropped", name}; {outcome:"unknown"} nothing parked; need_channels
local parked = parked_of(args.room_id)
if not parked then
  return answer({outcome = 'unknown'})
end
local session = parked.session
if args.retry and not session then
  return answer({outcome = 'unknown'})
end
if args.retry and not LINE[session.channel] then
  return need({session.channel})
end
redis.call('HDEL', PARKED, args.room_id)
-- It may be back by itself: then that one counts.
if args.retry and not session_of(args.room_id) then
  session.attempts, session.had_turn, session.reason = 0, nil, nil
  put_in_line(session)
end
record('unparked', args.room_id, {name = session and session.name, how = args.retry and 'retry' or 'dropped'})
return answer({outcome = args.retry and 'waiting' or 'dropped', name = session and session.name})
