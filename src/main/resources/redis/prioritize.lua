-- uses: admit
-- An operator puts a session first: ahead of all others in its own line, and ahead of lines that share its agents.
--
-- args     room_id, by (the operator)
-- answers  {outcome:"done", at}; {outcome:"unchanged", at} it is first already; {outcome:"gone"} it is not in line
local session = session_of(args.room_id)
if not stands(session) then
  return answer({outcome = 'gone'})
end
local line, first, first_room = '[' .. session.channel .. ':', nil, nil
for _, channel in ipairs(channels_in_line()) do
  local at = redis.call('ZRANGEBYLEX', WAITING, '[' .. channel .. ':', '(' .. channel .. ';', 'LIMIT', 0, 1)[1]
  local asked, room = at:match('^[^:]*:([^:]*):(.*)$')
  if not first or asked < first then
    first, first_room = asked, room
  end
end
if first_room == args.room_id then
  return answer({outcome = 'unchanged', at = now})
end
local before = redis.call('ZLEXCOUNT', WAITING, line, '(' .. place(session)) + 1
redis.call('ZREM', WAITING, place(session))
redis.call('ZREM', RESTING, args.room_id)
session.asked, session.first_asked = session.asked or session.first_asked, string.format('%017.3f', first - 0.001)
put_in_line(session)
record('prioritized', args.room_id, {name = session.name, channel = session.channel, by = args.by, before = {position = before},
  after = {position = 1}})
return answer({outcome = 'done', at = now})
