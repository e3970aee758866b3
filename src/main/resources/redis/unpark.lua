-- A human decided: the parked session is tried again at its place, or dropped.
--
-- args     room_id, retry (true or false), by (the operator)
-- answers  {outcome:"waiting"}; {outcome:"dropped"}; {outcome:"unknown"} nothing is parked
local parked = parked_of(args.room_id)
local session = parked and parked.session
if not parked or args.retry and not session then
  return answer({outcome = 'unknown'})
end
redis.call('HDEL', PARKED, args.room_id)
-- The room may have a new session by now: then that one counts.
local assignment = assignment_of(args.room_id)
local moves = assignment and session and session.move and session.move.from == assignment.agent_id
if args.retry and not session_of(args.room_id) and (moves or not assignment) then
  if moves then
    assignment.stays = nil
    write(ASSIGNED, args.room_id, assignment)
  end
  session.attempts, session.had_turn, session.reason = 0, nil, nil
  put_in_line(session)
end
record('unparked', args.room_id, {name = session and session.name, how = args.retry and 'retry' or 'dropped', by = args.by,
  before = {state = 'parked'}, after = {state = args.retry and (moves and 'assigned' or 'waiting') or 'dropped'}})
return answer({outcome = args.retry and 'waiting' or 'dropped'})
