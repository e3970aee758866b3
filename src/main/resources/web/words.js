// Every word of the page. Reasons, troubles and histories come from the server in words.

const two = number => String(number).padStart(2, '0');
const timeOfDay = (at, parts) => new Date(at).toLocaleTimeString([], {hour: '2-digit', minute: '2-digit', hour12: false, ...parts});
const clock = at => timeOfDay(at, {second: '2-digit'});
const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;

/** A length of time in words: 0.4 s, 42 s, 3 min 12 s, 2 h 5 min. */
function duration(ms) {
  const seconds = ms / 1000;
  if (seconds < 9.95) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${whole} s`;
  }
  return whole < 3600
    ? `${Math.floor(whole / 60)} min${whole % 60 ? ` ${whole % 60} s` : ''}`
    : `${Math.floor(whole / 3600)} h ${Math.floor(whole / 60) % 60} min`;
}

/** A wait that is still running: 0:42, 3:12, 1:02:33. */
function stopwatch(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes}:${two(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

function ago(ms) {
  const seconds = Math.floor(ms / 1000);
  return seconds < 5 ? 'just now'
    : seconds < 60 ? `${seconds} s ago`
    : seconds < 3600 ? `${Math.floor(seconds / 60)} min ago`
    : `${Math.floor(seconds / 3600)} h ago`;
}

export const words = {
  duration, stopwatch, ago, clock,
  minute: at => timeOfDay(at),
  day: at => at.toLocaleDateString([], {day: 'numeric', month: 'short'}),
  percent: share => `${Math.floor(share * 100)}%`,
  none: '–',

  title: ({waiting, late, goal}) => waiting === 0 ? 'Nobody waits'
    : late > 0 ? `${late} longer than ${duration(goal)} · ${waiting} waiting` : `${waiting} waiting`,
  skip: 'Skip to who waits',
  brand: 'Agent assignment',
  simulation: 'Simulation.',
  simulationHint: 'Send an agent home and watch the line.',
  customerOrRoom: 'Customer or room',
  find: 'Find',
  clear: 'Clear',
  filterChannel: 'Channel',
  filterAgent: 'Agent',
  allChannels: 'All channels',
  allAgents: 'All agents',
  filteredOf: (shown, all) => `${shown} of ${all}`,
  more: number => `and ${number} more`,
  foundFor: (q, number) => `${number} customers for “${q}”`,
  withAgent: agent => `with ${agent}`,
  showHistory: 'Show the history',
  theme: {system: 'Theme: as the system', dark: 'Theme: dark', light: 'Theme: light'},

  connecting: 'Connecting',
  live: 'Live',
  polling: 'Every 2 s',
  refused: status => `Refused (${status})`,
  lost: heardAt => heardAt ? `Lost, as of ${clock(heardAt)}` : 'Not connected',

  room: id => `Room ${id}`,
  agent: id => `Agent ${id}`,
  channel: id => `Channel ${id}`,
  channelKinds: {
    wa: 'WhatsApp', qiscus: 'Live chat', telegram: 'Telegram', line: 'LINE', fb: 'Facebook', ig: 'Instagram',
    'ig-dm': 'Instagram', instagram: 'Instagram', facebook: 'Facebook', custom: 'Custom channel', default: 'No channel',
  },

  troubles: 'Trouble',
  severity: {BAD: 'Trouble: ', WARNING: 'Look: ', NOTE: 'Note: '},
  since: at => `since ${clock(at)}`,

  figures: 'At a glance',
  waiting: 'Waiting',
  longerThan: (late, goal) => `${late} longer than ${duration(goal)}`,
  withAnAgent: served => `${served} with an agent`,
  longest: 'Longest wait',
  nobodyWaits: 'Nobody waits',
  agentsAvailable: 'Agents available',
  freeSlots: (agents, free) => `of ${agents}; ${count(free, 'free slot', 'free slots')}`,
  notSeenYet: 'not seen yet',
  inTime: goal => goal ? `In time (${duration(goal)})` : 'In time',
  lastHour: 'last hour',
  median: 'Wait, median',
  within: p95 => `95% within ${duration(p95)}`,

  line: 'Who waits',
  lineCaption: 'The customers who wait, the oldest first',
  lineHead: {rank: 'No.', customer: 'Customer', channel: 'Channel', wait: 'Waits', why: 'Why'},
  oldestOf: (shown, all) => `the oldest ${shown} of ${all}`,
  showFewer: 'Show fewer',
  lineEmpty: 'Nobody waits.',

  agents: 'Agents',
  agentsEmpty: 'No agent was seen yet. They appear within a minute.',
  availableOf: (available, all) => `${available} of ${all} available`,
  groups: {full: number => `${number} full`, away: number => `${number} away`},
  showAgent: 'Show this agent',
  pausedUntil: (until, reason) => `paused${until ? ` until ${timeOfDay(until)}` : ''}${reason ? `: ${reason}` : ''}`,
  pauseReasons: {silent: 'did not answer'},
  moreAgents: number => `and ${number} more agents`,
  load: (customers, capacity) => `${customers} of ${capacity}`,
  agentState: {unknown: 'not seen', offline: 'offline', paused: 'paused', full: 'full', free: 'free'},
  assignedAgo: ms => `assigned ${ago(ms)}`,
  noneAssigned: 'none assigned yet',
  fromElsewhere: number => `${number} from elsewhere`,
  seenAgo: ms => `seen ${ago(ms)}`,
  sendHome: 'Send home',
  bringBack: 'Bring back',
  sendAgentHome: agent => `Send ${agent} home`,
  bringAgentBack: agent => `Bring ${agent} back`,

  channels: 'Channels',
  channelsAside: 'assigned and in time: last hour',
  channelsCaption: 'Who waits in each channel, and the last hour there',
  channelsHead: {channel: 'Channel', waiting: 'Waiting', longest: 'Longest', assigned: 'Assigned', inTime: 'In time'},
  channelsEmpty: 'No customer in the last hour.',

  hour: 'Last hour',
  hourSums: ({came, assigned, resolved}) => `${came} came · ${assigned} assigned · ${resolved} resolved`,
  hourInWords: ({came, assigned}, busiest, lately) => `In the last hour ${came} customers came, ${assigned} were assigned, `
    + `at most ${busiest} in a minute; ${lately} in the ten minutes before this one.`,
  now: 'now',
  assignedPerMinute: 'assigned per minute',
  camePerMinute: 'came per minute',
  most: busiest => `most: ${busiest}`,

  movesFrom: (agent, unanswered) => `moves from ${agent}${unanswered ? `, unanswered for ${unanswered}` : ''}`,

  parked: 'Parked',
  parkedEmpty: 'Nothing is parked.',
  parkedOf: (shown, all) => `${shown} of ${all}`,
  noReason: 'No reason is known',
  retry: 'Retry',
  drop: 'Drop',
  retryThem: customer => `Retry ${customer}`,
  dropThem: customer => `Drop ${customer}`,

  dropTitle: 'Drop this customer?',
  dropConsequence: customer => `${customer} will get no agent from us, unless a new message comes.`,
  keep: 'Keep',
  close: 'Close',
  reading: 'Reading',
  whereabouts: {
    waiting: (position, channel, reason) =>
      `waits${position ? ` at place ${position}` : ''}${channel ? ` in ${channel}` : ''}${reason ? `: ${reason}` : ''}`,
    claimed: agent => `is being placed${agent ? ` with ${agent}` : ''}`,
    assigned: (agent, since) => agent ? `with ${agent} since ${clock(since)}` : 'has an agent',
    parked: reason => `parked: ${reason}`,
    resolved: 'resolved',
  },

  console: {
    session: 'What to do with this customer',
    agent: 'What to do with this agent',
    give: 'Give',
    toAgent: 'To which agent',
    nextInTurn: 'the next in turn',
    choice: (name, customers, capacity, is) => `${name} (${customers} of ${capacity}${is === 'paused' ? ', paused' : ''})`,
    beyond: 'beyond the capacity',
    first: 'Let be the next',
    move: 'Move',
    release: 'Take back',
    pause: 'Pause',
    howLong: 'For how long',
    minutes: number => number < 60 ? `${number} min` : `${number / 60} h`,
    untilResumed: 'until resumed',
    reason: 'Reason',
    resume: 'Resume',
    capacity: 'Capacity of this agent',
    setCapacity: 'Set capacity',
    ofAll: capacity => `${capacity}, as all`,
    busy: 'Under way …',
    undo: 'Undo',
  },

  programLost: heardAt => 'The program cannot be reached: nothing here moves'
    + (heardAt ? `, all is as of ${clock(heardAt)}.` : '.'),
  programLostTitle: 'Not connected',
  programBack: 'The program is back.',
  unreachable: 'The program cannot be reached.',
  failed: status => status ? `That failed (${status}).` : 'That failed.',
  retried: customer => `${customer} waits again, at the old place.`,
  dropped: customer => `${customer} is dropped.`,
  goesHome: agent => `${agent} goes home; the board shows it within a minute.`,
  comesBack: agent => `${agent} comes back; the board shows it within a minute.`,
  troubleOver: 'The trouble is over.',
  customersWait: number => count(number, 'customer waits.', 'customers wait.'),
  nobodyWaitsAnyMore: 'Nobody waits any more.',
};
