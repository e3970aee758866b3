// What the user does.
import {filterBy} from './address.js';
import {isFound} from './choose.js';
import {agentName, customerName} from './names.js';
import {change, state} from './state.js';
import {say, words} from './words.js';

/** @return the answer's JSON, with whether it is `ok` and its `status` */
async function ask(method, path, body) {
  try {
    const response = await fetch(path, {
      method, credentials: 'same-origin',
      headers: {Accept: 'application/json', ...body && {'Content-Type': 'application/json'}},
      body: body ? JSON.stringify(body) : null});
    return {ok: response.ok, status: response.status, ...await response.json().catch(() => ({}))};
  } catch {
    return {ok: false, message: words.unreachable};
  }
}

const sentence = (answer, done) => answer.ok ? done : say(answer.message) ?? (answer.status ? words.failedWith({status: answer.status}) : words.failed);

/** Asks the server to do something with one thing on the board. A refusal is shown beside its button. */
async function askAbout(id, done, ...call) {
  change({asked: {id, busy: true}});
  const answer = await ask(...call);
  const news = sentence(answer, done);
  change({news, asked: answer.ok ? null : {id, text: news}});
  return answer;
}

async function decide(parked, method, path, done) {
  const {ok} = await askAbout(parked.room_id, done({customer: customerName(parked)}),
    method, `/parked/${encodeURIComponent(parked.room_id)}${path}`);
  if (ok) {
    const {board} = state;
    change({board: {...board, parked: board.parked.filter(other => other.room_id !== parked.room_id)}});
    (document.querySelector('#parked button') ?? document.getElementById('line')).focus();
  }
}

export const retry = parked => decide(parked, 'POST', '/retry', words.retried);
export const drop = parked => decide(parked, 'DELETE', '', words.dropped);

const paused = ({until, reason}) => ({until: until ? new Date(until).toISOString() : null, reason: reason ?? null});

/** How to undo an action on an agent; null for other actions. */
function undoing({event, agent_id, before}) {
  const path = `/agents/${encodeURIComponent(agent_id)}`;
  switch (event) {
    case 'paused': return before ? () => act('POST', `${path}/pause`, paused(before)) : () => act('POST', `${path}/resume`);
    case 'resumed': return () => act('POST', `${path}/pause`, paused(before));
    case 'capacity_set': return () => act('PUT', `${path}/capacity`, {max_customer_per_agent: before ?? null});
    default: return null;
  }
}

/**
 * Sends an operator's action. If the room is open, its new state is shown.
 *
 * @return whether it was done, the result in words, and how to undo it
 */
export async function act(method, path, body, roomId) {
  const answer = await ask(method, path, body);
  if (roomId) {
    await refresh(roomId);
  }
  return {ok: answer.ok, text: sentence(answer, say(answer.message)), undo: answer.ok && answer.data ? undoing(answer.data) : null};
}

async function refresh(roomId) {
  const {ok, data} = await ask('GET', `/sessions/${encodeURIComponent(roomId)}`);
  if (ok && state.room?.room_id === roomId) {
    // Clear what the room no longer has.
    change({room: {position: null, reason: null, agent: null, ...data, name: data.name || state.room.name}});
  }
}

export async function switchAgent(agent) {
  const done = agent.online ? words.goesHome : words.comesBack;
  await askAbout(agent.id, done({agent: agentName(agent)}),
    'PUT', `/simulator/agents/${encodeURIComponent(agent.id)}/${agent.online ? 'offline' : 'online'}`);
}

export async function openHistory(room) {
  change({room});
  const answer = await ask('GET', `/sessions/${encodeURIComponent(room.room_id)}`);
  if (state.room === room) {
    const {data} = answer;
    change({room: answer.ok && data
      ? {...room, ...data, name: data.name || room.name}
      : {...room, failure: sentence({...answer, ok: false})}});
  }
}

/** The sessions that have an agent, page by page. */
async function withAgents() {
  const sessions = [];
  for (let page = 1, pages = 1; page <= pages; page++) {
    const {ok, data} = await ask('GET', `/sessions?state=assigned&limit=200&page=${page}`);
    if (!ok) {
      break;
    }
    sessions.push(...data.sessions);
    ({pages} = data);
  }
  return sessions;
}

export async function openAgent({id}) {
  const agent = {id};
  change({agent});
  const customers = (await withAgents()).filter(session => session.agent?.id === id);
  if (state.agent === agent) {
    change({agent: {id, customers}});
  }
}

/** A room id opens that room; other text is searched for in the names and rooms of all customers. */
export async function find() {
  const q = state.filter.q.trim();
  if (q) {
    const {board} = state;
    const all = [...board?.customers ?? [], ...board?.parked ?? [], ...await withAgents()].filter(one => isFound(one, q));
    const rooms = [...new Map(all.map(one => [one.room_id, one])).values()];
    const room = rooms.find(one => one.room_id === q) ?? (rooms.length === 1 ? rooms[0] : null);
    if (room || rooms.length === 0) {
      // The room is open now, so the board is no longer filtered.
      filterBy({q: ''});
      openHistory({room_id: room?.room_id ?? q, name: room?.name});
    } else {
      change({found: {q, rooms}});
    }
  }
}

const THEMES = ['system', 'dark', 'light'];

export function nextTheme() {
  const theme = THEMES[(THEMES.indexOf(state.theme) + 1) % THEMES.length];
  if (theme === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
  try {
    localStorage.setItem('theme', theme);
  } catch {
    // Without storage it lasts as long as the page.
  }
  change({theme});
}
