// The state that is kept in the address, and so survives a reload: filters, open groups, and whether this is a wall
// screen.
import {change, state} from './state.js';

const asked = new URLSearchParams(location.search);
const one = name => asked.get(name) ?? '';

Object.assign(state, {
  wall: one('view') === 'wall',
  filter: {channel: one('channel'), agent: one('agent'), q: one('q')},
  open: one('open').split(',').filter(Boolean),
});

/** Keeps everything else in the address. */
function remember({filter, open}) {
  const said = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries({...filter, open: open.join(',')})) {
    value ? said.set(name, value) : said.delete(name);
  }
  const query = said.toString().replaceAll('%2C', ',');
  history.replaceState(null, '', query ? `?${query}` : location.pathname);
}

function alter(changes) {
  remember({...state, ...changes});
  change(changes);
}

export const filterBy = part => alter({filter: {...state.filter, ...part}});

export function toggle(group) {
  const {open} = state;
  alter({open: open.includes(group) ? open.filter(other => other !== group) : [...open, group]});
}
