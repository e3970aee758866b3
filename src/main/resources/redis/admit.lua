-- Used by `snapshot` and `resolve`: moves up to `args.batch` calls from the webhook's queue into the lines.

local MOST_LINES = 1000

-- The channels that have a line.
local function channels_in_line()
  local channels, from = {}, '-'
  repeat
    local first = redis.call('ZRANGEBYLEX', WAITING, from, '+', 'LIMIT', 0, 1)[1]
    channels[#channels + 1] = first and first:match('^[^:]*')
    from = first and '(' .. channels[#channels] .. ';'
  until not first
  return channels
end

-- Channel names come from outside, so their number is limited: further channels share one line.
local lines
local function line_of(channel)
  if #redis.call('ZRANGEBYLEX', WAITING, '[' .. channel .. ':', '(' .. channel .. ';', 'LIMIT', 0, 1) == 0 then
    lines = (lines or #channels_in_line()) + 1
    return lines > MOST_LINES and 'default' or channel
  end
  return channel
end

-- Whether a call belongs to a later service of the room than the assigned session. The ids of services grow. The list of
-- waiting rooms does not name them: then it is unknown, and Qiscus must be asked who is in the room.
local function is_later(previous_service, assignment)
  local before = assignment and assignment.previous_service
  return assignment and previous_service and previous_service ~= 'unknown' and before ~= 'unknown'
    and (not before or (tonumber(previous_service) or 0) > (tonumber(before) or 0))
end

-- Whether this call adds no session to the line. Within the settle time a call for a parked or assigned room is a late
-- repetition. After it, an assigned room must be checked: only Qiscus knows whether an agent is there.
local function is_repetition(room, previous_service, received)
  local session, assignment = session_of(room), assignment_of(room)
  local is_over = is_later(previous_service, assignment)
  if session and is_over and session.move and not session.claim then
    forget(room, session)
  elseif session then
    return true
  end
  local parked = not assignment and parked_of(room)
  if parked then
    if received < parked.at + args.settle then
      return true
    end
    redis.call('HDEL', PARKED, room)
    record('unparked', room, {name = parked.session and parked.session.name, how = 'came back'})
  end
  if is_over then
    free_stale(room)
  elseif assignment and received >= assignment.since + args.settle and tonumber(redis.call('ZSCORE', CHECKED, room) or 0) >= 0 then
    redis.call('ZADD', CHECKED, -received, room)
  end
  return assignment and not is_over
end

-- The time just before the next call with a time came, after the oldest `many` of the queue. Each call without a time
-- counts as a little older than the next call with one.
local function time_after(many)
  local between = 0
  for last = -many - 1, -redis.call('LLEN', QUEUE), -args.batch do
    local page = redis.call('LRANGE', QUEUE, last - args.batch + 1, last)
    for i = #page, 1, -1 do
      local received = tonumber(page[i]:match('"received_at":(%d+%.?%d*)') or nil)
      if received then
        return math.min(received, now) - between
      end
      between = between + 0.001
    end
  end
  return now - between
end

-- Entries in another format were queued by the earlier program. We use their room and their position in the list, which
-- is ahead of all calls that have a time.
local function with_times(calls)
  local entries, younger = {}, nil
  for i, json in ipairs(calls) do
    local room, entry = room_of(json)
    local received = room and tonumber(entry.received_at)
    local is_ours = received and is_id(entry.channel) and received > 0 and received < 1e15
    if room and not is_ours then
      younger = (younger or time_after(#calls)) - 0.001
      entry, received = {channel = 'default'}, younger
    elseif received then
      younger = math.min(younger or received, received)
    end
    entries[i] = {room = room, received = received, entry = entry}
  end
  return entries
end

local function admit()
  local calls = redis.call('LRANGE', QUEUE, -args.batch, -1)
  local entries = with_times(calls)
  local latest = now + 999
  for i = #calls, 1, -1 do
    local room, received, entry = entries[i].room, entries[i].received, entries[i].entry
    if not room then
      -- Its text is not stored, because it may contain secrets.
      local name = 'unreadable:' .. redis.sha1hex(calls[i])
      write(PARKED, name, {at = now, reason = 'unreadable queue entry'})
      record('parked', name, {reason = 'unreadable queue entry'})
    else
      if received > latest then
        -- Calls from an instance whose clock is ahead keep their order among each other.
        received = latest
        latest = latest + 0.001
      end
      local previous_service = text(entry.previous_service)
      if not is_repetition(room, previous_service, received) then
        come({room_id = room, channel = line_of(entry.channel), source = text(entry.source), name = text(entry.name),
          previous_service = previous_service}, received)
      end
    end
  end
  redis.call('LTRIM', QUEUE, 0, -#calls - 1)
  return #calls == args.batch and redis.call('EXISTS', QUEUE) == 1
end
