-- This file precedes every other script: it has the keys, and the functions that several scripts share.
--
-- KEYS     always all of the keys below
-- ARGV[1]  JSON object with the arguments of the script: ids are strings, times and durations milliseconds. Every script also
--          gets `asked`, the number of this call, and `history`, for how long to keep history.
-- answers  one JSON object: `asked`, the number of the call; `outcome`, what happened; `events`, what was recorded, as
--          [{event, room, data}, ..], absent if nothing was
--
-- Time is read from Redis, so that instances with different clocks agree. `first_asked` is text with 13 digits and 3 decimals,
-- because cjson would round a number, and because places are sorted as text.
local QUEUE, WAITING, CLAIMED, SESSION, ASSIGNED, COUNT, PARKED, CONFIG, RESTING, AGENT, RESOLVED, HISTORY, CHANGES, DECIDER,
  CHECKED, RECONCILED, TOKEN, OWNER, CHECK, EARLIER_CHANNELS, EARLIER_HELD = unpack(KEYS)

-- A member of RESTING beside the rooms: no session is tried before its time.
local EVERYBODY = '*'

local args = cjson.decode(ARGV[1])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local events = {}

local function answer(fields)
  fields.asked = args.asked
  fields.events = #events > 0 and events or nil
  return cjson.encode(fields)
end

-- People may have edited values by hand: anything but an object, a number or a text counts as absent.
local function object(json)
  local readable, value = pcall(cjson.decode, json)
  return readable and type(value) == 'table' and value or nil
end

local function number(value)
  return type(value) == 'number' and math.abs(value) < 1e15 and value or nil
end

-- A future time was written before the clock was set back: it counts as long ago.
local function past(value)
  value = number(value) or 0
  return value <= now + 1000 and value or 0
end

local function text(value)
  return type(value) == 'string' and value or nil
end

