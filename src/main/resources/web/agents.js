// The agents: one card each, or one row each if there are many.
import {openAgent, switchAgent} from './actions.js';
import {toggle} from './address.js';
import {byName, inOrder, isAvailable, stateOf} from './choose.js';
import {html} from './html.js';
import {agentName} from './names.js';
import {fold, Panel, Scroll, Unfold} from './panels.js';
import {now, present, state} from './state.js';
import {forms, words} from './words.js';

const MOST_CARDS = 8;

/** More rows than these use a smaller font. */
const MANY = 40;

/** Agents who get no customers now are folded into counts. */
const GROUPS = {full: ['full'], away: ['paused', 'offline', 'unknown']};

export function Agents({board: {agents}, board, filter, open, wall}) {
  const shown = agents.filter(({id}) => !filter.agent || id === filter.agent);
  const looked = agents.some(agent => agent.online !== undefined);
  const asRows = agents.length > MOST_CARDS;
  const group = agent => Object.keys(GROUPS).find(name => GROUPS[name].includes(stateOf(agent)));
  // A filtered agent is not folded. Nothing is folded on a wall, where it could not be unfolded.
  const folded = asRows && !filter.agent && !wall ? Object.keys(GROUPS) : [];
  const rows = inOrder(shown);
  const first = rows.filter(agent => !folded.includes(group(agent)));
  const drawn = rows.filter(agent => first.includes(agent) || open.includes(group(agent))).length;
  const list = (of, style = '') => html`<ul class="rows ${style}">${of.map(agent => html`<${Row} key=${agent.id} agent=${agent} />`)}</ul>`;
  return html`
    <${Panel} name="agents" title=${words.agents}
      aside=${looked && words.availableOf({available: agents.filter(isAvailable).length, all: agents.length})}
      empty=${agents.length === 0 && html`<p class="nothing" id="desks-none">${words.agentsEmpty}</p>`}>
      <${Scroll} name="agents">
        ${asRows
          ? html`
            <div id="desks" class=${drawn > MANY ? 'many' : ''}>
              ${list(first, fold('agents'))}
              <${Unfold} name="agents" many=${first.length} />
              ${folded.map(name => html`
                <${Group} name=${name} key=${name} isOpen=${open.includes(name)} agents=${rows.filter(agent => group(agent) === name)} list=${list} />`)}
            </div>`
          : html`
            <ul class="desks" id="desks">
              ${[...shown].sort((a, b) => (b.online === true) - (a.online === true) || byName(a, b))
                .map(agent => html`<${Desk} key=${agent.id} agent=${agent} board=${board} />`)}
            </ul>`}
      <//>
    <//>`;
}

function Group({name, agents, isOpen, list}) {
  const click = event => {
    event.preventDefault();
    toggle(name);
  };
  return agents.length > 0 && html`
    <details class="group" id="group-${name}" open=${isOpen}>
      <summary onClick=${click}>${words.groups[name]({number: agents.length})}</summary>
      ${isOpen && list(agents)}
    </details>`;
}

const day = at => new Date(at).toDateString();

/** Until when and why: the program's own reason is a key of the words, an operator's is free text. */
export function pausedWords({paused: {until, reason, by}}) {
  const at = until && until - state.ahead;
  const pause = at ? words.pausedUntil({until: day(at) === day(present()) ? forms.minute(at) : forms.time(at)}) : words.agentState.paused;
  const why = by ? reason : words.pauseReasons[reason] ?? reason;
  return why ? `${pause}: ${why}` : pause;
}

const Name = ({agent, children}) => state.wall ? html`<span class="name">${agentName(agent)}</span>` : html`
  <button type="button" class="name" title=${words.showAgent} onClick=${() => openAgent(agent)}>${agentName(agent)}</button>`;

function Row({agent}) {
  const is = stateOf(agent);
  return html`
    <li class="row" data-item data-state=${is}>
      <span class="dot" aria-hidden="true"></span>
      <${Name} agent=${agent} />
      <span class="state">${is === 'paused' ? pausedWords(agent) : ['free', 'full'].includes(is) ? '' : words.agentState[is]}</span>
      <span class="load">${words.load({customers: agent.customers, capacity: agent.capacity})}</span>
    </li>`;
}

/** The other facts about an agent. */
export const notes = (agent, board) => [
  agent.paused && pausedWords(agent),
  agent.last_assigned ? words.assignedAgo({ms: now() - agent.last_assigned}) : words.noneAssigned,
  agent.foreign > 0 && words.fromElsewhere({number: agent.foreign}),
  agent.seen && now() - agent.seen > board.stale_after && words.seenAgo({ms: now() - agent.seen}),
].filter(Boolean).join(' · ');

function Desk({agent, board}) {
  const is = stateOf(agent);
  return html`
    <li class="desk" data-item data-state=${is}>
      <div class="desk-head">
        <span class="dot" aria-hidden="true"></span>
        <${Name} agent=${agent} />
        ${!state.wall && board.simulated && html`<${Switch} agent=${agent} />`}
      </div>
      <div class="slots">
        <span class="pips" aria-hidden="true">${pips(agent)}</span>
        <span>${words.load({customers: agent.customers, capacity: agent.capacity})}</span>
        <span class="state">${words.agentState[is]}</span>
      </div>
      <p class="note">${notes(agent, board)}</p>
    </li>`;
}

/** With the simulator: takes an agent offline or back. */
export const Switch = ({agent}) => agent.online !== undefined && html`
  <button type="button" class="switch" aria-busy=${state.asked?.id === agent.id && state.asked.busy ? 'true' : null}
    aria-label=${(agent.online ? words.sendAgentHome : words.bringAgentBack)({agent: agentName(agent)})} onClick=${() => switchAgent(agent)}>
    ${agent.online ? words.sendHome : words.bringBack}
  </button>
  ${state.asked?.id === agent.id && state.asked.text && html`<span class="outcome" data-ok="false">${state.asked.text}</span>`}`;

/** A mark for each slot, filled if it has a customer; a bar if there are too many to count. */
function pips({customers, capacity}) {
  if (capacity > 10) {
    return html`<i class="gauge" style=${{'--part': Math.min(1, customers / capacity)}}></i>`;
  }
  return Array.from({length: Math.max(capacity, Math.min(customers, 10))}, (_, index) => html`
    <i class="pip ${index >= capacity ? 'over' : index < customers ? 'taken' : ''}"></i>`);
}
