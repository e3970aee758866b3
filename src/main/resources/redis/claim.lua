-- Whose keys these are. The marker says it; where there is none, they are ours if there are none, or if each of them reads
-- as what we write. Then the marker is written.
--
-- args     app (our id), types (of the keys, in their order; all further ones are lines),
--          known (they were ours a moment ago, so that only the marker was lost), searched (all lines are named),
--          claims (false: nothing is written)
-- answers  {outcome:"ours"}; {outcome:"unmarked"} ask again with `searched`; {outcome:"of another app", app};
--          {outcome:"not ours", key}; need_channels
local marked = redis.call('TYPE', OWNER).ok
local app = marked == 'string' and redis.call('GET', OWNER)
if app then
  return answer(app == args.app and {outcome = 'ours'} or {outcome = 'of another app', app = app:sub(1, 100)})
end
if not args.known then
  if not args.searched then
    return answer({outcome = 'unmarked'})
  end
  local function is_time(text)
    local at = tonumber(text)
    return at and at > 1e12 and at < 1e14
  end
  local function is_room_at_time(room, score)
    return is_id(room) and is_time(score)
  end
  local function fades(key)
    return redis.call('PTTL', key) > 0
  end

  -- What stands in each: of a hash a field and its value, of a zset a member and its score, of a list an element.
  local reads = {
    [QUEUE] = function(json)
      return room_of(json) ~= nil
    end,
    [CHANNELS] = is_id,
    [CLAIMED] = is_room_at_time,
    [CHECKED] = is_room_at_time,
    [SESSION] = function(room, json)
      return usable(object(json), room) ~= nil
    end,
    [ASSIGNED] = function(room, json)
      local assignment = object(json)
      return is_id(room) and assignment and text(assignment.agent_id) and number(assignment.since)
    end,
    [COUNT] = function(id, count)
      return is_id(id) and count:find('^%d+$')
    end,
    [PARKED] = function(_, json)
      local parked = object(json)
      return parked and number(parked.at) and text(parked.reason)
    end,
    [CONFIG] = function(name, value)
      return name:find('^max_customer_per_agent') and tonumber(value)
    end,
    [HELD] = function(channel, value)
      return is_id(channel) and (value:find('^%d+$') or value:find('^%d+ closed$'))
    end,
    [RESTING] = function(room, score)
      return (room == EVERYBODY or is_id(room)) and is_time(score)
    end,
    [AGENT] = function(id, json)
      local agent = object(json)
      return is_id(id) and agent and number(agent.foreign) and number(agent.known_at)
    end,
    [RESOLVED] = function(service, score)
      return service:find('^[%w_-]+ [%w_-]+$') and is_time(score)
    end,
    [HISTORY] = function(event, name)
      return event == 'event' and name ~= nil
    end,
    [RECONCILED] = function(instance)
      return instance:find('^%x+%-%x+%-%x+%-%x+%-%x+$') and fades(RECONCILED)
    end,
    [TOKEN] = function()
      return fades(TOKEN)
    end,
    [CHECK] = function()
      return fades(CHECK)
    end}

  local function all(list, step, reads_as_ours)
    for i = 1, #list, step do
      if not reads_as_ours(list[i], list[i + 1]) then
        return false
      end
    end
    return true
  end

  -- Of many a part, from both ends where there are two.
  local function is_ours(key, type)
    local reads_as_ours = reads[key] or is_room_at_time
    if type == 'string' then
      return reads_as_ours(redis.call('GET', key))
    elseif type == 'list' then
      return all(redis.call('LRANGE', key, 0, 199), 1, reads_as_ours)
        and all(redis.call('LRANGE', key, -200, -1), 1, reads_as_ours)
    elseif type == 'set' then
      return all(redis.call('SSCAN', key, 0, 'COUNT', 200)[2], 1, reads_as_ours)
    elseif type == 'hash' then
      return all(redis.call('HSCAN', key, 0, 'COUNT', 200)[2], 2, reads_as_ours)
    elseif type == 'zset' then
      return all(redis.call('ZRANGE', key, 0, 199, 'WITHSCORES'), 2, reads_as_ours)
        and all(redis.call('ZRANGE', key, -200, -1, 'WITHSCORES'), 2, reads_as_ours)
    end
    for _, entry in ipairs(redis.call('XREVRANGE', key, '+', '-', 'COUNT', 200)) do
      if not reads_as_ours(entry[2][1], entry[2][2]) then
        return false
      end
    end
    return true
  end

  local function not_ours(first, last)
    for i = first, last do
      local key = KEYS[i]
      local type = redis.call('TYPE', key).ok
      if type ~= 'none' and (type ~= (args.types[i] or 'zset') or not is_ours(key, type)) then
        return answer({outcome = 'not ours', key = key})
      end
    end
  end

  local stranger = not_ours(1, FIXED_KEYS)
  if stranger then
    return stranger
  end
  local missing = unnamed_channels()
  if missing then
    return need(missing)
  end
  stranger = not_ours(FIXED_KEYS + 1, #KEYS)
  if stranger then
    return stranger
  end
end
if args.claims then
  redis.call('SET', OWNER, args.app, 'NX')
end
return answer({outcome = 'ours'})
