-- How it stands, for people to look at. Changes nothing, and its work is bounded however many wait.
--
-- args     most (sessions named at most), goal (who waits longer is late), capacity (unless `config` says otherwise)
-- answers  {outcome:"board", now, waiting, deciding, late, queued, queued_since, assigned, parked_rooms, paused_until,
--          capacity, channels: the lines, the oldest first; sessions: the oldest, those included that are being decided
--          or just queued; agents; parked}, empty lists are absent; need_channels
local missing = unnamed_channels()
if missing then
  return need(missing)
end

local MOST_CHANNELS_TOLD, MOST_AGENTS, MOST_PARKED = 100, 500, 100
local A_DAY = 24 * 60 * 60 * 1000

local function parsed(json)
  return object(json or '') or {}
end

local function or_nil(list)
  return #list > 0 and list or nil
end

-- Fields and values of a hash in turn; of a large one only a part.
local function some_of(hash, most)
  if redis.call('HLEN', hash) <= most then
    return redis.call('HGETALL', hash)
  end
  return redis.call('HSCAN', hash, 0, 'COUNT', most)[2]
end

local channels, all_late = {}, 0
for _, channel in ipairs(redis.call('SMEMBERS', CHANNELS)) do
  local room, asked = unpack(redis.call('ZRANGE', LINE[channel], 0, 0, 'WITHSCORES'))
  if room then
    asked = math.floor(asked)
    local late = asked < now - args.goal and redis.call('ZCOUNT', LINE[channel], '-inf', now - args.goal) or 0
    all_late = all_late + late
    channels[#channels + 1] = {channel = channel, room = room, first_asked = asked, late = late}
  end
end
table.sort(channels, function(a, b)
  return a.first_asked < b.first_asked
end)
for i = #channels, MOST_CHANNELS_TOLD + 1, -1 do
  channels[i] = nil
end
for _, of in ipairs(channels) do
  local first = parsed(redis.call('HGET', SESSION, of.room))
  of.room, of.source, of.reason = nil, text(first.source), text(first.reason)
  of.waiting = redis.call('ZCARD', LINE[of.channel])
end

local sessions = {}
local function add(room, session, fields)
  fields.room_id, fields.channel = room, text(session.channel) or fields.channel
  fields.source, fields.name, fields.reason = text(session.source), text(session.name), text(session.reason)
  fields.first_asked = fields.first_asked or math.floor(tonumber(session.first_asked) or now)
  sessions[#sessions + 1] = fields
end

local function keep_the_oldest()
  table.sort(sessions, function(a, b)
    return a.first_asked < b.first_asked
  end)
  for i = #sessions, args.most + 1, -1 do
    sessions[i] = nil
  end
end

-- The lines come oldest first: whoever came after the first of so many lines is not among the oldest.
local youngest = channels[args.most] and channels[args.most].first_asked + 1 or '+inf'
for i = 1, math.min(#channels, args.most) do
  local of = channels[i]
  local line = redis.call('ZRANGEBYSCORE', LINE[of.channel], '-inf', youngest, 'WITHSCORES', 'LIMIT', 0, args.most)
  for j = 1, #line, 2 do
    sessions[#sessions + 1] = {room_id = line[j], channel = of.channel, first_asked = math.floor(line[j + 1]),
      first = j == 1 or nil}
  end
end
keep_the_oldest()
local in_line = sessions
sessions = {}
for _, place in ipairs(in_line) do
  place.state = 'waiting'
  local rests_until = tonumber(redis.call('ZSCORE', RESTING, place.room_id) or 0)
  place.rests_until = rests_until > now and rests_until or nil
  add(place.room_id, parsed(redis.call('HGET', SESSION, place.room_id)), place)
end
for _, room in ipairs(redis.call('ZRANGE', CLAIMED, 0, args.most - 1)) do
  local session, assignment = parsed(redis.call('HGET', SESSION, room)), redis.call('HGET', ASSIGNED, room)
  add(room, session, {
    state = session.doubt_since and 'doubted' or assignment and 'chosen' or 'deciding',
    agent_name = assignment and text(parsed(assignment).agent_name)})
end
local queued_since
local queued, listed = redis.call('LRANGE', QUEUE, -args.most, -1), {}
for i = #queued, 1, -1 do
  local call = parsed(queued[i])
  local room, asked = text(call.room_id), tonumber(call.received_at)
  if room and asked then
    queued_since = queued_since or math.floor(asked)
    if not listed[room] and redis.call('HEXISTS', SESSION, room) == 0 then
      listed[room] = true
      add(room, call, {state = 'queued', first_asked = math.floor(asked)})
    end
  end
end
keep_the_oldest()

local config = fields_of(CONFIG)
local capacity = capacity_of_all(config)

-- Of those who left long ago nobody wants to know.
local agents = {}
local records = some_of(AGENT, MOST_AGENTS)
for i = 1, #records, 2 do
  local id, agent = records[i], parsed(records[i + 1])
  local ours = integer(redis.call('HGET', COUNT, id))
  local seen, last_assigned = tonumber(agent.seen), tonumber(agent.last_assigned) or 0
  if ours > 0 or math.max(seen or 0, last_assigned) > now - A_DAY then
    local online
    if type(agent.online) == 'boolean' then
      online = agent.online
    end
    agents[#agents + 1] = {
      id = id, name = text(agent.name), online = online, seen = seen, ours = ours,
      foreign = math.max(0, tonumber(agent.foreign) or 0),
      capacity = capacity_of(id, config, capacity),
      last_assigned = last_assigned > 0 and last_assigned or nil}
  end
end

local parked = {}
local asides = some_of(PARKED, MOST_PARKED)
for i = 1, #asides, 2 do
  local aside = parsed(asides[i + 1])
  local session = type(aside.session) == 'table' and aside.session or {}
  parked[#parked + 1] = {
    room_id = asides[i], name = text(session.name), channel = text(session.channel), source = text(session.source),
    reason = text(aside.reason), at = tonumber(aside.at), can_retry = type(aside.session) == 'table'}
end

local paused_until = tonumber(redis.call('ZSCORE', RESTING, EVERYBODY) or 0)
local deciding = redis.call('ZCARD', CLAIMED)
local calls = redis.call('LLEN', QUEUE)
return answer({
  outcome = 'board', now = now,
  waiting = math.max(0, redis.call('HLEN', SESSION) - deciding) + calls, deciding = deciding, late = all_late,
  queued = calls, queued_since = queued_since,
  assigned = redis.call('HLEN', ASSIGNED), parked_rooms = redis.call('HLEN', PARKED),
  paused_until = paused_until > now and paused_until or nil,
  capacity = capacity,
  channels = or_nil(channels), sessions = or_nil(sessions), agents = or_nil(agents), parked = or_nil(parked)})
