// What the page shows. Panels are functions of it; each change draws them again.

export const state = {
  /** As the server sent it last; null before that. */
  board: null,
  /** Milliseconds by which the clock of the board's times, Redis's, is ahead of ours. */
  ahead: 0,
  link: {state: 'waiting'},
  theme: document.documentElement.dataset.theme ?? 'system',
  /** On a phone the line shows its first customers only. */
  folded: true,
  /** The room whose history is open: `{id, name}`, and what the server answered. */
  room: null,
  /** The parked session that the user may drop. */
  dropping: null,
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

/** The present by the clock of the board's times. */
export const now = () => Date.now() + state.ahead;
