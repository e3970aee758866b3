-- Does with a key that nobody needs what the program does with its own, to see whether Redis lets it: each command that
-- a script runs or that is sent by itself. A key that is a text already refuses most of them, so that nothing is written.
--
-- args     none
-- answers  {outcome:"examined", refused: [[command, what Redis said], ..]} absent if it refused none
local key = CHECK
local commands = {
  {'TIME'}, {'SET', key, 'check', 'NX', 'PX', '10000'}, {'GET', key}, {'EXISTS', key}, {'TYPE', key}, {'PTTL', key},
  {'LPUSH', key, ''}, {'LRANGE', key, '0', '0'}, {'LLEN', key}, {'LTRIM', key, '0', '0'},
  {'HSET', key, '', ''}, {'HGET', key, ''}, {'HMGET', key, ''}, {'HGETALL', key}, {'HKEYS', key}, {'HLEN', key},
  {'HEXISTS', key, ''}, {'HDEL', key, ''}, {'HSCAN', key, '0'},
  {'SADD', key, ''}, {'SREM', key, ''}, {'SCARD', key}, {'SISMEMBER', key, ''}, {'SMEMBERS', key}, {'SSCAN', key, '0'},
  {'ZADD', key, '0', ''}, {'ZREM', key, ''}, {'ZCARD', key}, {'ZCOUNT', key, '0', '0'}, {'ZRANGE', key, '0', '0'},
  {'ZRANGEBYSCORE', key, '0', '0'}, {'ZRANK', key, ''}, {'ZRANGEBYLEX', key, '-', '+'}, {'ZLEXCOUNT', key, '-', '+'}, {'ZREVRANGEBYLEX', key, '+', '-'}, {'ZREMRANGEBYRANK', key, '0', '0'},
  {'ZREMRANGEBYSCORE', key, '0', '0'}, {'ZSCORE', key, ''},
  {'XADD', key, '*', 'event', 'check'}, {'XREVRANGE', key, '+', '-'}, {'XRANGE', key, '-', '+'},
  {'XREAD', 'COUNT', '1', 'STREAMS', key, '0'}, {'XTRIM', key, 'MAXLEN', '0'},
  {'SCAN', '0', 'COUNT', '1'}, {'RENAMENX', key, key}, {'DEL', key}}

local refused = {}
for _, command in ipairs(commands) do
  local said = redis.pcall(unpack(command))
  local fault = type(said) == 'table' and said.err
  if fault and not fault:find('WRONGTYPE', 1, true) then
    refused[#refused + 1] = {command[1], fault}
  end
end
return answer({outcome = 'examined', refused = #refused > 0 and refused or nil})
