-- Stores why sessions keep waiting.
--
-- args     sessions:[{room_id, reason, online, agents}, ..] agents: as in the history of a choice
-- answers  {outcome:"noted"}
for _, noted in ipairs(args.sessions) do
  local session = session_of(noted.room_id)
  if session and not session.claim and session.reason ~= noted.reason then
    session.reason = noted.reason
    write(SESSION, noted.room_id, session)
    record('waits', noted.room_id, {
      name = session.name, channel = session.channel, reason = noted.reason, online = noted.online, agents = noted.agents})
  end
end
return answer({outcome = 'noted'})
