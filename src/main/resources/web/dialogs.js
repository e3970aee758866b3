// What opens above the board: an agent, search results, a room's history, and the question before a customer is
// dropped.
import {drop, openHistory} from './actions.js';
import {notes, Switch} from './agents.js';
import {rivals, stateOf} from './choose.js';
import {AgentActions, SessionActions} from './console.js';
import {Component, html} from './html.js';
import {agentName, channelName, customerName} from './names.js';
import {change} from './state.js';
import {forms, say, words} from './words.js';

/** Opens when it is rendered, and reports the value of the button that closed it. */
class Dialog extends Component {
  componentDidMount() {
    this.base.showModal();
  }

  render({closed, children, ...attributes}) {
    return html`
      <dialog ...${attributes} onClose=${() => closed(this.base.returnValue)}
        onClick=${event => event.target === this.base && this.base.close()}>${children}</dialog>`;
  }
}

export const Confirm = ({dropping}) => dropping && html`
  <${Dialog} id="confirm" aria-labelledby="confirm-title" aria-describedby="confirm-words"
    closed=${answer => {
      change({dropping: null});
      if (answer === 'yes') {
        drop(dropping);
      }
    }}>
    <h2 id="confirm-title">${words.dropTitle}</h2>
    <p id="confirm-words">${words.dropConsequence({customer: customerName(dropping)})}</p>
    <form method="dialog" class="choices">
      <button value="no" autofocus>${words.keep}</button>
      <button value="yes" class="danger">${words.drop}</button>
    </form>
  <//>`;

/** With a title and a button to close it. */
const Sheet = ({id, title, closed, children}) => html`
  <${Dialog} id=${id} aria-labelledby="${id}-title" closed=${closed}>
    <form method="dialog" class="dialog-head">
      <h2 id="${id}-title">${title}</h2>
      <button class="quiet" aria-label=${words.close}><span aria-hidden="true">✕</span></button>
    </form>
    ${children}
  <//>`;

/** A list of customers to click, each with what is known of them. */
const Customers = ({id, rooms, note}) => html`
  <div class="scroll" tabindex="0" role="group" aria-labelledby="${id}-title">
    <ul class="asides" id="${id}-rooms">${rooms.map(room => html`
      <li key=${room.room_id}>
        <button type="button" class="name" title=${words.showHistory} onClick=${() => openHistory(room)}>${customerName(room)}</button>
        <span class="note">${note(room)}</span>
      </li>`)}
    </ul>
  </div>`;

export function Agent({board, ahead, agent: opened}) {
  const agent = opened && board?.agents.find(({id}) => id === opened.id);
  return agent && html`
    <${Sheet} id="agent" title=${agentName(agent)} closed=${() => change({agent: null})}>
      <p class="aside" id="agent-aside">
        ${words.agentState[stateOf(agent)]} · ${words.load({customers: agent.customers, capacity: agent.capacity})} · ${notes(agent, board)}
      </p>
      <${AgentActions} key=${agent.id} board=${board} agent=${agent} />
      ${board.simulated && html`<div class="choices" id="agent-choices"><${Switch} agent=${agent} /></div>`}
      ${opened.customers
        ? html`<${Customers} id="agent" rooms=${opened.customers}
            note=${room => [channelName(board, room.channel), words.since({at: room.agent.since - ahead})].filter(Boolean).join(' · ')} />`
        : html`<p class="note">${words.reading}</p>`}
    <//>`;
}

export const Found = ({board, found}) => found && html`
  <${Sheet} id="found" title=${words.foundFor({q: found.q, number: found.rooms.length})} closed=${() => change({found: null})}>
    <${Customers} id="found" rooms=${found.rooms} note=${room => [
      channelName(board, room.channel, room.source), room.agent ? words.withAgent({agent: agentName(room.agent)}) : say(room.why?.words ?? room.reason),
    ].filter(Boolean).join(' · ')} />
  <//>`;

const NEAREST = 4;

/** An agent's customers and capacity, from the certain number to the possible one if they differ. */
const load = ({id, name, customers, capacity, certain, paused}) =>
  `${agentName({id, name})} ${certain < customers ? `${certain}–${customers}` : customers}/${capacity}`
  + (paused ? ` ${words.agentState.paused}` : '');

const loads = agents => agents.map(load).join(', ');

function Happened({text, event, online, ...data}) {
  const agents = rivals(data);
  const few = agents.length <= NEAREST + 2;
  const near = few ? agents : agents.slice(0, NEAREST);
  const far = agents.slice(near.length);
  return html`
    <div>
      <p>${say(text) ?? event}${near.length > 0 && ` (${loads(near)}${far.length > 0 ? ', …' : ''})`}</p>
      ${far.length > 0 && html`
        <details class="rivals">
          <summary>${words.moreAgents({number: Math.max(online ?? 0, agents.length) - near.length})}</summary>
          <p>${loads(far)}${online > agents.length && ', …'}</p>
        </details>`}
    </div>`;
}

function placeOf({board, ahead}, {state, position, channel, reason, agent}) {
  const {whereabouts} = words;
  const name = agent && agentName(agent);
  switch (state) {
    case 'waiting': return [
      position ? whereabouts.waitsAt({position}) : whereabouts.waits,
      channel && whereabouts.inChannel({channel: channelName(board, channel)}),
    ].filter(Boolean).join(' ') + (reason ? `: ${say(reason)}` : '');
    case 'claimed': return name ? whereabouts.claimedWith({agent: name}) : whereabouts.claimed;
    case 'assigned': return name ? whereabouts.assignedTo({agent: name, at: agent.since - ahead}) : whereabouts.assigned;
    case 'parked': return whereabouts.parked({reason: say(reason)});
    case 'resolved': return whereabouts.resolved;
    default: return '';
  }
}

function Events({history, ahead}) {
  let day = new Date().toDateString();
  return history.map(({at: then, ...event}) => {
    const at = new Date(then - ahead);
    const another = at.toDateString() !== day;
    day = at.toDateString();
    return html`
      <li>
        <time datetime=${at.toISOString()}>${another ? `${forms.day(at)} ` : ''}${forms.clock(at)}</time>
        <${Happened} ...${event} />
      </li>`;
  });
}

export const History = ({room, ...state}) => room && html`
  <${Sheet} id="history" title=${customerName(room)} closed=${() => change({room: null})}>
    <p class="aside" id="history-aside">${room.failure
      ?? (room.history ? [words.room({id: room.room_id}), placeOf(state, room)].filter(Boolean).join(', ') : words.reading)}</p>
    ${room.history && state.board && html`<${SessionActions} key=${room.room_id} board=${state.board} room=${room} />`}
    <div class="scroll" tabindex="0" role="group" aria-labelledby="history-title">
      <ol class="events" id="events">${room.history && Events({history: room.history, ahead: state.ahead})}</ol>
    </div>
  <//>`;
