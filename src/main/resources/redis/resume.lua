-- An agent answered in some room, or an operator resumes them: they get new chats again. The session whose room they
-- answered in stays with them.
--
-- args     agent_id, room_id (where they answered; absent: an operator resumes them), by (that operator's name)
-- answers  {outcome:"done", at}; {outcome:"unchanged", at}; {outcome:"unknown"} the agent was never seen
local agent = read(AGENT, args.agent_id)
local session, assignment = args.room_id and session_of(args.room_id), args.room_id and assignment_of(args.room_id)
if session and session.move and not session.move.by and not session.claim and assignment and assignment.agent_id == args.agent_id then
  forget(args.room_id, session)
  record('kept', args.room_id, {
    name = session.name, agent_id = args.agent_id, agent_name = assignment.agent_name, reason = 'the agent answered'})
end
if not agent then
  return answer({outcome = 'unknown'})
end
local paused = paused_of(agent)
local ends = paused and (not args.room_id or paused.reason == 'silent' and not paused.by)
if not ends and not agent.silent then
  return answer({outcome = 'unchanged', at = now})
end
agent.silent, agent.paused = nil, not ends and paused or nil
write(AGENT, args.agent_id, agent)
if not ends then
  return answer({outcome = 'unchanged', at = now})
end
record('resumed', nil, {
  agent_id = args.agent_id, agent_name = text(agent.name), by = args.by,
  how = args.room_id and 'they answered' or args.by .. ' resumed them', before = paused or nil})
return answer({outcome = 'done', at = now})
