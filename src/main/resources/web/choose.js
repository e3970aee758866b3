// What is shown, and in which order. Pure functions.
const NATURAL = new Intl.Collator(undefined, {numeric: true, sensitivity: 'base'});
const RANKS = {free: 0, full: 1};

export const byName = (a, b) => NATURAL.compare(a.name ?? a.id, b.name ?? b.id);
export const share = ({customers, capacity}) => capacity > 0 ? customers / capacity : customers > 0 ? Infinity : 1;

/** `free` and `full` agents get customers, now or later; the others are away. */
export function stateOf(agent) {
  return agent.online === undefined ? 'unknown'
    : agent.paused ? 'paused'
    : !agent.online ? 'offline'
    : agent.customers >= agent.capacity ? 'full' : 'free';
}

export const isAvailable = agent => ['free', 'full'].includes(stateOf(agent));

/** Free slots first, then by load, then by name. */
export function inOrder(agents) {
  const rank = agent => RANKS[stateOf(agent)] ?? 2;
  return [...agents].sort((a, b) => rank(a) - rank(b) || share(a) - share(b) || byName(a, b));
}

/** Matches the name or the room, the two that a supervisor sees. */
export function isFound({name, room_id}, q) {
  const part = q.trim().toLowerCase();
  return `${name ?? ''}\n${room_id}`.toLowerCase().includes(part);
}

/** Parked sessions have no agent, so the agent filter does not apply to them. */
export const passes = (customer, {channel, agent, q}, isParked = false) =>
  (!channel || customer.channel === channel)
  && (!agent || isParked || customer.move?.agent_id === agent)
  && isFound(customer, q);

export const isFiltered = ({channel, agent, q}) => Boolean(channel || agent || q.trim());

/** The agents that a decision considered: the chosen one, then the least busy. */
export function rivals({agents = [], agent_id: chosen}) {
  const told = agents.map(([id, name, load, capacity, certain = load, paused]) => ({id, name, customers: load, capacity, certain, paused}));
  return told.sort((a, b) => (b.id === chosen) - (a.id === chosen) || Boolean(a.paused) - Boolean(b.paused) || share(a) - share(b));
}
