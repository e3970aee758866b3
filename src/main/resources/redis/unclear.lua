-- Nobody knows whether an assign call took effect: the slot stays reserved, the claim ends after `look_again`.
--
-- args     room_id, claim, reason, look_again
-- answers  {outcome:"unclear"}; {outcome:"lost"}
local session = claimed_session()
if not session then
  return answer({outcome = 'lost'})
end
session.reason = args.reason
doubt(session, args.reason, args.look_again)
return answer({outcome = 'unclear'})
