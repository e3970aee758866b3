-- One page of the history, for what it says of one room.
--
-- args     room_id, before (the id of an entry: only older ones are looked at; absent: from the newest on), count (how
--          many are looked at), history
-- answers  {outcome:"page", entries: [[id, event, data as text], ..] newest first, absent if none is of this room;
--          before: for the next page, absent after the last}
local newest = args.before and '(' .. args.before or '+'
local page = redis.call('XREVRANGE', HISTORY, newest, string.format('%d', now - args.history), 'COUNT', args.count)
local found = {}
for _, entry in ipairs(page) do
  local fields = {}
  for i = 1, #entry[2], 2 do
    fields[entry[2][i]] = entry[2][i + 1]
  end
  if fields.room == args.room_id and fields.event then
    found[#found + 1] = {entry[1], fields.event, fields.data or '{}'}
  end
end
return answer({
  outcome = 'page',
  entries = #found > 0 and found or nil,
  before = #page == args.count and page[#page][1] or nil})
