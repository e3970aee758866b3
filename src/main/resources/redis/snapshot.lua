-- uses: admit
-- Admits the queued webhook calls, then answers what a round or an operator's choice is based on.
--
-- args     decider; or room, if an operator chose an agent: then `heads` has only the session of that room. batch, settle,
--          most (sessions to name at most, at least one per line), window, last (the last change that the caller knows, if any),
--          answers (Qiscus has listed agents since the last snapshot), counts (whether to answer all counts and agents)
-- answers  {outcome:"snapshot", more, now, heads:[[place, session], ..], cut, counts, claimed:[[room, assignment], ..],
--          changes:[[id, fields], ..], agents, config, paused_until}
--          more: the queue holds more calls. cut: a line may have more sessions. counts, agents and config alternate
--          fields and values; sessions, assignments and agents are JSON texts, or false. changes: those after `last`, or
--          those of `window`. Or {outcome:"not_decider"}: another instance decides.
if not args.room and redis.call('GET', DECIDER) ~= args.decider then
  return answer({outcome = 'not_decider'})
end
local more = admit()

local is_resting = redis.call('EXISTS', RESTING) == 1
if is_resting then
  -- No rest lasts longer than ten minutes: this one began before the clock was set back.
  redis.call('ZREMRANGEBYSCORE', RESTING, now + 600000, '+inf')
  redis.call('ZREMRANGEBYSCORE', RESTING, '-inf', now)
  -- Sessions that rest because Qiscus did not answer for them are tried before younger ones, once.
  for _, room in ipairs(args.answers and redis.call('ZRANGE', RESTING, 0, -1) or {}) do
    local session = room ~= EVERYBODY and session_of(room)
    if session and not session.had_turn then
      session.had_turn = true
      write(SESSION, room, session)
      redis.call('ZREM', RESTING, room)
    end
  end
end
local function rests_until(room)
  return is_resting and tonumber(redis.call('ZSCORE', RESTING, room) or 0) or 0
end

-- The first sessions of each line that do not rest: one that fails never blocks the next. Neither does one that moves,
-- because agents who already had it may be free for the next.
local channels, heads, cut = args.room and {} or channels_in_line(), {}, false
local most = math.max(1, math.ceil(args.most / #channels))
for _, channel in ipairs(channels) do
  local from, found = 0, 0
  repeat
    local page = redis.call('ZRANGEBYLEX', WAITING, '[' .. channel .. ':', '(' .. channel .. ';', 'LIMIT', from, most)
    for _, at in ipairs(page) do
      local room = at:match('[^:]*$')
      if found < most and rests_until(room) <= now then
        local session = redis.call('HGET', SESSION, room)
        heads[#heads + 1] = {at, session}
        found = found + (session and session:find('"move":{', 1, true) and 0 or 1)
      end
    end
    from = from + #page
  until found == most or #page < most
  cut = cut or found == most
end

local chosen = args.room and session_of(args.room)
if stands(chosen) then
  heads[1] = {place(chosen), redis.call('HGET', SESSION, args.room)}
end

local claimed = {}
for i, room in ipairs(redis.call('ZRANGE', CLAIMED, 0, -1)) do
  claimed[i] = {room, redis.call('HGET', ASSIGNED, room)}
end
local since = args.last and '(' .. args.last or string.format('%d', now - args.window)
return answer({
  outcome = 'snapshot', more = more, now = now, heads = heads, cut = cut, claimed = claimed,
  counts = args.counts and redis.call('HGETALL', COUNT) or nil, config = redis.call('HGETALL', CONFIG),
  changes = redis.call('XRANGE', CHANGES, since, '+'),
  agents = args.counts and redis.call('HGETALL', AGENT) or nil, paused_until = rests_until(EVERYBODY)})
