-- Extends a claim by another lease, in which the next call to Qiscus begins.
--
-- args     room_id, claim, lease
-- answers  {outcome:"renewed"}; {outcome:"lost"} the session was resolved, or another instance has the claim
if not claimed_session() then
  return answer({outcome = 'lost'})
end
redis.call('ZADD', CLAIMED, now + args.lease, args.room_id)
return answer({outcome = 'renewed'})
