// What an operator can do with the open customer or agent, each as a small form.
import {act} from './actions.js';
import {inOrder, stateOf} from './choose.js';
import {Component, html} from './html.js';
import {agentName} from './names.js';
import {words} from './words.js';

const texts = words.console;

/**
 * Actions, and a line with the result of the last one, which screen readers read out. While an action is in progress,
 * its button says so and no other action can be started.
 */
class Actions extends Component {
  async perform(id, ask) {
    if (!this.state.busy) {
      this.setState({busy: id, text: texts.busy, ok: true, undo: null});
      this.setState({busy: null, ...await ask()});
    }
  }

  render({id, label, forms}, {busy, text, ok, undo}) {
    return html`
      <div class="acts" id=${id} role="group" aria-label=${label}>
        ${forms(this)}
        <p class="outcome" role="status" data-ok=${text && !busy ? String(ok) : null}>
          ${text}
          ${undo && html`<button type="button" class="undo" onClick=${() => this.perform('undo', undo)}>${texts.undo}</button>`}
        </p>
      </div>`;
  }
}

const Form = ({id, label, ask, actions, children}) => html`
  <form class="act" id=${id} onSubmit=${event => {
    event.preventDefault();
    actions.perform(id, () => ask(Object.fromEntries(new FormData(event.target))));
  }}>
    ${children}
    <button type="submit" aria-disabled=${actions.state.busy ? 'true' : null} aria-busy=${actions.state.busy === id ? 'true' : null}>${label}</button>
  </form>`;

/** Agents to choose from, those with a free slot first. Going over capacity needs a check mark. */
class Choose extends Component {
  render({agents, without, next, label, id}, {chosen = ''}) {
    const others = inOrder(agents).filter(agent => agent.id !== without && stateOf(agent) !== 'offline');
    const agent = others.find(other => other.id === chosen);
    return html`
      <select name="agent_id" id=${id} aria-label=${label} required=${!next} value=${chosen}
        onChange=${event => this.setState({chosen: event.target.value})}>
        <option value="">${next ?? label}</option>
        ${others.map(other => html`
          <option key=${other.id} value=${other.id}>${(stateOf(other) === 'paused' ? texts.pausedChoice : texts.choice)({agent: agentName(other), customers: other.customers, capacity: other.capacity})}</option>`)}
      </select>
      ${agent && stateOf(agent) === 'full' && html`
        <label class="beyond"><input type="checkbox" name="beyond_capacity" /> ${texts.beyond}</label>`}`;
  }
}

const wish = ({agent_id, beyond_capacity}) =>
  ({...agent_id && {agent_id}, ...beyond_capacity && {beyond_capacity: true}});

export function SessionActions({board, room}) {
  const {state, room_id} = room;
  const post = (action, body) => act('POST', `/sessions/${encodeURIComponent(room_id)}/${action}`, body, room_id);
  const waits = state === 'waiting' || state === 'parked';
  return (waits || state === 'assigned') && html`
    <${Actions} id="session-actions" label=${texts.session} forms=${actions => [
      waits && html`
        <${Form} key="assign" id="act-assign" label=${texts.give} actions=${actions} ask=${fields => post('assign', wish(fields))}>
          <${Choose} id="assign-agent" agents=${board.agents} label=${texts.toAgent} />
        <//>`,
      state === 'waiting' && html`
        <${Form} key="priority" id="act-priority" label=${texts.first} actions=${actions} ask=${() => post('priority', {place: 'first'})} />`,
      !waits && html`
        <${Form} key="move" id="act-move" label=${texts.move} actions=${actions} ask=${fields => post('move', wish(fields))}>
          <${Choose} id="move-agent" agents=${board.agents} without=${room.agent?.id} label=${texts.toAgent} next=${texts.nextInTurn} />
        <//>`,
      !waits && html`
        <${Form} key="release" id="act-release" label=${texts.release} actions=${actions} ask=${() => post('release')} />`,
    ]} />`;
}

const MINUTES = [15, 30, 60, 120];

const until = minutes => minutes ? new Date(Date.now() + minutes * 60000).toISOString() : null;

export function AgentActions({board, agent}) {
  const path = `/agents/${encodeURIComponent(agent.id)}`;
  const own = agent.capacity === board.capacity ? '' : agent.capacity;
  return html`
    <${Actions} id="agent-actions" label=${texts.agent} forms=${actions => [
      agent.paused ? html`
        <${Form} key="resume" id="act-resume" label=${texts.resume} actions=${actions} ask=${() => act('POST', `${path}/resume`)} />`
      : html`
        <${Form} key="pause" id="act-pause" label=${texts.pause} actions=${actions}
          ask=${({minutes, reason}) => act('POST', `${path}/pause`, {until: until(minutes), reason: reason || null})}>
          <select name="minutes" id="pause-minutes" aria-label=${texts.howLong}>
            ${MINUTES.map(minutes => html`<option key=${minutes} value=${minutes}>${minutes < 60 ? words.minutes({n: minutes}) : words.hours({n: minutes / 60})}</option>`)}
            <option value="">${texts.untilResumed}</option>
          </select>
          <input name="reason" id="pause-reason" maxlength="200" placeholder=${texts.reason} aria-label=${texts.reason} autocomplete="off" />
        <//>`,
      html`
        <${Form} key="capacity" id="act-capacity" label=${texts.setCapacity} actions=${actions}
          ask=${({capacity}) => act('PUT', `${path}/capacity`, {max_customer_per_agent: capacity === '' ? null : Number(capacity)})}>
          <input name="capacity" id="capacity" type="number" min="0" max="1000" step="1" placeholder=${texts.ofAll({capacity: board.capacity})}
            defaultValue=${own} aria-label=${texts.capacity} />
        <//>`,
    ]} />`;
}
