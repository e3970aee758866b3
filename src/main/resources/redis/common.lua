-- Put in front of every other script: the names of the keys, and the moves that several scripts share.
--
-- KEYS     1..18 as below, then one `waiting:<channel>` for each channel named in ARGV[1].
-- ARGV[1]  JSON array of the channels whose lines this call may touch. A script that needs a further one decides
--          nothing and answers {"outcome":"need_channels","channels":[..]}; the caller asks again with those.
-- ARGV[2]  JSON object with the arguments of the script: ids are strings, times and durations milliseconds. With all
--          that change something comes `history`: for how long it is kept; with all comes `asked`: which call this is.
-- All scripts answer with one JSON object whose `outcome` says what happened; `asked`: to which call this is the answer;
-- `stale`: of how many rooms it turned out that Qiscus has our agent in them no more, absent if of none.
--
-- Time is Redis's own, so that instances with different clocks agree; only when a call came is told by the clock of
-- the instance that received it. `first_asked` travels as a string, because cjson would round a number of 16 digits.
local QUEUE, CHANNELS, CLAIMED, SESSION, ASSIGNED, COUNT, PARKED, CONFIG, HELD, RESTING, AGENT, RESOLVED, HISTORY,
  CHECKED, RECONCILED, TOKEN, OWNER, CHECK =
  KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8], KEYS[9], KEYS[10], KEYS[11], KEYS[12], KEYS[13],
  KEYS[14], KEYS[15], KEYS[16], KEYS[17], KEYS[18]
local FIXED_KEYS = 18

-- Further ones share a line: their names come from outside.
local MOST_CHANNELS = 1000
local CHANNEL_OF_ALL_OTHERS = 'default'

-- In `resting`, beside the rooms: while Qiscus answers nobody, nobody is tried. Until LOOK ends nobody looks who of all
-- agents is online, until PRESENCE ends that is known.
local EVERYBODY, LOOK, PRESENCE = '*', '@look', '@presence'
local PRESENCE_KNOWN = 60000

local args = cjson.decode(ARGV[2])

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local LINE = {}
for i, channel in ipairs(cjson.decode(ARGV[1])) do
  LINE[channel] = KEYS[FIXED_KEYS + i]
end

local stale_rooms = 0

local function answer(fields)
  fields.asked = args.asked
  fields.stale = stale_rooms > 0 and stale_rooms or nil
  return cjson.encode(fields)
end

local function need(channels)
  return answer({outcome = 'need_channels', channels = channels})
end

-- Somebody may have written into Redis by hand. What is no JSON object, or no number, or no text, counts as none.
local function object(json)
  local readable, value = pcall(cjson.decode, json)
  return readable and type(value) == 'table' and value or nil
end

local function number(value)
  return type(value) == 'number' and math.abs(value) < 1e15 and value or nil
end

-- A time to come was written before the clock was set back: it counts as long ago.
local function past(value)
  value = number(value) or 0
  return value <= now + 1000 and value or 0
end

local function text(value)
  return type(value) == 'string' and value or nil
end

local function read(hash, field)
  local json = redis.call('HGET', hash, field)
  return json and object(json)
end

local function write(hash, field, value)
  redis.call('HSET', hash, field, cjson.encode(value))
end

local function integer(digits)
  return math.floor(number(tonumber(digits or nil)) or 0)
end

-- As the webhook lets them in. Others could not be told in an answer, or not be found again.
local function is_id(value)
  return type(value) == 'string' and #value <= 64 and value:find('^[%w_-]+$') ~= nil
end

-- The room of an entry of the queue, as text. cjson would round a number of 17 digits, so its digits are read.
local function room_of(json)
  local entry = object(json)
  local room = entry and entry.room_id
  if type(room) == 'number' then
    for digits in json:gmatch('"room_id"%s*:%s*(%d+)%s*[,}]') do
      if tonumber(digits) == room then
        return is_id(digits) and digits or nil, entry
      end
    end
    return
  end
  return is_id(room) and room or nil, entry
end

