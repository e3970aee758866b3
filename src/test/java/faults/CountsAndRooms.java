package faults;

import java.util.List;
import support.RealRedis;

/** Checks that each agent's count is the number of rooms that Redis has for them. */
final class CountsAndRooms {
    /** Reads both in one step, so that nothing can change in between. */
    private static final String COMPARED = """
            local rooms = {}
            for _, json in ipairs(redis.call('HVALS', 'assigned')) do
              local held = cjson.decode(json)
              -- A room that moves counts for both agents.
              for _, agent in ipairs({held.agent_id, held.to and held.to.agent_id}) do
                rooms[agent] = (rooms[agent] or 0) + 1
              end
            end
            local wrong = {}
            local counts = redis.call('HGETALL', 'agent_customer_count')
            for i = 1, #counts, 2 do
              if tonumber(counts[i + 1]) ~= (rooms[counts[i]] or 0) then
                wrong[#wrong + 1] = counts[i] .. ' counts ' .. counts[i + 1] .. ', rooms ' .. (rooms[counts[i]] or 0)
              end
              rooms[counts[i]] = nil
            end
            for agent, n in pairs(rooms) do
              wrong[#wrong + 1] = agent .. ' counts nothing, rooms ' .. n
            end
            return wrong
            """;

    private CountsAndRooms() {}

    /** @return one line per agent whose count is wrong at this moment */
    static List<String> wrong(RealRedis redis) {
        return ((List<?>) redis.client().eval(COMPARED))
                .stream().map(Object::toString).toList();
    }
}
