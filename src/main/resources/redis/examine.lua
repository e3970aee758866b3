-- Finds out whether Redis allows each command that a script or the program runs, by trying it on an unused key. The key
-- is a text, so most commands fail by its type and nothing is written.
--
-- args     none
-- answers  {outcome:"examined", refused: [[command, what Redis said], ..]} absent if none is refused
local commands = [[
  TIME; SET ? check NX PX 10000; GET ?; EXISTS ?; TYPE ?; PTTL ?; LPUSH ? x; LRANGE ? 0 0; LLEN ?; LTRIM ? 0 0; HSET ? x x;
  HGET ? x; HMGET ? x; HGETALL ?; HKEYS ?; HLEN ?; HEXISTS ? x; HDEL ? x; HSCAN ? 0; SADD ? x; SREM ? x; SCARD ?; SISMEMBER ? x;
  SMEMBERS ?; SSCAN ? 0; ZADD ? 0 x; ZREM ? x; ZCARD ?; ZCOUNT ? 0 0; ZRANGE ? 0 0; ZRANGEBYSCORE ? 0 0; ZRANK ? x; ZSCORE ? x;
  ZRANGEBYLEX ? - +; ZREVRANGEBYLEX ? + -; ZLEXCOUNT ? - +; ZREMRANGEBYRANK ? 0 0; ZREMRANGEBYSCORE ? 0 0; XADD ? * event check;
  XRANGE ? - +; XREVRANGE ? + -; XREAD COUNT 1 STREAMS ? 0; XTRIM ? MAXLEN 0; SCAN 0 COUNT 1; RENAMENX ? ?; DEL ?]]
local refused = {}
for line in commands:gmatch('[^;]+') do
  local command = {}
  for word in line:gmatch('%S+') do
    command[#command + 1] = word == '?' and CHECK or word
  end
  local said = redis.pcall(unpack(command))
  local fault = type(said) == 'table' and said.err
  if fault and not fault:find('WRONGTYPE', 1, true) then
    refused[#refused + 1] = {command[1], fault}
  end
end
return answer({outcome = 'examined', refused = #refused > 0 and refused or nil})