local function usable(session, room)
  if type(session) == 'table' and session.room_id == room and is_id(session.channel)
    and text(session.first_asked) and session.first_asked:find('^%d+%.?%d*$') then
    for _, field in ipairs({'source', 'name', 'previous_service', 'reason', 'claim'}) do
      session[field] = text(session[field])
    end
    session.attempts = number(session.attempts) or 0
    session.doubt_since = number(session.doubt_since) and math.min(session.doubt_since, now)
    if tonumber(session.first_asked) > now + 1000 then
      session.first_asked = string.format('%.3f', now - 1000) -- the clock was set back
    end
    for _, field in ipairs({'gave_way_for', 'refused_at'}) do
      session[field] = type(session[field]) == 'table' and session[field] or nil
    end
    return session
  end
end

-- The session of a room that waits or is claimed; nil if there is none, or none that could be used.
local function session_of(room)
  return usable(read(SESSION, room), room)
end

-- Since when a room is parked, and its session, if that can be read; nil if it is not parked.
local function parked_of(room)
  local json = redis.call('HGET', PARKED, room)
  if json then
    local parked = object(json) or {}
    parked.at, parked.session = past(parked.at), usable(parked.session, room)
    return parked
  end
end

-- Who has a room, reserved or confirmed; nil if nobody of ours does, or nobody knows who.
local function assignment_of(room)
  local assignment = read(ASSIGNED, room)
  if assignment and text(assignment.agent_id) then
    for _, field in ipairs({'agent_name', 'name', 'channel', 'previous_service'}) do
      assignment[field] = text(assignment[field])
    end
    assignment.since = past(assignment.since)
    return assignment
  end
end

-- What happened, for people who ask why: an entry of the stream `history` with the fields `event`, `room` (absent if it
-- is about none) and `data`, a JSON object. Its id begins with the time. A history that cannot be written must not keep a
-- session from moving.
local LONGEST_HISTORY = 100000
local function record(event, room, data)
  -- One entry makes room by age or by length: they take turns.
  local by, bound = 'MAXLEN', LONGEST_HISTORY
  if now % 2 == 0 then
    by, bound = 'MINID', string.format('%d', now - args.history)
  end
  if room then
    redis.pcall('XADD', HISTORY, by, '~', bound, '*', 'event', event, 'room', room, 'data', cjson.encode(data))
  else
    redis.pcall('XADD', HISTORY, by, '~', bound, '*', 'event', event, 'data', cjson.encode(data))
  end
end

-- To its place in the line: the score is the time it first asked, whatever happened since. `gave_way_for`: the agents
-- whose slots it left to older ones, if that is why it goes back.
local function put_in_line(session, gave_way_for)
  session.gave_way_for = gave_way_for
  session.claim = nil
  session.closed = nil
  session.doubt_since = nil
  redis.call('ZADD', LINE[session.channel], session.first_asked, session.room_id)
  redis.call('SADD', CHANNELS, session.channel)
  redis.call('ZREM', CLAIMED, session.room_id)
  write(SESSION, session.room_id, session)
end

local function take_out_of_line(session)
  redis.call('ZREM', LINE[session.channel], session.room_id)
  if redis.call('EXISTS', LINE[session.channel]) == 0 then
    redis.call('SREM', CHANNELS, session.channel)
  end
end

local function forget(room)
  redis.call('ZREM', CLAIMED, room)
  redis.call('ZREM', RESTING, room)
  redis.call('HDEL', SESSION, room)
end

-- So long, and a little more, Qiscus may show what was before a change; changes within that little are kept as one.
local settle = args.settle or 0
local together = settle / 20

