-- Whether to ask now who of all agents is online: a channel is asked about more rarely because nobody of it was, and
-- nobody of ours looked within this period. After a look that failed the next one comes a minute later.
--
-- args     period
-- answers  {outcome:"look"}; {outcome:"nothing"}
local function rests(member)
  return tonumber(redis.call('ZSCORE', RESTING, member) or 0) > now
end
if not rests(EVERYBODY) and not rests(LOOK) then
  for _, channel in ipairs(redis.call('SMEMBERS', CHANNELS)) do
    local hold_end, closed = held(channel)
    if closed and hold_end <= now and free_from(channel) > now then
      redis.call('ZADD', RESTING, now + PRESENCE_KNOWN, LOOK)
      return answer({outcome = 'look'})
    end
  end
end
return answer({outcome = 'nothing'})
