// The panels of the board. Each is a function of the state.
import {openHistory, retry} from './actions.js';
import {isAvailable, isFiltered, passes} from './choose.js';
import {Fit} from './fit.js';
import {html} from './html.js';
import {agentName, channelName, customerName} from './names.js';
import {change, isLost, now, state} from './state.js';
import {forms, say, words} from './words.js';

const TROUBLE_SIGNS = {BAD: '✕', WARNING: '!', NOTE: 'i'};
const WHY_SIGNS = {
  NOBODY_ONLINE: '○', EVERYBODY_PAUSED: '○', EVERYBODY_FULL: '●', EVERYBODY_TRIED: '●', OLDER_FIRST: '≡', QISCUS_FAILS: '!', NEXT: '→',
};
/** How many items a list shows on a phone until it is unfolded; the style sheet hides the rest. */
const FOLDED = {parked: 2, customers: 5, agents: 6, channels: 5};

const orNone = (value, say) => value === undefined ? words.none : say(value);

// ---- parts of panels

/** @param empty the sentence to show instead of content */
export const Panel = ({name, title, aside, empty, children, ...attributes}) => html`
  <section class="panel ${name} ${empty ? 'empty' : ''}" aria-labelledby="${name}-title" ...${attributes}>
    <div class="panel-head">
      <h2 id="${name}-title">${title}</h2>
      ${empty || html`<p class="aside" id="${name}-aside">${aside}</p>`}
    </div>
    ${!empty && children}
  </section>`;

export const Scroll = ({name, rest, children}) => state.wall
  ? html`<${Fit} rest=${rest}>${children}<//>`
  : html`<div class="scroll" tabindex="0" role="group" aria-labelledby="${name}-title">${children}</div>`;

/** The class by which the style sheet folds a long list on a phone. */
export const fold = name => state.unfolded.includes(name) ? '' : `folded-${FOLDED[name]}`;

export const Unfold = ({name, many}) => !state.wall && many > FOLDED[name] && html`
  <button type="button" class="unfold" id="unfold-${name}" onClick=${() => change({
    unfolded: fold(name) ? [...state.unfolded, name] : state.unfolded.filter(other => other !== name)})}>
    ${fold(name) ? words.more({number: many - FOLDED[name]}) : words.showFewer}
  </button>`;

/** @param columns pairs of title and class */
const Table = ({id, caption, columns, children}) => html`
  <table class=${fold(id)}>
    <caption class="hidden">${caption}</caption>
    <thead><tr>${columns.map(([title, style]) => html`<th scope="col" class=${style}>${title}</th>`)}</tr></thead>
    <tbody id=${id}>${children}</tbody>
  </table>`;

const Customer = ({customer}) => state.wall ? html`<span class="name">${customerName(customer)}</span>` : html`
  <button type="button" class="name" title=${words.showHistory}
    onClick=${() => openHistory({room_id: customer.room_id, name: customer.name})}>${customerName(customer)}</button>`;

// ---- troubles and figures

export function Troubles({board, heardAt}) {
  const lost = isLost() ? [{severity: 'BAD', text: heardAt ? words.programLost({at: heardAt}) : words.unreachable}] : [];
  const troubles = [...lost, ...board?.troubles ?? []];
  return troubles.length > 0 && html`
    <section class="troubles" id="troubles" aria-labelledby="troubles-title">
      <h2 class="hidden" id="troubles-title">${words.troubles}</h2>
      <ul>${troubles.map(({severity, text, since}) => html`
        <li key=${severity + text.replace(/\d+/g, '#')} data-severity=${severity}>
          <span class="sign" aria-hidden="true">${TROUBLE_SIGNS[severity]}</span>
          <strong class="hidden">${words.severity[severity]}</strong>
          <span>${say(text)}</span>
          <span class="since">${since && words.since({at: since})}</span>
        </li>`)}
      </ul>
    </section>`;
}

const Figure = ({id, size = '', title, number = words.none, note, state}) => html`
  <div class="figure ${size}" id="figure-${id}" data-state=${state}>
    <dt>${title}</dt>
    <dd class="number" id=${id}>${typeof number === 'number' ? forms.number(number) : number}</dd>
    <dd class="note" id="${id}-note">${note}</dd>
  </div>`;

/** The sentence as part of another one: it begins in lower case, unless with a name. */
const within = sentence => /^qiscus/i.test(sentence) ? sentence : sentence.charAt(0).toLowerCase() + sentence.slice(1);

