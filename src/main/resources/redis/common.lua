-- Put in front of every other script: the names of the keys, and the moves that several scripts share.
--
-- KEYS     1..12 as below, then one `waiting:<channel>` for each channel named in ARGV[1].
-- ARGV[1]  JSON array of the channels whose lines this call may touch. A script that needs a further one decides
--          nothing and answers {"outcome":"need_channels","channels":[..]}; the caller asks again with those.
-- ARGV[2]  JSON object with the arguments of the script: ids are strings, times and durations milliseconds.
-- All scripts answer with one JSON object whose `outcome` says what happened.
--
-- Time is Redis's own, so that instances with different clocks agree; only when a call came is told by the clock of
-- the instance that received it. `first_asked` travels as a string, because cjson would round a number of 16 digits.
local QUEUE, CHANNELS, CLAIMED, SESSION, ASSIGNED, COUNT, PARKED, CONFIG, HELD, RESTING, AGENT, RESOLVED =
  KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8], KEYS[9], KEYS[10], KEYS[11], KEYS[12]
local FIXED_KEYS = 12

-- Further ones share a line: their names come from outside.
local MOST_CHANNELS = 1000
local CHANNEL_OF_ALL_OTHERS = 'default'

-- In `resting`, beside the rooms: while Qiscus answers nobody, nobody is tried.
local EVERYBODY = '*'

local args = cjson.decode(ARGV[2])

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local LINE = {}
for i, channel in ipairs(cjson.decode(ARGV[1])) do
  LINE[channel] = KEYS[FIXED_KEYS + i]
end

local function answer(fields)
  return cjson.encode(fields)
end

local function need(channels)
  return answer({outcome = 'need_channels', channels = channels})
end

local function read(hash, field)
  local json = redis.call('HGET', hash, field)
  return json and cjson.decode(json)
end

local function write(hash, field, value)
  redis.call('HSET', hash, field, cjson.encode(value))
end

local function integer(text)
  return math.floor(tonumber(text) or 0)
end

-- To its place in the line: the score is the time it first asked, whatever happened since.
local function put_in_line(session)
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

-- What is known of an agent besides our count; `foreign` are the customers that he has and we did not assign.
local function agent_record(json)
  return json and cjson.decode(json)
    or {foreign = 0, theirs_since = 0, changed_at = 0, peak = 0, last_assigned = 0}
end

-- Our count of an agent changes here and nowhere else. `peak` is the highest it was since it last stood still:
-- what Qiscus still shows of us, late, cannot be more than that. `unseen`: Qiscus does not have the room that leaves
-- with him, it never had or long ago; then it is not in what Qiscus shows either.
local function change_count(agent_id, by, unseen)
  local before = integer(redis.call('HGET', COUNT, agent_id))
  local after = math.max(0, before + by)
  redis.call('HSET', COUNT, agent_id, after)
  local agent = agent_record(redis.call('HGET', AGENT, agent_id))
  local still = now - agent.changed_at >= args.settle
  local peak = math.max(before, still and 0 or agent.peak)
  agent.peak = math.max(after, unseen and peak - 1 or peak)
  agent.changed_at = now
  if by > 0 then
    agent.last_assigned = now
  end
  write(AGENT, agent_id, agent)
  return after
end

-- Until when a channel is held back, nil if it is not, and whether it is closed: none of its agents was online, so that
-- a slot that comes free elsewhere is nothing to it.
local function held(channel)
  local value = redis.call('HGET', HELD, channel)
  if value then
    local hold_end, closed = value:match('^(%d+)(.*)$')
    return tonumber(hold_end), closed == ' closed'
  end
end

-- Nobody of this channel is tried before the end of the period; then one is, to see whether a slot is free.
-- Periods are counted from the epoch: held-back channels come free together, and the oldest of all goes first.
local function hold_back(channel, closed)
  local hold_end = string.format('%d', now - now % args.period + args.period)
  redis.call('HSET', HELD, channel, closed and hold_end .. ' closed' or hold_end)
