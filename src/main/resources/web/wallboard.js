// The wallboard. What comes from outside is only ever set as text, never as markup.

const $ = id => document.getElementById(id);

// ---- elements

/** An element: of text children, attributes, listeners (on...), and further elements. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value);
    }
  }
  element.append(...children);
  return element;
}

/** Writes only what is new, so that nothing is read out or drawn again for nothing. */
function write(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

function mark(element, name, value) {
  if (value === null || value === undefined || value === false) {
    element.removeAttribute(name);
  } else if (element.getAttribute(name) !== String(value)) {
    element.setAttribute(name, value);
  }
}

/** One child for each item, kept as long as its key is there: focus stays where it is. */
function list(parent, items, key, create, update) {
  const kept = new Map([...parent.children].map(child => [child.dataset.key, child]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const name = key(item);
    let child = kept.get(name);
    if (child) {
      kept.delete(name);
    } else {
      child = create(item);
      child.dataset.key = name;
    }
    update(child, item);
    if (child === place) {
      place = place.nextElementSibling;
    } else {
      parent.insertBefore(child, place);
    }
  }
  kept.forEach(child => child.remove());
}

const part = (element, name) => element.querySelector(`[data-part="${name}"]`);

// ---- words

const two = number => String(number).padStart(2, '0');

/** A wait: 0:42, 3:12, 1:02:33. */
function stopwatch(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes}:${two(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** A length of time, as it is said: 0.4 s, 42 s, 3 min 12 s, 2 h 5 min. */
function spoken(ms) {
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

function ago(ms) {
  const seconds = Math.floor(ms / 1000);
  return seconds < 5 ? 'just now'
    : seconds < 60 ? `${seconds} s ago`
    : seconds < 3600 ? `${Math.floor(seconds / 60)} min ago`
    : `${Math.floor(seconds / 3600)} h ago`;
}

const clockTime = at => new Date(at).toLocaleTimeString([], {hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false});
const clockMinute = at => new Date(at).toLocaleTimeString([], {hour: '2-digit', minute: '2-digit', hour12: false});
const percent = share => `${Math.floor(share * 100)}%`;
const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;

const KINDS_OF_CHANNEL = {
  wa: 'WhatsApp', qiscus: 'Live chat', telegram: 'Telegram', line: 'LINE', fb: 'Facebook', ig: 'Instagram',
  'ig-dm': 'Instagram', instagram: 'Instagram', facebook: 'Facebook', custom: 'Custom channel', default: 'No channel',
};

/** What a channel is called: by its kind, and by its id where the board shows several of that kind. */
function channelWords(channel, source) {
  const from = source ?? board?.channels.find(one => one.channel === channel)?.source;
  const kind = KINDS_OF_CHANNEL[from] ?? from ?? KINDS_OF_CHANNEL[channel];
  if (!kind) {
    return channel ? `Channel ${channel}` : '';
  }
  const alone = (board?.channels ?? []).every(one => one.channel === channel || one.source !== from);
  return alone || !channel || channel === from ? kind : `${kind} ${channel}`;
}

const customerWords = (name, room) => name || `Room ${room}`;
const agentWords = (name, id) => name || `Agent ${id}`;

const SIGNS = {
  JUST_CAME: '•', NOBODY_ONLINE: '○', EVERYBODY_FULL: '●', OLDER_FIRST: '≡', QISCUS_FAILS: '!', BEING_PLACED: '→',
};
const TROUBLE_WORDS = {BAD: 'Trouble', WARNING: 'Look', NOTE: 'Note'};
const TROUBLE_SIGNS = {BAD: '✕', WARNING: '!', NOTE: 'i'};

// ---- the board

let board = null;
/** How far Redis's clock, by which all times of the board are, is ahead of ours. */
let ahead = 0;

const now = () => Date.now() + ahead;

function draw() {
  write($('clock'), clockTime(Date.now()));
  if (!board) {
    return;
  }
  $('board').removeAttribute('data-empty');
  drawTroubles();
  drawFigures();
  drawCustomers();
  drawAgents();
  drawChannels();
  drawHour();
  drawParked();
  $('simulated').hidden = !board.simulated;
  document.title = board.waiting === 0 ? 'Nobody waits' : `${board.waiting} waiting`;
}

function drawTroubles() {
  list($('troubles-list'), board.troubles, trouble => trouble.severity + trouble.text.replace(/\d+/g, '#'),
    () => make('li', {},
      make('span', {class: 'sign', 'aria-hidden': 'true', 'data-part': 'sign'}),
      make('strong', {class: 'hidden', 'data-part': 'severity'}),
      make('span', {'data-part': 'text'}),
      make('span', {class: 'since', 'data-part': 'since'})),
    (item, trouble) => {
      mark(item, 'data-severity', trouble.severity);
      write(part(item, 'sign'), TROUBLE_SIGNS[trouble.severity]);
      write(part(item, 'severity'), `${TROUBLE_WORDS[trouble.severity]}: `);
      write(part(item, 'text'), trouble.text);
      write(part(item, 'since'), trouble.since ? `since ${clockTime(trouble.since)}` : '');
    });
  $('troubles').hidden = board.troubles.length === 0;
}

function drawFigures() {
  const {oldest, hour, agents} = board;
  const online = agents.filter(agent => agent.online);
  const free = online.reduce((sum, agent) => sum + Math.max(0, agent.capacity - agent.customers), 0);

  write($('waiting'), String(board.waiting));
  write($('waiting-note'), board.late > 0
    ? `${board.late} longer than ${spoken(board.goal)}`
    : `${board.served} with an agent`);
  mark($('figure-waiting'), 'data-state', board.late > 0 ? 'bad' : board.waiting > 0 ? 'busy' : 'good');

  const wait = oldest ? now() - oldest.first_asked : 0;
  write($('longest'), oldest ? stopwatch(wait) : '–');
  write($('longest-note'), oldest
    ? `${customerWords(oldest.name, oldest.room_id)}: ${oldest.why.words.toLowerCase().startsWith('qiscus') ? oldest.why.words : oldest.why.words.charAt(0).toLowerCase() + oldest.why.words.slice(1)}`
    : 'Nobody waits');
  mark($('figure-longest'), 'data-state', !oldest ? 'good' : wait > board.goal ? 'bad' : 'busy');

  const looked = agents.some(agent => agent.online !== undefined);
  write($('online'), looked ? String(online.length) : '–');
  write($('online-note'), looked ? `of ${agents.length}; ${count(free, 'free slot', 'free slots')}` : 'nobody looked yet');
  mark($('figure-online'), 'data-state', !looked ? null : online.length === 0 ? 'bad' : free === 0 ? 'busy' : 'good');

  write($('goal-title'), `In time (${spoken(board.goal)})`);
  write($('goal'), hour.within_goal === undefined ? '–' : percent(hour.within_goal));
  write($('goal-note'), 'last hour');
  mark($('figure-goal'), 'data-state',
    hour.within_goal === undefined ? null : hour.within_goal >= 0.9 ? 'good' : hour.within_goal >= 0.75 ? 'busy' : 'bad');

  write($('p50'), hour.p50 === undefined ? '–' : spoken(hour.p50));
  write($('p95'), hour.p95 === undefined ? 'last hour' : `95% within ${spoken(hour.p95)}`);
}

function whyCell() {
  return make('span', {class: 'why'},
    make('span', {class: 'sign', 'aria-hidden': 'true', 'data-part': 'sign'}), make('span', {'data-part': 'why'}));
}

function writeWhy(element, why) {
  mark(part(element, 'sign').parentElement, 'data-kind', why.kind);
  write(part(element, 'sign'), SIGNS[why.kind]);
  write(part(element, 'why'), why.words);
}

function drawCustomers() {
  list($('customers'), board.customers, customer => customer.room_id,
    customer => make('tr', {},
      make('td', {class: 'rank', 'data-part': 'rank'}),
      make('th', {scope: 'row'},
        make('button', {
          type: 'button', class: 'name', title: 'Show the history', 'data-part': 'name',
          onclick: () => showHistory(customer.room_id, customer.name),
        })),
      make('td', {class: 'channel', 'data-part': 'channel'}),
      make('td', {class: 'end time', 'data-part': 'wait'}),
      make('td', {class: 'reason'}, whyCell())),
    (row, customer) => {
      const wait = now() - customer.first_asked;
      write(part(row, 'rank'), String(board.customers.indexOf(customer) + 1));
      write(part(row, 'name'), customerWords(customer.name, customer.room_id));
      write(part(row, 'channel'), channelWords(customer.channel, customer.source));
      write(part(row, 'wait'), stopwatch(wait));
      mark(row, 'data-late', wait > board.goal ? 'yes' : null);
      writeWhy(row, customer.why);
    });
  $('customers-none').hidden = board.customers.length > 0;
  mark($('customers').parentElement, 'hidden', board.customers.length === 0 ? '' : null);
  $('unfold').hidden = board.customers.length <= 8;
  write($('unfold'), $('line').classList.contains('folded') ? `Show all ${board.customers.length}` : 'Show fewer');
  const more = board.waiting - board.customers.length;
  write($('line-aside'), more > 0 ? `the oldest ${board.customers.length} of ${board.waiting}` : '');
}

function drawAgents() {
  list($('desks'), board.agents, agent => agent.id,
    agent => make('li', {class: 'desk'},
      make('div', {class: 'desk-head'},
        make('span', {class: 'dot', 'aria-hidden': 'true'}),
        make('strong', {'data-part': 'name'}),
        make('button', {type: 'button', class: 'switch', 'data-part': 'switch', onclick: () => switchAgent(agent.id)})),
      make('div', {class: 'slots'},
        make('span', {class: 'pips', 'aria-hidden': 'true', 'data-part': 'pips'}),
        make('span', {'data-part': 'load'}),
        make('span', {class: 'state', 'data-part': 'state'})),
      make('p', {class: 'note', 'data-part': 'note'})),
    (desk, agent) => {
      const full = agent.customers >= agent.capacity;
      const state = agent.online === undefined ? 'unknown' : !agent.online ? 'offline' : full ? 'full' : 'free';
      mark(desk, 'data-state', state);
      write(part(desk, 'name'), agentWords(agent.name, agent.id));
      write(part(desk, 'state'), {unknown: 'not seen', offline: 'offline', full: 'full', free: 'free'}[state]);
      write(part(desk, 'load'), `${agent.customers} of ${agent.capacity}`);
      drawPips(part(desk, 'pips'), agent);
      const notes = [agent.last_assigned ? `assigned ${ago(now() - agent.last_assigned)}` : 'none assigned yet'];
      if (agent.foreign > 0) {
        notes.push(`${agent.foreign} from elsewhere`);
      }
      if (agent.seen && now() - agent.seen > board.stale_after) {
        notes.push(`seen ${ago(now() - agent.seen)}`);
      }
      write(part(desk, 'note'), notes.join(' · '));
      const button = part(desk, 'switch');
      button.hidden = !board.simulated || agent.online === undefined;
      write(button, agent.online ? 'Send home' : 'Bring back');
      mark(button, 'aria-label', `${agent.online ? 'Send' : 'Bring'} ${agentWords(agent.name, agent.id)} ${agent.online ? 'home' : 'back'}`);
    });
  const online = board.agents.filter(agent => agent.online).length;
  write($('agents-aside'), board.agents.some(agent => agent.online !== undefined) ? `${online} of ${board.agents.length} online` : '');
  $('desks-none').hidden = board.agents.length > 0;
}

/** A round mark for each place, filled where a customer is; a bar where there are too many to count. */
function drawPips(element, agent) {
  const many = agent.capacity > 10;
  const wanted = many ? 1 : Math.max(agent.capacity, Math.min(agent.customers, 10));
  while (element.children.length > wanted) {
    element.lastElementChild.remove();
  }
  while (element.children.length < wanted) {
    element.append(make('i'));
  }
  [...element.children].forEach((pip, index) => {
    pip.className = many ? 'gauge' : index >= agent.capacity ? 'pip over' : index < agent.customers ? 'pip taken' : 'pip';
    if (many) {
      pip.style.setProperty('--part', Math.min(1, agent.customers / agent.capacity));
    }
  });
}

function drawChannels() {
  list($('channels'), board.channels, channel => channel.channel,
    () => make('tr', {},
      make('th', {scope: 'row', 'data-part': 'name'}),
      make('td', {class: 'end strong', 'data-part': 'waiting'}),
      make('td', {class: 'end time', 'data-part': 'longest'}),
      make('td', {class: 'end', 'data-part': 'assigned'}),
      make('td', {class: 'end', 'data-part': 'goal'})),
    (row, channel) => {
      const wait = channel.first_asked ? now() - channel.first_asked : null;
      write(part(row, 'name'), channelWords(channel.channel, channel.source));
      write(part(row, 'waiting'), String(channel.waiting));
      write(part(row, 'longest'), wait === null ? '–' : stopwatch(wait));
      write(part(row, 'assigned'), String(channel.assigned));
      write(part(row, 'goal'), channel.within_goal === undefined ? '–' : percent(channel.within_goal));
      mark(row, 'data-late', wait !== null && wait > board.goal ? 'yes' : null);
      mark(row, 'title', channel.why ? channel.why.words : null);
    });
  $('channels-none').hidden = board.channels.length > 0;
  mark($('channels').parentElement, 'hidden', board.channels.length === 0 ? '' : null);
}

const SVG = 'http://www.w3.org/2000/svg';

function drawHour() {
  const {hour} = board;
  const chart = $('chart');
  if (!chart.children.length) {
    for (let i = 0; i < 60; i++) {
      const bar = document.createElementNS(SVG, 'rect');
      bar.setAttribute('x', i * 10 + 1.5);
      bar.setAttribute('width', 7);
      bar.setAttribute('class', i === 59 ? 'bar present' : 'bar');
      chart.append(bar);
    }
    const step = document.createElementNS(SVG, 'path');
    step.setAttribute('class', 'step');
    chart.append(step);
  }
  const most = Math.max(4, ...hour.assigned_per_minute, ...hour.came_per_minute);
  const height = number => number / most * 112;
  hour.assigned_per_minute.forEach((number, i) => {
    mark(chart.children[i], 'height', height(number));
    mark(chart.children[i], 'y', 120 - height(number));
  });
  mark(chart.lastElementChild, 'd', hour.came_per_minute
    .map((number, i) => `${i ? 'V' : 'M0 '}${(119 - height(number)).toFixed(1)}H${(i + 1) * 10}`).join(''));
  write($('axis-from'), clockMinute(hour.minute - ahead - 59 * 60000));
  write($('axis-middle'), clockMinute(hour.minute - ahead - 29 * 60000));
  write($('hour-aside'), `${hour.came} came · ${hour.assigned} assigned · ${hour.resolved} resolved`);
  const busiest = Math.max(...hour.assigned_per_minute);
  write($('chart-most'), busiest ? `most: ${busiest}` : '');
  write($('chart-words'), `In the last hour ${hour.came} customers came, ${hour.assigned} were assigned, at most ${busiest} in a minute; `
    + `${hour.assigned_per_minute.slice(-11, -1).reduce((sum, number) => sum + number, 0)} in the ten minutes before this one.`);
}

function drawParked() {
  list($('parked'), board.parked, aside => aside.room_id,
    aside => make('li', {},
      make('div', {class: 'aside-words'},
        make('button', {
          type: 'button', class: 'name', title: 'Show the history', 'data-part': 'name',
          onclick: () => showHistory(aside.room_id, aside.name),
        }),
        make('span', {class: 'note', 'data-part': 'note'}),
        make('p', {'data-part': 'reason'})),
      make('div', {class: 'choices'},
        make('button', {type: 'button', 'data-part': 'retry', onclick: () => retry(aside)}, 'Retry'),
        make('button', {type: 'button', class: 'danger', 'data-part': 'drop', onclick: () => drop(aside)}, 'Drop'))),
    (item, aside) => {
      const name = customerWords(aside.name, aside.room_id);
      write(part(item, 'name'), name);
      write(part(item, 'note'), [channelWords(aside.channel, aside.source), aside.at ? ago(now() - aside.at) : '']
        .filter(Boolean).join(' · '));
      write(part(item, 'reason'), aside.reason ?? 'No reason is known');
      part(item, 'retry').hidden = !aside.can_retry;
      mark(part(item, 'retry'), 'aria-label', `Retry ${name}`);
      mark(part(item, 'drop'), 'aria-label', `Drop ${name}`);
    });
  $('parked-none').hidden = board.parked.length > 0;
  const more = board.parked_rooms - board.parked.length;
  write($('parked-aside'), more > 0 ? `${board.parked.length} of ${board.parked_rooms}` : '');
}

// ---- what is said aloud: when something begins or ends, and not every second

let said = {waiting: 0, troubles: ''};
let saidAt = 0;

function tell(sentence) {
  write($('news'), sentence);
}

function tellNews() {
  const troubles = board.troubles.filter(trouble => trouble.severity === 'BAD').map(trouble => trouble.text).join(' ');
  if (troubles !== said.troubles) {
    tell(troubles || 'The trouble is over.');
    said.troubles = troubles;
    saidAt = Date.now();
  } else if ((board.waiting > 0) !== (said.waiting > 0) && Date.now() - saidAt > 30000) {
    tell(board.waiting > 0 ? count(board.waiting, 'customer waits.', 'customers wait.') : 'Nobody waits any more.');
    said.waiting = board.waiting;
    saidAt = Date.now();
  }
}

// ---- what a human does

/** @return the answer's JSON, with whether it is `ok` and its `status` */
async function ask(method, path) {
  try {
    const response = await fetch(path, {method, credentials: 'same-origin', headers: {Accept: 'application/json'}});
    const answer = await response.json().catch(() => ({}));
    return {ok: response.ok, status: response.status, ...answer};
  } catch {
    return {ok: false, message: 'The program cannot be reached.'};
  }
}

async function decide(aside, method, path, done) {
  const answer = await ask(method, path);
  tell(answer.ok ? `${customerWords(aside.name, aside.room_id)} ${done}` : answer.message ?? `That failed (${answer.status}).`);
  if (answer.ok) {
    board = {...board, parked: board.parked.filter(other => other.room_id !== aside.room_id)};
    draw();
    ($('parked').querySelector('button') ?? $('line')).focus();
  }
}

const retry = aside => decide(aside, 'POST', `/parked/${encodeURIComponent(aside.room_id)}/retry`, 'waits again, at the old place.');

function drop(aside) {
  const dialog = $('confirm');
  write($('confirm-words'), `${customerWords(aside.name, aside.room_id)} will get no agent from us, unless a new message comes.`);
  dialog.returnValue = 'no';
  dialog.onclose = () => {
    if (dialog.returnValue === 'yes') {
      decide(aside, 'DELETE', `/parked/${encodeURIComponent(aside.room_id)}`, 'is dropped.');
    }
  };
  dialog.showModal();
}

async function switchAgent(id) {
  const agent = board.agents.find(one => one.id === id);
  const answer = await ask('PUT', `/simulator/agents/${encodeURIComponent(id)}/${agent.online ? 'offline' : 'online'}`);
  tell(answer.ok ? `${agentWords(agent.name, id)} ${agent.online ? 'goes home' : 'comes back'}; the board shows it within a minute.` : 'That failed.');
}

// ---- why a chat went where it went

/** Each agent's customers and capacity; from the certain number to the possible one where they differ. */
const loads = agents => (agents ?? []).map(([id, name, load, capacity, certain = load]) =>
  `${agentWords(name, id)} ${certain < load ? `${certain}–${load}` : load}/${capacity}`).join(', ');
const inBrackets = text => text ? ` (${text})` : '';

/** Where a room is at present. */
function whereabouts({state, position, channel, reason, agent}) {
  return {
    waiting: `waits${position ? ` at place ${position}` : ''}${channel ? ` in ${channelWords(channel)}` : ''}${reason ? `: ${reason}` : ''}`,
    claimed: `is being placed${agent ? ` with ${agentWords(agent.name, agent.id)}` : ''}`,
    assigned: agent ? `with ${agentWords(agent.name, agent.id)} since ${clockTime(agent.since - ahead)}` : 'has an agent',
    parked: `parked: ${reason}`,
    resolved: 'resolved',
  }[state] ?? '';
}

async function showHistory(room, name) {
  const dialog = $('history');
  write($('history-title'), name || `Room ${room}`);
  write($('history-aside'), 'Reading');
  $('events').replaceChildren();
  dialog.showModal();
  const answer = await ask('GET', `/sessions/${encodeURIComponent(room)}`);
  const story = answer.data;
  if (!answer.ok || !story) {
    write($('history-aside'), answer.message ?? `That failed (${answer.status}).`);
    return;
  }
  write($('history-title'), story.name || name || `Room ${room}`);
  write($('history-aside'), [`Room ${room}`, whereabouts(story)].filter(Boolean).join(', '));
  let day = new Date().toDateString();
  $('events').replaceChildren(...story.history.map(event => {
    const at = new Date(event.at - ahead);
    const another = at.toDateString() !== day;
    day = at.toDateString();
    return make('li', {},
      make('time', {datetime: at.toISOString()},
        `${another ? `${at.toLocaleDateString([], {day: 'numeric', month: 'short'})} ` : ''}${clockTime(at)}`),
      make('p', {}, `${event.text ?? event.event}${inBrackets(loads(event.agents))}`));
  }));
}

// ---- the stream

let stream = null;
let triedAt = 0;
let heardAt = 0;
let polling = null;

function link(state, text) {
  mark($('link'), 'data-state', state);
  write($('link-text'), text);
}

function show(look) {
  heardAt = Date.now();
  ahead = look.now - heardAt;
  board = look.board ?? board;
  mark(document.body, 'data-connected', board?.connected === false ? 'no' : null);
  draw();
  if (board) {
    tellNews();
  }
}

function listen() {
  triedAt = Date.now();
  stream?.close();
  stream = new EventSource('/wallboard/events');
  stream.onmessage = event => {
    clearInterval(polling);
    polling = null;
    link('live', 'Live');
    show(JSON.parse(event.data));
  };
  stream.addEventListener('beat', event => {
    link('live', 'Live');
    heardAt = Date.now();
    ahead = Number(event.data) - heardAt;
  });
  stream.onerror = () => {
    link('lost', board ? `Lost, as of ${clockTime(heardAt)}` : 'Not connected');
    if (stream.readyState === EventSource.CLOSED && !polling) {
      polling = setInterval(poll, 2000);
    }
  };
}

/** Where events are not to be had. */
async function poll() {
  try {
    const response = await fetch('/wallboard/state', {credentials: 'same-origin'});
    if (response.ok) {
      show(await response.json());
      link('live', 'Every 2 s');
      return;
    }
    link('lost', `Refused (${response.status})`);
  } catch {
    link('lost', `Lost, as of ${clockTime(heardAt)}`);
  }
}

// A connection may die without a word.
setInterval(() => {
  if (polling ? Date.now() - triedAt > 60000 : Date.now() - Math.max(heardAt, triedAt) > 30000) {
    listen();
  }
}, 5000);

// ---- theme, search, clock

const THEMES = {system: ['◐', 'as the system'], dark: ['●', 'dark'], light: ['○', 'light']};

function showTheme() {
  const theme = document.documentElement.dataset.theme ?? 'system';
  write($('theme-sign'), THEMES[theme][0]);
  mark($('theme'), 'aria-label', `Theme: ${THEMES[theme][1]}`);
  mark($('theme'), 'title', `Theme: ${THEMES[theme][1]}`);
}

$('theme').addEventListener('click', () => {
  const names = Object.keys(THEMES);
  const next = names[(names.indexOf(document.documentElement.dataset.theme ?? 'system') + 1) % names.length];
  if (next === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = next;
  }
  try {
    localStorage.setItem('theme', next);
  } catch {
    // It lasts as long as the page.
  }
  showTheme();
});

$('unfold').addEventListener('click', () => {
  $('line').classList.toggle('folded');
  draw();
});

$('lookup').addEventListener('submit', event => {
  event.preventDefault();
  showHistory($('lookup-room').value.trim());
});

document.querySelectorAll('dialog').forEach(dialog => dialog.addEventListener('click', event => {
  if (event.target === dialog) {
    dialog.close('no');
  }
}));

showTheme();
draw();
listen();
setInterval(draw, 1000);