function figures(board) {
  if (!board) {
    return [
      {id: 'waiting', size: 'hero', title: words.waiting}, {id: 'longest', title: words.longest},
      {id: 'online', title: words.agentsAvailable}, {id: 'goal', title: words.inTime}, {id: 'p50', title: words.median},
    ];
  }
  const {waiting, late, goal, served, oldest, agents, hour} = board;
  const available = agents.filter(isAvailable);
  const free = available.reduce((sum, agent) => sum + Math.max(0, agent.capacity - agent.customers), 0);
  const looked = agents.some(agent => agent.online !== undefined);
  const wait = oldest ? now() - oldest.first_asked : 0;
  return [
    {
      id: 'waiting', size: 'hero', title: words.waiting, number: waiting,
      note: late > 0 ? words.longerThan({late, goal}) : words.withAnAgent({served}),
      state: late > 0 ? 'bad' : waiting > 0 ? 'busy' : 'good',
    },
    {
      id: 'longest', title: words.longest, number: oldest && forms.stopwatch(wait),
      note: oldest ? `${customerName(oldest)}: ${within(say(oldest.why.words))}` : words.nobodyWaits,
      state: !oldest ? 'good' : wait > goal ? 'bad' : 'busy',
    },
    {
      id: 'online', title: words.agentsAvailable, number: looked ? available.length : undefined,
      note: looked ? words.freeSlots({agents: agents.length, free}) : words.notSeenYet,
      state: !looked ? null : available.length === 0 ? 'bad' : free === 0 ? 'busy' : 'good',
    },
    {
      id: 'goal', title: words.inTimeWithin({goal}), number: orNone(hour.within_goal, forms.percent), note: words.lastHour,
      state: hour.within_goal === undefined ? null : hour.within_goal >= 0.9 ? 'good' : hour.within_goal >= 0.75 ? 'busy' : 'bad',
    },
    {
      id: 'p50', title: words.median, number: orNone(hour.p50, forms.duration),
      note: hour.p95 === undefined ? words.lastHour : words.within({p95: hour.p95}),
    },
  ];
}

export const Figures = ({board}) => html`
  <section class="figures" aria-labelledby="figures-title">
    <h2 class="hidden" id="figures-title">${words.figures}</h2>
    <dl>${figures(board).map(figure => html`<${Figure} key=${figure.id} ...${figure} />`)}</dl>
  </section>`;

// ---- waiting customers

export function Line({board, filter}) {
  const {customers, waiting} = board;
  const shown = customers.filter(customer => passes(customer, filter));
  const {rank, customer: name, channel, wait, why} = words.lineHead;
  const aside = isFiltered(filter) ? words.filteredOf({shown: shown.length, all: waiting})
    : waiting > customers.length && words.oldestOf({shown: customers.length, all: waiting});
  return html`
    <${Panel} name="line" id="line" tabindex="-1" title=${words.line} aside=${aside}
      empty=${customers.length === 0 && html`<p class="nothing" id="customers-none"><span class="sign" aria-hidden="true">✓</span> ${words.lineEmpty}</p>`}>
      <${Scroll} name="line" rest=${waiting - customers.length}>
        <${Table} id="customers" caption=${words.lineCaption}
          columns=${[[rank, 'rank'], [name], [channel], [wait, 'end'], [why]]}>
          ${shown.map(customer => html`
            <${Waiting} key=${customer.room_id} ...${{customer, board, rank: customers.indexOf(customer) + 1, wait: now() - customer.first_asked}} />`)}
        <//>
        <${Unfold} name="customers" many=${shown.length} />
      <//>
    <//>`;
}

const Waiting = ({customer, rank, board, wait}) => html`
  <tr data-item data-late=${wait > board.goal ? 'yes' : null}>
    <td class="rank">${forms.number(rank)}</td>
    <th scope="row"><${Customer} customer=${customer} /></th>
    <td class="channel">${channelName(board, customer.channel, customer.source)}</td>
    <td class="end time">${forms.stopwatch(wait)}</td>
    <td class="reason">
      <span class="why" data-kind=${customer.why.kind}>
        <span class="sign" aria-hidden="true">${WHY_SIGNS[customer.why.kind]}</span><span>${say(customer.why.words)}</span>
      </span>
      ${customer.move && html`<span class="move">${movesFrom(customer.move)}</span>`}
    </td>
  </tr>`;

function movesFrom({agent_id: id, agent_name: name, since}) {
  const agent = agentName({id, name});
  return since ? words.movesFromUnanswered({agent, unanswered: now() - since}) : words.movesFrom({agent});
}

// ---- channels

export function Channels({board: {channels}, board, filter}) {
  const {channel: name, waiting, longest, assigned, inTime} = words.channelsHead;
  const shown = channels.filter(({channel}) => !filter.channel || channel === filter.channel);
  return html`
    <${Panel} name="channels" title=${words.channels} aside=${words.channelsAside}
      empty=${channels.length === 0 && html`<p class="nothing" id="channels-none">${words.channelsEmpty}</p>`}>
      <${Scroll} name="channels">
        <${Table} id="channels" caption=${words.channelsCaption}
          columns=${[[name], [waiting, 'end'], [longest, 'end'], [assigned, 'end'], [inTime, 'end']]}>
          ${shown.map(channel => html`<${Channel} key=${channel.channel} channel=${channel} board=${board} />`)}
        <//>
        <${Unfold} name="channels" many=${shown.length} />
      <//>
    <//>`;
}

