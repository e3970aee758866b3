-- Puts aside what was written over our keys: of another type than theirs it would fail every script. Nothing is lost.
--
-- KEYS     those of every script, then for each of them the name that it gets if it is put aside
-- args     types: of the keys in their order; all further ones are lines
-- answers  {outcome:"mended", aside: [[key, new name], ..]} absent if nothing was wrong; need_channels
local aside = {}
local function put_aside(first, last)
  for i = first, last do
    local key, name = KEYS[i], KEYS[#KEYS / 2 + i]
    local is = redis.call('TYPE', key).ok
    if is ~= 'none' and is ~= (args.types[i] or 'zset') and redis.call('RENAMENX', key, name) == 1 then
      aside[#aside + 1] = {key, name}
    end
  end
end

put_aside(1, FIXED_KEYS)
local missing = unnamed_channels()
if missing then
  return need(missing)
end
put_aside(FIXED_KEYS + 1, #KEYS / 2)
return answer({outcome = 'mended', aside = #aside > 0 and aside or nil})
