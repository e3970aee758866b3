-- Takes or renews the lease of the one instance that decides.
--
-- args     decider (a token of this instance), lease
-- answers  {outcome:"decides"}; {outcome:"follows"} another instance has the lease
local holder = redis.call('GET', DECIDER)
if holder and holder ~= args.decider then
  return answer({outcome = 'follows'})
end
redis.call('SET', DECIDER, args.decider, 'PX', args.lease)
return answer({outcome = 'decides'})