function Channel({channel, board}) {
  const wait = channel.first_asked ? now() - channel.first_asked : undefined;
  return html`
    <tr data-item data-late=${wait > board.goal ? 'yes' : null} title=${say(channel.why?.words)}>
      <th scope="row">${channelName(board, channel.channel, channel.source)}</th>
      <td class="end strong">${forms.number(channel.waiting)}</td>
      <td class="end time">${orNone(wait, forms.stopwatch)}</td>
      <td class="end">${forms.number(channel.assigned)}</td>
      <td class="end">${orNone(channel.within_goal, forms.percent)}</td>
    </tr>`;
}

// ---- the last hour

export function Hour({board: {hour}, ahead}) {
  const {assigned_per_minute: assigned, came_per_minute: came} = hour;
  const busiest = Math.max(...assigned);
  const lately = assigned.slice(-11, -1).reduce((sum, number) => sum + number, 0);
  const minutesAgo = minutes => forms.minute(hour.minute - ahead - minutes * 60000);
  return html`
    <${Panel} name="hour" title=${words.hour} aside=${words.hourSums(hour)}>
      <figure>
        <${Chart} assigned=${assigned} came=${came} />
        <div class="axis" aria-hidden="true"><span>${minutesAgo(59)}</span><span>${minutesAgo(29)}</span><span>${words.now}</span></div>
        <figcaption>
          <span class="key bars">${words.assignedPerMinute}</span>
          <span class="key steps">${words.camePerMinute}</span>
          <span class="most">${busiest > 0 && words.most({busiest})}</span>
        </figcaption>
        <p class="hidden" id="chart-words">${words.hourInWords({...hour, busiest, lately})}</p>
      </figure>
    <//>`;
}

/** Bars for assigned customers, a dashed line for those who came. */
function Chart({assigned, came}) {
  const most = Math.max(4, ...assigned, ...came);
  const height = number => number / most * 112;
  const steps = came.map((number, i) => `${i ? 'V' : 'M0 '}${(119 - height(number)).toFixed(1)}H${(i + 1) * 10}`);
  return html`
    <svg id="chart" role="img" aria-labelledby="chart-words" preserveAspectRatio="none" viewBox="0 0 600 120">
      ${assigned.map((number, i) => html`
        <rect x=${i * 10 + 1.5} width="7" y=${120 - height(number)} height=${height(number)}
          class=${i === assigned.length - 1 ? 'bar present' : 'bar'} />`)}
      <path class="step" d=${steps.join('')} />
    </svg>`;
}

// ---- parked

export function Parked({board, filter}) {
  const {parked, parked_rooms: all} = board;
  const shown = parked.filter(one => passes(one, filter, true));
  return html`
    <${Panel} name="parked" title=${words.parked} aside=${all > shown.length && words.parkedOf({shown: shown.length, all})}
      empty=${parked.length === 0 && html`<p class="nothing" id="parked-none">${words.parkedEmpty}</p>`}>
      <${Scroll} name="parked" rest=${all - parked.length}>
        <ul class="asides ${fold('parked')}" id="parked">${shown.map(one => html`<${Aside} key=${one.room_id} parked=${one} board=${board} />`)}</ul>
        <${Unfold} name="parked" many=${shown.length} />
      <//>
    <//>`;
}

function Aside({parked, board}) {
  const name = customerName(parked);
  const asked = state.asked?.id === parked.room_id ? state.asked : {};
  const busy = asked.busy ? 'true' : null;
  const notes = [channelName(board, parked.channel, parked.source), parked.at && forms.ago(now() - parked.at)];
  return html`
    <li data-item>
      <div class="aside-words">
        <${Customer} customer=${parked} />
        <span class="note">${notes.filter(Boolean).join(' · ')}</span>
        <p>${say(parked.reason) ?? words.noReason}</p>
        ${asked.text && html`<p class="outcome" data-ok="false">${asked.text}</p>`}
      </div>
      ${!state.wall && html`<div class="choices">
        ${parked.can_retry && html`
          <button type="button" aria-busy=${busy} aria-label=${words.retryThem({customer: name})} onClick=${() => retry(parked)}>${words.retry}</button>`}
        <button type="button" class="danger" aria-busy=${busy} aria-label=${words.dropThem({customer: name})}
          onClick=${() => change({dropping: parked})}>${words.drop}</button>
      </div>`}
    </li>`;
}
