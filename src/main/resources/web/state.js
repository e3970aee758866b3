// What the page shows. Panels are functions of it; each change draws them again.

export const state = {
  /** As the server sent it last; null before that. */
  board: null,
  /** Milliseconds by which the clock of the board's times, Redis's, is ahead of ours. */
  ahead: 0,
  link: {state: 'waiting'},
  /** When the server was heard last; 0 before that. */
  heardAt: 0,
  theme: document.documentElement.dataset.theme ?? 'system',
  /** A screen on the wall: there is nobody to act or to scroll. */
  wall: false,
  filter: {channel: '', agent: '', q: ''},
  /** Groups of agents that are open. */
  open: [],
  /** Lists that show all they have, on a phone too. */
  unfolded: [],
  /** The room whose history is open: `{id, name}`, and what the server answered. */
  room: null,
  /** The agent who is open: `{id}`, and the customers they have. */
  agent: null,
  /** What was looked for, and those who were found. */
  found: null,
  /** The parked session that the user may drop. */
  dropping: null,
  /** What was asked for about a room or an agent: `{id, busy}`, or `{id, text}` if it was refused. */
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

/** The present by our clock; it stands still while nobody tells what happens. */
export const present = () => isLost() && state.heardAt ? state.heardAt : Date.now();

/** The same by the clock of the board's times. */
export const now = () => present() + state.ahead;
