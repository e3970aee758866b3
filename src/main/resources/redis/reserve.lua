-- Chooses the agent of a claimed session and counts the customer for him, in one step; or sends it back to its place.
--
-- args     room_id, claim, settle, lease, capacity (unless `config` says otherwise), period,
--          patient (true: wait behind older undecided sessions instead of going back),
--          agents: [[id, name, customer count that Qiscus shows], ..] those who are online for this room,
--          offline: the others that were listed for it
-- answers  {outcome:"reserved", agent_id, agent_name, count, capacity, free_for} free_for: how long the slot was free
--          while this session waited, absent if it came later or the slot was free before
--          {outcome:"behind_older"} what is free is owed to older sessions that are being decided; ask again
--          {outcome:"waiting", reason, news, again} back in line, its channel held back; news: the reason is a new one;
--          again: somebody may try at once, an older one for whom it gave way or it itself
--          {outcome:"lost"} the claim is not ours any more, or has its agent already; need_channels
local session = claimed_session()
if not session or assignment_of(args.room_id) then
  return answer({outcome = 'lost'})
end
if not LINE[session.channel] then
  return need({session.channel})
end
local missing = unnamed_channels()
if missing then
  return need(missing)
end

-- Qiscus answers. Older ones who rest because it did not answer them have their turn first; if they fail again it is not
-- for the same reason, and nobody waits for them any more.
local woken
for _, room in ipairs(redis.call('ZRANGE', RESTING, 0, -1)) do
  local other = room ~= EVERYBODY and session_of(room)
  if other and not other.had_turn and tonumber(other.first_asked) < tonumber(session.first_asked) then
    woken, other.had_turn = true, true
    write(SESSION, room, other)
    redis.call('ZREM', RESTING, room)
    let_next_try(other.channel)
  end
end
if woken then
  let_next_try(session.channel)
  session.reason = 'older sessions come first'
  put_in_line(session)
  return answer({outcome = 'waiting', reason = session.reason, again = true})
end

local claimed_at = tonumber(redis.call('ZSCORE', CLAIMED, session.room_id)) - args.lease
local config = fields_of(CONFIG)
local capacity_for_all = capacity_of_all(config)

