-- An assign call may have taken effect: the slot stays reserved and the claim ends after `look_again`.
--
-- args     room_id, claim, reason, look_again, replaced (in a move: the call was to replace the agent in the room)
-- answers  {outcome:"unclear"}; {outcome:"lost"}
local session = claimed_session()
if not session then
  return answer({outcome = 'lost'})
end
session.reason = args.reason
if args.replaced and session.move then
  session.move.replaced = true
end
mark_unclear(session, args.reason, args.look_again)
return answer({outcome = 'unclear'})