-- What is known of an agent besides our count:
--   name, online, seen   as the last list showed him, and when that was
--   channels             the ids of his channels, if the list of all agents tells them
--   foreign              customers that he has and we did not assign
--   known_at             when it was last certain that these are not more
--   theirs, theirs_since the count that Qiscus shows, and since when
--   changes              [[time, lowest, highest], ..] our counts around each change of the last settle time
--   last_assigned        when he last got a customer from us
--   free                 he has a slot, and since that is known nobody was turned away who could have had it; while he
--                        is online
--   freed_at             since when the slot is free that is free for longest of those that nobody took since; while he is online
local function agent_record(json)
  local agent = json and object(json) or {}
  agent.foreign, agent.known_at = number(agent.foreign) or 0, number(agent.known_at) or 0
  agent.theirs, agent.theirs_since = number(agent.theirs), past(agent.theirs_since)
  agent.last_assigned, agent.seen = past(agent.last_assigned), number(agent.seen) and past(agent.seen)
  local freed_at = number(agent.freed_at)
  agent.freed_at = freed_at and freed_at <= now and freed_at or nil
  local changes = {}
  for _, change in ipairs(type(agent.changes) == 'table' and agent.changes or {}) do
    if type(change) == 'table' and number(change[1]) and number(change[2]) and number(change[3])
      and math.abs(now - change[1]) < settle + together then
      changes[#changes + 1] = change
    end
  end
  agent.changes = changes
  return agent
end

local function write_agent(agent_id, agent)
  if #agent.changes == 0 then
    agent.changes = nil
  end
  write(AGENT, agent_id, agent)
end

-- Qiscus shows him with so many customers now; returns whether that is another count than before.
local function see(agent, theirs)
  if agent.theirs ~= theirs then
    agent.theirs_since = agent.theirs and now or 0
    agent.theirs = theirs
    return true
  end
  return false
end

local function note_change(agent, lowest, highest)
  local last = agent.changes[#agent.changes]
  if last and now - last[1] < together then
    last[2], last[3] = math.min(last[2], lowest), math.max(last[3], highest)
  else
    agent.changes[#agent.changes + 1] = {now, lowest, highest}
  end
end

-- Until when a channel is held back, nil if it is not; and if it is closed, since when: none of its agents was online, so
-- that a slot that comes free elsewhere is nothing to it.
local function held(channel)
  local hold_end, closed = (redis.call('HGET', HELD, channel) or ''):match('^(%d+)(.*)$')
  local since = closed and closed:match('^ closed ?(%d*)$')
  return tonumber(hold_end or nil), since and math.min(tonumber(since) or now, now)
end

local function hold(channel, hold_end, closed_since)
  redis.call('HSET', HELD, channel, string.format(closed_since and '%d closed %d' or '%d', hold_end, closed_since))
end

-- From when on a channel may be tried; nil if it is not held back. A closed one is tried the more rarely the longer it
-- is, at most so much: with the list of all agents at hand, which tells when an agent comes, and without.
local LONGEST_PAUSE, LONGEST_UNSEEN = 300000, 60000
local function free_from(channel)
  local hold_end, closed_since = held(channel)
  if hold_end and hold_end > now + args.period then
    return 0 -- the clock was set back
  end
  if closed_since then
    local closed_for = hold_end - args.period - closed_since
    local pause = redis.call('ZSCORE', RESTING, PRESENCE) and math.min(closed_for, LONGEST_PAUSE)
      or math.min(closed_for / 4, LONGEST_UNSEEN)
    return hold_end + math.max(0, math.floor(pause / args.period) - 1) * args.period
  end
  return hold_end
end

-- An agent is online who was not: closed lines are tried again as often as at first. A line that is not among the agent's
-- channels, as far as ids can tell, is tried once.
local function agent_came(channels)
  for _, channel in ipairs(redis.call('HKEYS', HELD)) do
    local hold_end, closed_since = held(channel)
    if closed_since then
      if not channels or not channel:find('^%d+$') or (' ' .. channels .. ' '):find(' ' .. channel .. ' ', 1, true) then
        hold(channel, hold_end, now)
      elseif hold_end <= now then
        hold(channel, hold_end, math.max(closed_since, 2 * hold_end - now))
      end
    end
  end
end

-- A slot came free: whoever was held back for want of one may try now, one of each channel.
local function let_all_try()
  for _, channel in ipairs(redis.call('HKEYS', HELD)) do
    local _, closed = held(channel)
    if not closed then
      redis.call('HSET', HELD, channel, 0)
    end
  end
end

-- Our count of an agent changes here and nowhere else; with `by` 0 Qiscus begins to show one of his customers only now.
-- `facts`, all optional:
--   never_since  the customer who leaves him was never shown by Qiscus, since then not even late
--   stale        nobody knows since when Qiscus has this customer no more, so that what was known of the agent may be
--                wrong, and of ours it may have had one less than we counted all the while
--   filled       he has no free slot now
-- Returns the count, and when the slot had come free that is taken, if that is known.
local function change_count(agent_id, by, facts)
  facts = facts or {}
  local before = integer(redis.call('HGET', COUNT, agent_id))
  local after = math.max(0, before + by)
  redis.call('HSET', COUNT, agent_id, after)
  local agent = agent_record(redis.call('HGET', AGENT, agent_id))
  if facts.stale then
    agent.known_at = 0
    for _, change in ipairs(agent.changes) do
      change[2] = math.max(0, change[2] - 1)
    end
  end
  if facts.never_since then
    for _, change in ipairs(agent.changes) do
      if change[1] >= facts.never_since then
        change[2], change[3] = math.max(0, change[2] - 1), math.max(0, change[3] - 1)
      end
    end
  else
    note_change(agent, math.min(before, by == 0 and after - 1 or after), math.max(before, after))
  end
  local freed_at = agent.freed_at
  if by > 0 then
    agent.last_assigned = now
    agent.freed_at = nil
    if facts.filled then
      agent.free = nil
    end
  elseif by < 0 then
    if agent.online ~= false then
      agent.freed_at = freed_at or now
      agent.free = true
    end
    let_all_try()
  end
  write_agent(agent_id, agent)
  return after, freed_at
end

local function fields_of(hash)
  local fields, flat = {}, redis.call('HGETALL', hash)
  for i = 1, #flat, 2 do
    fields[flat[i]] = flat[i + 1]
  end
  return fields
end

-- How many customers those may have who have no capacity of their own: args.capacity, unless `config` says otherwise.
local function capacity_of_all(config)
  local set = tonumber(config['max_customer_per_agent'])
  -- It may have been set by hand.
  return set and set >= 1 and set <= 1000 and set or args.capacity
end

-- How many customers an agent may have; 0: he gets nobody.
local function capacity_of(agent_id, config, otherwise)
  local set = tonumber(config['max_customer_per_agent:' .. agent_id])
  return set and set >= 0 and set <= 1000 and set or otherwise
end

-- Nobody of this channel is tried before the end of the period; then one is, to see whether a slot is free.
-- Periods are counted from the epoch: held-back channels come free together, and the oldest of all goes first.
local function hold_back(channel, closed)
  local _, closed_since = held(channel)
  hold(channel, now - now % args.period + args.period, closed and (closed_since or now))
end

-- Frees the slot that a room holds. Returns what was recorded of it, with the count that is left, or nil. `why`:
-- 'resolved' Qiscus had the agent in the room until now, 'never' it never had, 'stale' it has not, since when is unknown.
local function free_slot(room, why)
  local assignment = assignment_of(room)
  redis.call('HDEL', ASSIGNED, room)
  if assignment then
    assignment.count = change_count(assignment.agent_id, -1,
      {never_since = why == 'never' and assignment.since or nil, stale = why == 'stale'})
  end
  return assignment
end

-- Qiscus has him in that room no more, or never had.
local function record_stale(room, freed)
  stale_rooms = stale_rooms + 1
  record('stale', room,
    {name = freed.name, agent_id = freed.agent_id, agent_name = freed.agent_name, count = freed.count})
end

-- Who may have been the one that tries for its channel ended without asking for a slot: the next may.
local function let_next_try(channel)
  local hold_end, closed_since = held(channel)
  if hold_end then
    hold(channel, 0, closed_since)
  end
end

-- The session of a claim that is still ours; nil when the lease ran out and another worker has it,
-- or when it was resolved meanwhile: then whoever asks has nothing to decide any more.
local function claimed_session()
  local session = session_of(args.room_id)
  if session and session.claim == args.claim and redis.call('ZSCORE', CLAIMED, args.room_id) then
    return session
  end
end

-- The channels that the caller must name first, if it looks at all lines; or nil.
local function unnamed_channels()
  local missing = {}
  for _, channel in ipairs(redis.call('SMEMBERS', CHANNELS)) do
    if not LINE[channel] then
      missing[#missing + 1] = channel
    end
  end
  return #missing > 0 and missing or nil
end

-- The first of a line that does not rest after a failure: one that fails never blocks the next.
local function first_of(line)
  -- Mostly it is the very first.
  local from, many = 0, 1
  while true do
    local page = redis.call('ZRANGE', line, from, from + many - 1, 'WITHSCORES')
    for i = 1, #page, 2 do
      local rests_until = redis.call('ZSCORE', RESTING, page[i])
      if not rests_until or tonumber(rests_until) <= now then
        return page[i], page[i + 1]
      end
    end
    if #page < 2 * many then
      return
    end
    from, many = from + many, 32
  end
end

-- The time of the first call that has one behind the oldest `many` of the queue, less a microsecond for each between.
local function time_after(many)
  local between = 0
  for last = -many - 1, -redis.call('LLEN', QUEUE), -args.batch do
    local page = redis.call('LRANGE', QUEUE, last - args.batch + 1, last)
    for i = #page, 1, -1 do
      local asked = tonumber(page[i]:match('"received_at":(%d+%.?%d*)') or nil)
      if asked then
        return asked - between / 1000
      end
      between = between + 1
    end
  end
  return math.huge
end

-- Takes up to `args.batch` calls from the webhook's queue into the lines.
-- Returns the channels that the caller must name first, or nil.
local function admit()
  local missing, seen = {}, {}
  local calls = redis.call('LRANGE', QUEUE, -args.batch, -1)
  local entries, unreadable, timeless = {}, {}, false
  local crowded = redis.call('SCARD', CHANNELS) >= MOST_CHANNELS
  for i = #calls, 1, -1 do
    local room, entry = room_of(calls[i])
    if room then
      local asked = tonumber(entry.received_at) or 0
      -- Others wrote it, or the program that was here before: of it the room counts, and the place in the list.
      local ours = is_id(entry.channel) and asked > 0 and asked < 1e15
      entry = ours and entry or {channel = CHANNEL_OF_ALL_OTHERS}
      entry.room_id, entry.received_at = room, ours and asked or nil
      timeless = timeless or not ours
      if crowded and redis.call('SISMEMBER', CHANNELS, entry.channel) == 0 then
        entry.channel = CHANNEL_OF_ALL_OTHERS
      end
      entries[#entries + 1] = entry
      if not LINE[entry.channel] and not seen[entry.channel] then
        seen[entry.channel] = true
        missing[#missing + 1] = entry.channel
      end
    else
      unreadable[#unreadable + 1] = calls[i]
    end
  end
  if #missing > 0 then
    return missing
  end
  -- Who came without a time comes now, but before those who stand behind him in the list.
  local younger = time[1] * 1000 + time[2] / 1000 + #entries / 1000
  if timeless then
    younger = math.min(younger, time_after(#calls))
  end
  for i = #entries, 1, -1 do
    local asked = entries[i].received_at
    entries[i].received_at = asked or younger - 0.001
    younger = math.min(younger, entries[i].received_at)
  end
  -- Not written by us. It is told, without what stands in it: that may be a secret.
  for _, text in ipairs(unreadable) do
    local reason, name = 'unreadable queue entry', 'unreadable:' .. redis.sha1hex(text)
    write(PARKED, name, {at = now, reason = reason})
    record('parked', name, {reason = reason})
  end
  local latest = now + 999
  for _, entry in ipairs(entries) do
    local room, received = entry.room_id, entry.received_at
    if received > latest then
      -- Calls from an instance whose clock is ahead keep their order among themselves.
      received = latest
      latest = latest + 0.001
    end
    local known = session_of(room)
    if not known then
      -- Within the settle time a call for a parked or assigned room is a late repetition. After it, it proves that
      -- Qiscus sees a customer without an agent there: what we remember is stale.
      local parked = parked_of(room)
      known = parked and received < parked.at + settle
      if parked and not known then
        redis.call('HDEL', PARKED, room)
        record('unparked', room, {name = parked.session and parked.session.name, how = 'came back'})
      end
    end
    if not known then
      local assignment = assignment_of(room)
      local same = not entry.previous_service or assignment and entry.previous_service == assignment.previous_service
      known = assignment and same and received < assignment.since + settle
      if assignment and not known then
        record_stale(room, free_slot(room, 'stale'))
      end
    end
    if not known then
      put_in_line({
        room_id = room, channel = entry.channel, source = text(entry.source), name = text(entry.name),
        previous_service = text(entry.previous_service), first_asked = string.format('%.3f', received), attempts = 0})
      -- His room may have other agents than those before him.
      local hold_end, closed_since = held(entry.channel)
      if closed_since then
        hold(entry.channel, hold_end, now)
      end
      record('came', room, {name = text(entry.name), channel = entry.channel, source = text(entry.source),
        first_asked = math.floor(received)})
    end
  end
  if #calls > 0 then
    redis.call('LTRIM', QUEUE, 0, -#calls - 1)
  end
end
