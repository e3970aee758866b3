// What opens above the board: a room's history, and the question before a customer is dropped.
import {drop} from './actions.js';
import {Component, html} from './html.js';
import {agentName, channelName, customerName} from './names.js';
import {change} from './state.js';
import {forms, say, words} from './words.js';

/** Opens when it is drawn, and reports the value of the button that closed it. */
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

/** Each agent's customers and capacity; from the certain number to the possible one where they differ. */
const loads = (agents = []) => agents.map(([id, name, load, capacity, certain = load]) =>
  `${agentName({id, name})} ${certain < load ? `${certain}–${load}` : load}/${capacity}`).join(', ');

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
  return history.map(({at: then, text, event, agents}) => {
    const at = new Date(then - ahead);
    const another = at.toDateString() !== day;
    day = at.toDateString();
    const candidates = loads(agents);
    return html`
      <li>
        <time datetime=${at.toISOString()}>${another ? `${forms.day(at)} ` : ''}${forms.clock(at)}</time>
        <p>${say(text) ?? event}${candidates && ` (${candidates})`}</p>
      </li>`;
  });
}

export const History = ({room, ...state}) => room && html`
  <${Dialog} id="history" aria-labelledby="history-title" closed=${() => change({room: null})}>
    <form method="dialog" class="dialog-head">
      <h2 id="history-title">${customerName(room)}</h2>
      <button class="quiet" aria-label=${words.close}><span aria-hidden="true">✕</span></button>
    </form>
    <p class="aside" id="history-aside">${room.failure
      ?? (room.history ? [words.room({id: room.room_id}), placeOf(state, room)].filter(Boolean).join(', ') : words.reading)}</p>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="history-title">
      <ol class="events" id="events">${room.history && Events({history: room.history, ahead: state.ahead})}</ol>
    </div>
  <//>`;
