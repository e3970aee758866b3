-- A session could not be placed, or needs no agent any more. The slot that was reserved for it, if any, is freed.
--
-- args     room_id, claim (absent: it waits in the line, at `place`), to ("line": its place; "parked": for a human;
--          "dropped"; "kept": a move is over, the agent who has the room keeps it), reason; for "line" also refused (by
--          Qiscus), own (its fault and not everybody's: it costs a try), rest (it is not tried for so long), pause (nobody is; then nobody rests on their own any more)
-- answers  {outcome:"released"}; {outcome:"lost"} it is no longer where the caller thinks
local held = assignment_of(args.room_id)
if args.to == 'kept' and not (held and held.to) then
  return answer({outcome = 'lost'})
end
local session = args.claim and claimed_session() or not args.claim and leave_line(args.place)
if not session or not args.claim and session.claim then
  return answer({outcome = 'lost'})
end
local freed = args.claim and free_reserved(args.room_id)
local kept = session.move and assignment_of(args.room_id)
forget(args.room_id, session)
local event = {name = session.name, channel = session.channel, reason = args.reason}
if args.to == 'parked' then
  session.claim, session.doubt_since = nil, nil
  write(PARKED, args.room_id, {at = now, reason = args.reason, session = session})
end
if kept then
  event.agent_id, event.agent_name = kept.agent_id, kept.agent_name
  if args.to == 'parked' then
    kept.stays = true -- not tried again, unless a human says so
    write(ASSIGNED, args.room_id, kept)
  end
end
if args.to ~= 'line' then
  record(args.to, args.room_id, event)
  return answer({outcome = 'released'})
end
if freed and args.refused then
  session.refused_at = session.refused_at or {}
  session.refused_at[freed.agent_id] = now
end
event.news = session.reason ~= args.reason or nil
session.reason = args.reason
session.attempts = session.attempts + (args.own and 1 or 0)
session.had_turn = args.pause == 0 and (args.own or session.had_turn) or nil
event.attempts, event.refused = session.attempts, args.refused or nil
put_in_line(session)
record('set_back', args.room_id, event)
if args.pause > 0 then
  local paused_until = tonumber(redis.call('ZSCORE', RESTING, EVERYBODY) or 0)
  redis.call('DEL', RESTING)
  redis.call('ZADD', RESTING, math.max(paused_until, now + args.pause), EVERYBODY)
elseif args.rest > 0 then
  redis.call('ZADD', RESTING, now + args.rest, args.room_id)
end
return answer({outcome = 'released'})