-- The texts in a list; nil if there are none.
local function texts(list)
  local found = {}
  for _, value in ipairs(type(list) == 'table' and list or {}) do
    found[#found + 1] = text(value)
  end
  return #found > 0 and found or nil
end

local function to_count(digits)
  return math.max(0, math.floor(number(tonumber(digits or nil)) or 0))
end

local function is_id(value)
  return type(value) == 'string' and #value <= 64 and value:find('^[%w_-]+$') ~= nil
end

-- The room of a queue entry, as text. cjson would round a number of 17 digits, so the digits are read from the JSON.
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

local function read(hash, field)
  local json = redis.call('HGET', hash, field)
  return json and object(json)
end

local function write(hash, field, value)
  redis.call('HSET', hash, field, cjson.encode(value))
end

-- Which agent a session moves or moved from, and which agents had it. All ids are text.
local function move_of(move)
  if type(move) == 'table' and text(move.from) and type(move.had) == 'table' then
    return {
      from = move.from, from_name = text(move.from_name), reason = text(move.reason), since = number(move.since) or now,
      had = texts(move.had), moves = number(move.moves) or 1, replaced = move.replaced == true or nil, by = text(move.by)}
  end
end

local function usable(session, room)
  if type(session) == 'table' and session.room_id == room and is_id(session.channel) and tonumber(session.first_asked) then
    for _, field in ipairs({'source', 'name', 'previous_service', 'reason', 'claim', 'by', 'asked'}) do
      session[field] = text(session[field])
    end
    session.first_asked = string.format('%017.3f', session.first_asked)
    session.attempts = number(session.attempts) or 0
    session.doubt_since = number(session.doubt_since) and math.min(session.doubt_since, now)
    session.refused_at = type(session.refused_at) == 'table' and session.refused_at or nil
    session.move = move_of(session.move)
    return session
  end
end

-- The session of a room that waits or is claimed; nil if there is none that can be read.
local function session_of(room)
  return usable(read(SESSION, room), room)
end

-- Since when a room is parked, and its session if it can be read; nil if the room is not parked.
local function parked_of(room)
  local json = redis.call('HGET', PARKED, room)
  if json then
    local parked = object(json) or {}
    parked.at, parked.session = past(parked.at), usable(parked.session, room)
    return parked
  end
end

-- The agent who has a room and, in `to`, the agent who is about to take it over; nil if none of our agents has it. The
-- room counts for both.
local function assignment_of(room)
  local assignment = read(ASSIGNED, room)
  if assignment and text(assignment.agent_id) then
    for _, field in ipairs({'agent_name', 'name', 'channel', 'source', 'previous_service'}) do
      assignment[field] = text(assignment[field])
    end
    assignment.since = past(assignment.since)
    assignment.had, assignment.moves = texts(assignment.had), number(assignment.moves)
    assignment.to = type(assignment.to) == 'table' and text(assignment.to.agent_id) and assignment.to or nil
    return assignment
  end
end

-- Records an event, as an entry of the stream HISTORY and in the answer. A session must move even if its history cannot
-- be written.
local function record(event, room, data)
  events[#events + 1] = {event = event, room = room, data = data}
  -- Each entry trims the stream, in turn by length and by age.
  local by, bound = 'MAXLEN', 100000
  if now % 2 == 0 then
    by, bound = 'MINID', string.format('%d', now - args.history)
  end
  local fields = {'event', event, 'data', cjson.encode(data)}
  if room then
    fields[5], fields[6] = 'room', room
  end
  redis.pcall('XADD', HISTORY, by, '~', bound, '*', unpack(fields))
end

-- The place of a session: `channel:first_asked:room_id`. Sorted as text, the places of a channel are its line.
local function place(session)
  return session.channel .. ':' .. session.first_asked .. ':' .. session.room_id
end

local function put_in_line(session)
  session.claim, session.doubt_since, session.by = nil, nil, nil
  if session.move then
    session.move.replaced = nil
  end
  if tonumber(session.first_asked) > now + 1000 then
    -- The clock was set back: sessions that asked before then stay ahead of those that come now.
    session.first_asked = string.format('%017.3f', now - 1000 + math.min(999, (session.first_asked - now) / 1e4))
  end
  redis.call('ZADD', WAITING, 0, place(session))
  redis.call('ZREM', CLAIMED, session.room_id)
  write(SESSION, session.room_id, session)
end

-- Puts a new session in line, at the time when it asked.
local function come(session, asked)
  session.first_asked, session.attempts = string.format('%017.3f', asked), 0
  put_in_line(session)
  record('came', session.room_id, {name = session.name, channel = session.channel, source = session.source, first_asked = math.floor(asked)})
end

-- Rebuilds the session of a room that an agent has, with the time when it first asked.
local function session_again(room, assignment)
  return {
    room_id = room, channel = is_id(assignment.channel) and assignment.channel or 'default', source = assignment.source,
    name = assignment.name, previous_service = assignment.previous_service, attempts = 0,
    -- Earlier versions did not store when it first asked.
    first_asked = string.format('%017.3f', tonumber(assignment.first_asked) or assignment.since)}
end

-- The same, to move to another agent. A move that an operator wants is not counted among its moves.
local function session_to_move(room, assignment, reason, since, by)
  local session, had = session_again(room, assignment), assignment.had or {}
  had[#had + 1] = assignment.agent_id
  session.move = {from = assignment.agent_id, from_name = assignment.agent_name, reason = reason, since = since, had = had,
    moves = (assignment.moves or 0) + (by and 0 or 1), by = by}
  return session
end

-- Whether the session is in line.
local function stands(session)
  return session and redis.call('ZSCORE', WAITING, place(session))
end

-- Removes the session at a place from the line and returns it; nil if there is none.
local function leave_line(at)
  if at and redis.call('ZREM', WAITING, at) == 1 then
    local channel, first_asked, room = at:match('^([^:]*):([^:]*):(.*)$')
    local session = session_of(room) or {room_id = room, attempts = 0}
    -- Someone may have edited it by hand: its place counts.
    session.channel, session.first_asked = channel, first_asked
    return session
  end
end

-- Removes a session from the line, with all that belongs to trying it.
local function forget(room, session)
  if session then
    redis.call('ZREM', WAITING, place(session))
  end
  redis.call('ZREM', CLAIMED, room)
  redis.call('ZREM', RESTING, room)
  redis.call('HDEL', SESSION, room)
end

-- The only function that changes our count of an agent. For `kind` and `since` see CountChange in Java.
local function change_count(agent_id, by, kind, since)
  local before = to_count(redis.call('HGET', COUNT, agent_id))
  local after = math.max(0, before + by)
  redis.call('HSET', COUNT, agent_id, after)
  redis.pcall('XADD', CHANGES, 'MAXLEN', '~', 20000, '*', 'agent', agent_id, 'count', after, 'by', after - before,
    'kind', kind, 'since', string.format('%d', since or 0))
  return after
end

-- Frees the slots that a room holds. Returns the assignment with the remaining count, or nil.
local function free_slot(room, kind)
  local assignment = assignment_of(room)
  redis.call('HDEL', ASSIGNED, room)
  redis.call('ZREM', CHECKED, room)
  if assignment then
    -- It is parked if it could not be taken from its agent.
    redis.call('HDEL', PARKED, room)
    assignment.count = change_count(assignment.agent_id, -1, kind, assignment.since)
    if assignment.to then
      change_count(assignment.to.agent_id, -1, kind, past(assignment.to.since))
    end
  end
  return assignment
end

-- Frees the slot of the agent who was to get the room. In a move the other agent keeps theirs.
local function free_reserved(room)
  local assignment = assignment_of(room)
  local to = assignment and assignment.to
  if not to then
    -- A confirmed agent was in the room.
    return free_slot(room, assignment and assignment.reserved and 'RESOLVED' or 'NEVER_THERE')
  end
  assignment.to = nil
  write(ASSIGNED, room, assignment)
  change_count(to.agent_id, -1, 'NEVER_THERE', past(to.since))
  return to
end

-- Since when and why an agent gets no new chats; nil if they get new chats.
local function paused_of(agent)
  local paused = type(agent.paused) == 'table' and agent.paused
  return paused and (number(paused['until']) or math.huge) > now and paused or nil
end

-- The session left the agent it moves from: the room now belongs to the agent in `to`. `pause_after` chats in a row
-- that were moved for silence pause an agent.
local function take_from(session, assignment)
  change_count(assignment.agent_id, -1, 'RESOLVED')
  local agent = read(AGENT, assignment.agent_id) or {}
  if session.move.reason == 'silent' then
    agent.silent = to_count(agent.silent) + 1
    if args.pause_after > 0 and agent.silent >= args.pause_after and not paused_of(agent) then
      agent.paused = {at = now, reason = 'silent'}
      record('paused', nil, {agent_id = assignment.agent_id, agent_name = assignment.agent_name, silent = agent.silent})
    end
    write(AGENT, assignment.agent_id, agent)
  end
  for field, value in pairs(assignment.to) do
    assignment[field] = value
  end
  assignment.to, assignment.reserved, assignment.had, assignment.moves = nil, nil, session.move.had, session.move.moves
end

-- Qiscus no longer has our agent in that room, or never had.
local function free_stale(room)
  local freed = free_slot(room, 'STALE')
  record('stale', room, {name = freed.name, agent_id = freed.agent_id, agent_name = freed.agent_name, count = freed.count})
end

-- The session of a claim that is still ours; nil if another instance took the claim, or if the session was resolved.
local function claimed_session()
  local session = session_of(args.room_id)
  if session and session.claim == args.claim and redis.call('ZSCORE', CLAIMED, args.room_id) then
    return session
  end
end

-- The assign call of a claimed session may have taken effect: the slot stays reserved and the claim ends after `lease`.
local function mark_unclear(session, reason, lease)
  if not session.doubt_since then
    session.doubt_since = now
    record('doubted', session.room_id, {name = session.name, channel = session.channel, reason = reason})
  end
  write(SESSION, session.room_id, session)
  redis.call('ZADD', CLAIMED, now + lease, session.room_id)
end
