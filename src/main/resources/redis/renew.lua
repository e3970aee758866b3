-- The claim lasts another lease: the next call to Qiscus begins within it.
--
-- args     room_id, claim, lease
-- answers  {outcome:"renewed"}; {outcome:"lost"} it was resolved meanwhile, or another instance has the claim
if not claimed_session() then
  return answer({outcome = 'lost'})
end
redis.call('ZADD', CLAIMED, now + args.lease, args.room_id)
return answer({outcome = 'renewed'})
