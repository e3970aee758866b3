-- A session could not be placed, or no longer needs an agent. The slot reserved for it, if any, is freed.
--
-- args     room_id, claim (absent: it waits in the line, at `place`), to ("line": its place; "parked": for a human;
--          "dropped"; "kept": a move is over and the agent keeps the room), reason; for "line" also refused (by Qiscus),
--          own (the failure is this session's own and counts as an attempt), rest (how long it is not tried),
--          pause (how long no session is tried; ends the rests of all sessions),
--          overtaken (Qiscus answered for others meanwhile: once, it is tried before younger sessions without a rest)
-- answers  {outcome:"released"}; {outcome:"lost"} it is no longer where the caller expects it
local held = assignment_of(args.room_id)
if args.to == 'kept' and not (held and held.to) then
  return answer({outcome = 'lost'})
end
local session = args.claim and claimed_session() or not args.claim and leave_line(args.place)
if not session or not args.claim and session.claim then
  return answer({outcome = 'lost'})
end
-- An agent that an operator chose is not replaced by another one.
local to = args.to == 'line' and session.by and held and held.to and 'kept' or args.to
local is_taken_back = session.by and held and held.reserved and not session.move
local freed = args.claim and free_reserved(args.room_id)
local kept = session.move and assignment_of(args.room_id)
forget(args.room_id, session)
local event = {name = session.name, channel = session.channel, reason = args.reason, by = session.by or session.move and session.move.by}
if to == 'parked' then
  session.claim, session.doubt_since = nil, nil
  write(PARKED, args.room_id, {at = now, reason = args.reason, session = session})
end
if kept then
  event.agent_id, event.agent_name = kept.agent_id, kept.agent_name
  if to == 'parked' then
    kept.stays = true -- not tried again, unless a human says so
    write(ASSIGNED, args.room_id, kept)
  end
end
if to ~= 'line' then
  record(to, args.room_id, event)
  return answer({outcome = 'released'})
end
if freed and args.refused then
  session.refused_at = session.refused_at or {}
  session.refused_at[freed.agent_id] = now
end
event.news = session.reason ~= args.reason or nil
session.reason = args.reason
session.attempts = session.attempts + (args.own and 1 or 0)
local has_turn = args.overtaken and not session.had_turn
session.had_turn = args.pause == 0 and (args.own or has_turn or session.had_turn) or nil
event.attempts, event.refused = session.attempts, args.refused or nil
put_in_line(session)
if is_taken_back then
  event.agent_id, event.agent_name, event.reason, event.attempts, event.news = held.agent_id, held.agent_name, nil, nil, nil
  event.before, event.after = {state = 'assigned', agent_id = held.agent_id}, {state = 'waiting'}
end
record(is_taken_back and 'released' or 'set_back', args.room_id, event)
if args.pause > 0 then
  local paused_until = tonumber(redis.call('ZSCORE', RESTING, EVERYBODY) or 0)
  redis.call('DEL', RESTING)
  redis.call('ZADD', RESTING, math.max(paused_until, now + args.pause), EVERYBODY)
elseif args.rest > 0 and not has_turn then
  redis.call('ZADD', RESTING, now + args.rest, args.room_id)
end
return answer({outcome = 'released'})
