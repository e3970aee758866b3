// The state of the page. Panels are functions of it, and each change renders them again.

export const state = {
  /** The last one from the server; null before that. */
  board: null,
  /** By how many milliseconds the clock of the board's times, Redis's, is ahead of ours. */
  ahead: 0,
  link: {state: 'waiting'},
  /** When the server last sent something; 0 before that. */
  heardAt: 0,
  theme: document.documentElement.dataset.theme ?? 'system',
  /** A wall screen: it allows no actions and no scrolling. */
  wall: false,
  filter: {channel: '', agent: '', q: ''},
  /** The groups of agents that are open. */
  open: [],
  /** The lists that are unfolded, on a phone too. */
  unfolded: [],
  /** The room whose history is open: `{id, name}`, and the server's answer. */
  room: null,
  /** The open agent: `{id}`, and their customers. */
  agent: null,
  /** The search text, and the results. */
  found: null,
  /** The parked session that the user is about to drop. */
  dropping: null,
  /** The action on a room or an agent: `{id, busy}`, or `{id, text}` if it was refused. */
  asked: null,
  /** The last sentence for screen readers. */
  news: '',
};

let draw = () => {};

export function onChange(listener) {
  draw = listener;
}

export function change(changes) {
  Object.assign(state, changes);
  draw();
}

export const isLost = () => state.link.state === 'lost';

/** The present by our clock. It stops while the server sends nothing. */
export const present = () => isLost() && state.heardAt ? state.heardAt : Date.now();

/** The same by the clock of the board's times. */
export const now = () => present() + state.ahead;