local function many(hash, ids)
  local values = {}
  for from = 1, #ids, 1000 do
    local part = redis.call('HMGET', hash, unpack(ids, from, math.min(from + 999, #ids)))
    for i = 1, math.min(1000, #ids - from + 1) do
      values[from + i - 1] = part[i]
    end
  end
  return values
end

-- How many customers an agent really has. Qiscus's count is right in the end but late by seconds, in both
-- directions; ours is exact but knows only what we assigned. `undecided` of ours Qiscus may have or not.
local function load_of(agent, theirs, ours, undecided)
  agent.changed = see(agent, theirs)
  -- Qiscus shows those whom we did not assign, and of ours as many as we counted at some moment of the settle time.
  local lowest, highest = ours, ours
  for _, change in ipairs(agent.changes) do
    lowest, highest = math.min(lowest, change[2]), math.max(highest, change[3])
  end
  local least, most = math.max(0, theirs - highest), math.max(0, theirs - math.max(0, lowest - undecided))
  local foreign = math.max(agent.foreign, least)
  if foreign > most then
    -- His count fell. Perhaps one of ours was resolved and its webhook is still on the way: until the count has
    -- stood still, only what is certain is given back.
    foreign = now - agent.theirs_since >= settle and most or math.min(foreign, theirs)
  end
  if foreign >= most and math.abs(now - agent.known_at) >= settle / 2 then
    agent.known_at = now
    agent.changed = true
  end
  agent.changed = agent.changed or agent.foreign ~= foreign
  agent.foreign = foreign
  -- Who came since it was last certain cannot be known yet. But that must not be long ago.
  local known = foreign >= most or math.abs(now - agent.known_at) < settle
  return ours + (known and foreign or most)
end

-- Pages of a list that changes meanwhile may name an agent twice.
local agents, ids, listed = {}, {}, {}
for _, candidate in ipairs(args.agents) do
  if not listed[candidate[1]] then
    listed[candidate[1]] = true
    agents[#agents + 1] = candidate
    ids[#ids + 1] = candidate[1]
  end
end
local counts, records = many(COUNT, ids), many(AGENT, ids)

-- Those whom Qiscus refused for this room a short time ago, as far as there is anybody else.
local AVOID_FOR = 60000
local avoided, others = {}, #ids
for _, id in ipairs(ids) do
  if session.refused_at and number(session.refused_at[id]) and math.abs(now - session.refused_at[id]) < AVOID_FOR then
    avoided[id] = true
    others = others - 1
  end
end
if others == 0 then
  avoided = {}
end

-- Who else is being decided: agents with a reservation that Qiscus may have or not, and sessions without one. Those of
-- closed channels only find out whether somebody is online by now, nothing is owed to them before but by each other.
local undecided, older, channels_tried = {}, 0, {}
for _, room in ipairs(redis.call('ZRANGE', CLAIMED, 0, -1)) do
  local assignment = assignment_of(room)
  local other = not assignment and session_of(room)
  if assignment then
    undecided[assignment.agent_id] = (undecided[assignment.agent_id] or 0) + 1
  elseif other and (session.closed or not other.closed) and tonumber(other.first_asked) < tonumber(session.first_asked) then
    older = older + 1
    channels_tried[other.channel] = true
  end
end
-- If such a one finds more than one slot, those behind it in its line are next.
for channel in pairs(channels_tried) do
  if LINE[channel] then
    older = older + redis.call('ZCOUNT', LINE[channel], '-inf', '(' .. session.first_asked)
  end
end

-- How many older sessions stand in lines that may be tried.
local function older_in_line()
  if tonumber(redis.call('ZSCORE', RESTING, EVERYBODY) or 0) > now then
    return 0
  end
  local rooms = 0
  for _, channel in ipairs(redis.call('SMEMBERS', CHANNELS)) do
    local held_until, is_closed = held(channel)
    if not is_closed and (held_until or 0) == 0 then
      local room, asked = first_of(LINE[channel])
      if room and tonumber(asked) < tonumber(session.first_asked) then
        rooms = rooms + redis.call('ZCOUNT', LINE[channel], '-inf', '(' .. session.first_asked)
      end
    end
  end
  return rooms
end

-- That an agent is online, or not, is written when it is news, and from time to time so that `seen` is true.
local SEEN_PERIOD = 10000
-- The history names no more of them.
local MOST_TOLD = 20

local best, tied
local free, free_ids = 0, {}
-- Who has a slot though others, before, were told that he has none, or could not know of him.
local found_free = {}
-- Whether somebody who is full by this list lost a customer since the claim: the list may be older than that.
local outdated = false
local told, came = {}, false
for i, candidate in ipairs(agents) do
  local id = candidate[1]
  local agent = agent_record(records[i])
  local load = load_of(agent, candidate[3], integer(counts[i]), undecided[id] or 0)
  local capacity = capacity_of(id, config, capacity_for_all)
  local is_free = load < capacity
  -- Who was not listed for long may have been away.
  local was_free = agent.free == true and now - integer(agent.seen) < 2 * SEEN_PERIOD
  came = came or not agent.online
  if is_free and not was_free and not avoided[id] then
    found_free[#found_free + 1] = id
  end
  if agent.changed or agent.free and not (is_free and was_free) or agent.name ~= candidate[2] or not agent.online
    or now - integer(agent.seen) >= SEEN_PERIOD then
    agent.changed = nil
    agent.free = is_free and was_free or nil
    agent.name, agent.online, agent.seen = candidate[2], true, now
    write_agent(id, agent)
  end
  if #told < MOST_TOLD then
    told[#told + 1] = {id, candidate[2], load, capacity}
  end
  if is_free and not avoided[id] then
    free = free + capacity - load
    free_ids[#free_ids + 1] = id
    local contender = {id = id, name = candidate[2], load = load, capacity = capacity, idle_since = agent.last_assigned}
    -- Fewest customers first, as a part of what each may have; among equals, who has waited longest.
    local mine, other = best and load * best.capacity, best and best.load * capacity
    if not best or mine < other or (mine == other and contender.idle_since < best.idle_since) then
      best = contender
    end
    tied = other and (mine == other or tied and mine > other)
  elseif not is_free and agent.freed_at and agent.freed_at >= claimed_at then
    outdated = true
  end
end

if came then
  agent_came()
end

-- Without decoding them: most were seen offline a moment ago.
local function seen_offline_lately(json)
  return json:find('"online":false', 1, true) and math.abs(now - integer(json:match('"seen":(%d+)'))) < SEEN_PERIOD
end
local offline_ids = {}
for i, other in ipairs(args.offline) do
  offline_ids[i] = other[1]
end
local offline_records = many(AGENT, offline_ids)
for i, other in ipairs(args.offline) do
  local json = offline_records[i]
  if not listed[other[1]] and not (json and seen_offline_lately(json)) then
    local agent = agent_record(json)
    agent.name, agent.online, agent.seen = other[2], false, now
    agent.freed_at, agent.free = nil, nil
    write_agent(other[1], agent)
  end
end

-- Also one of those whose agents were all offline: somebody is online now.
local function open_line(channel)
  if held(channel) then
    redis.call('HSET', HELD, channel, 0)
  end
end

local function mark_free(ids, free)
  local marked = many(AGENT, ids)
  for i, id in ipairs(ids) do
    local agent = agent_record(marked[i])
    agent.free = free
    write_agent(id, agent)
  end
end

-- Whoever could have a slot that nobody knew of lets those go first who were turned away before; but for each agent once,
-- or lists that differ for each room would keep him from his slot.
if best and free > older and #found_free > 0 then
  mark_free(found_free, true)
  local gave_way_for = {}
  for _, id in ipairs(session.gave_way_for or {}) do
    gave_way_for[id] = true
  end
  for _, id in ipairs(found_free) do
    if not gave_way_for[id] then
      let_all_try()
      break
    end
  end
end
local steps_back = best and free > older and free <= older + older_in_line()
if best and not steps_back then
  if free > older then
    write(ASSIGNED, session.room_id, {
      agent_id = best.id, agent_name = best.name, since = now, state = 'reserved',
      name = session.name, channel = session.channel, previous_service = session.previous_service})
    local _, freed_at = change_count(best.id, 1, {filled = best.load + 1 >= best.capacity})
    local waited_for_it = freed_at and tonumber(session.first_asked) < freed_at
    redis.call('ZADD', CLAIMED, now + args.lease, session.room_id)
    if free > 1 then
      redis.call('HDEL', HELD, session.channel)
    else
      hold_back(session.channel)
    end
    record('chosen', session.room_id, {
      name = session.name, channel = session.channel, agent_id = best.id, agent_name = best.name,
      load = best.load, capacity = best.capacity, online = #ids, agents = told,
      why = #free_ids == 1 and 'the only one with a free slot'
        or tied and 'waited longest of the least busy' or 'fewest customers'})
    return answer({outcome = 'reserved', agent_id = best.id, agent_name = best.name,
      count = best.load + 1, capacity = best.capacity, free_for = waited_for_it and now - freed_at or nil})
  end
  if args.patient then
    return answer({outcome = 'behind_older'})
  end
end

local reason = #ids == 0 and 'no agent is online' or best and 'older sessions come first' or 'every agent is full'
local news = session.reason ~= reason
if news then
  record('waits', session.room_id, {
    name = session.name, channel = session.channel, reason = reason, online = #ids, agents = #told > 0 and told or nil})
end
session.reason = reason
put_in_line(session, steps_back and #found_free > 0 and found_free or nil)
local again = steps_back or outdated or nil
if not steps_back then
  hold_back(session.channel, #ids == 0)
end
if again then
  open_line(session.channel)
end
if best and not steps_back then
  -- It leaves what it saw, to older ones who may not need it: whoever finds that free is not the first.
  mark_free(free_ids, nil)
end
return answer({outcome = 'waiting', reason = reason, news = news, again = again})