end

-- Frees the slot that a room holds; `resolved`: Qiscus had the agent in it until now. Returns what was recorded of it,
-- with the count that is left, or nil.
local function free_slot(room, resolved)
  local assignment = read(ASSIGNED, room)
  if assignment then
    redis.call('HDEL', ASSIGNED, room)
    assignment.count = change_count(assignment.agent_id, -1, not resolved)
    -- Whoever was held back for want of a slot may try now, one of each channel.
    for _, channel in ipairs(redis.call('HKEYS', HELD)) do
      local _, closed = held(channel)
      if not closed then
        redis.call('HSET', HELD, channel, 0)
      end
    end
  end
  return assignment
end

-- Who may have been the one that tries for its channel ended without asking for a slot: the next may.
local function let_next_try(channel)
  local hold_end, closed = held(channel)
  if hold_end then
    redis.call('HSET', HELD, channel, closed and '0 closed' or 0)
  end
end

-- The session of a claim that is still ours; nil when the lease ran out and another worker has it,
-- or when it was resolved meanwhile: then whoever asks has nothing to decide any more.
local function claimed_session()
  local session = read(SESSION, args.room_id)
  if session and session.claim == args.claim and redis.call('ZSCORE', CLAIMED, args.room_id) then
    return session
  end
end

-- As the webhook lets them in. Others could not be told in an answer, or not be found again.
local function is_id(value)
  return type(value) == 'string' and value:find('^[%w_-]+$') ~= nil
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
  local from = 0
  while true do
    local page = redis.call('ZRANGE', line, from, from + 31, 'WITHSCORES')
    for i = 1, #page, 2 do
      local rests_until = redis.call('ZSCORE', RESTING, page[i])
      if not rests_until or tonumber(rests_until) <= now then
        return page[i], page[i + 1]
      end
    end
    if #page < 64 then
      return
    end
    from = from + 32
  end
end

-- Takes up to `args.batch` calls from the webhook's queue into the lines.
-- Returns the channels that the caller must name first, or nil.
local function admit()
  local missing, seen = {}, {}
  local calls = redis.call('LRANGE', QUEUE, -args.batch, -1)
  local entries, unreadable = {}, {}
  local crowded = redis.call('SCARD', CHANNELS) >= MOST_CHANNELS
  for i = #calls, 1, -1 do
    local parsed, entry = pcall(cjson.decode, calls[i])
    if parsed and type(entry) == 'table' and is_id(entry.room_id) and is_id(entry.channel)
      and (tonumber(entry.received_at) or 0) > 0 then
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
  -- Not written by us. A human must look, nothing is thrown away.
  for _, text in ipairs(unreadable) do
    write(PARKED, 'unreadable:' .. redis.sha1hex(text), {at = now, reason = 'unreadable queue entry', entry = text})
  end
  for _, entry in ipairs(entries) do
    local room, received = entry.room_id, math.min(tonumber(entry.received_at), now + 999)
    local known = redis.call('HEXISTS', SESSION, room) == 1
    if not known then
      -- Within the settle time a call for a parked or assigned room is a late repetition. After it, it proves that
      -- Qiscus sees a customer without an agent there: what we remember is stale.
      local parked = read(PARKED, room)
      known = parked and received < parked.at + args.settle
      if parked and not known then
        redis.call('HDEL', PARKED, room)
      end
    end
    if not known then
      local assignment = read(ASSIGNED, room)
      local same = not entry.previous_service or assignment and entry.previous_service == assignment.previous_service
      known = assignment and same and received < assignment.since + args.settle
      if assignment and not known then
        free_slot(room)
      end
    end
    if not known then
      put_in_line({
        room_id = room, channel = entry.channel, source = entry.source, name = entry.name,
        previous_service = entry.previous_service, first_asked = string.format('%.3f', received), attempts = 0})
    end
  end
  if #calls > 0 then
    redis.call('LTRIM', QUEUE, 0, -#calls - 1)
  end
end
