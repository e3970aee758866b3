-- Throws away what somebody wrote over our keys: of another type than theirs it would fail every script.
--
-- args     none
-- answers  {outcome:"mended", gone: [key, ..]} absent if nothing was wrong; need_channels
local TYPES = {
  [QUEUE] = 'list', [CHANNELS] = 'set', [CLAIMED] = 'zset', [SESSION] = 'hash', [ASSIGNED] = 'hash', [COUNT] = 'hash',
  [PARKED] = 'hash', [CONFIG] = 'hash', [HELD] = 'hash', [RESTING] = 'zset', [AGENT] = 'hash', [RESOLVED] = 'zset',
  [HISTORY] = 'stream'}
local gone = {}
local function mend(key, type)
  local is = redis.call('TYPE', key).ok
  if is ~= type and is ~= 'none' then
    redis.call('DEL', key)
    gone[#gone + 1] = key
  end
end

mend(CHANNELS, TYPES[CHANNELS])
local missing = unnamed_channels()
if missing then
  return need(missing)
end
for key, type in pairs(TYPES) do
  mend(key, type)
end
for _, line in pairs(LINE) do
  mend(line, 'zset')
end
return answer({outcome = 'mended', gone = #gone > 0 and gone or nil})
