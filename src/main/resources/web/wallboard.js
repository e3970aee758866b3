// The wallboard: the page as a function of its state, rendered again with each change and each second.
import {find, nextTheme} from './actions.js';
import {filterBy} from './address.js';
import {Agents} from './agents.js';
import {byName, isFiltered} from './choose.js';
import {Agent, Confirm, Found, History} from './dialogs.js';
import {html, render} from './html.js';
import {keepOtherLanguage, otherAddress, otherLanguage} from './language.js';
import {connect} from './live.js';
import {agentName, channelName} from './names.js';
import {Channels, Figures, Hour, Line, Parked, Troubles} from './panels.js';
import {isLost, onChange, present, state} from './state.js';
import {forms, words} from './words.js';

const THEME_SIGNS = {system: '◐', dark: '●', light: '○'};

const Choice = ({name, all, label, options, chosen}) => html`
  <select id="filter-${name}" aria-label=${label} value=${chosen} onChange=${event => filterBy({[name]: event.target.value})}>
    <option value="">${all}</option>
    ${options.map(([id, text]) => html`<option key=${id} value=${id} selected=${id === chosen}>${text}</option>`)}
  </select>`;

/** The options with the chosen one, even if the board does not have it now. */
const withChosen = (ids, chosen) => [...new Set([...ids, chosen])].filter(Boolean);

function Search({board, filter}) {
  const channels = withChosen([...board?.channels ?? [], ...board?.customers ?? []].map(one => one.channel), filter.channel);
  const agents = Object.fromEntries((board?.agents ?? []).map(agent => [agent.id, agent]));
  const people = withChosen(Object.keys(agents), filter.agent).map(id => agents[id] ?? {id}).sort(byName);
  return html`
    <form class="lookup" role="search" autocomplete="off" onSubmit=${event => { event.preventDefault(); find(); }}>
      <${Choice} name="channel" chosen=${filter.channel} label=${words.filterChannel} all=${words.allChannels}
        options=${channels.map(id => [id, channelName(board, id)]).sort(([, a], [, b]) => a.localeCompare(b))} />
      <${Choice} name="agent" chosen=${filter.agent} label=${words.filterAgent} all=${words.allAgents}
        options=${people.map(agent => [agent.id, agentName(agent)])} />
      <label class="hidden" for="lookup-room">${words.customerOrRoom}</label>
      <input id="lookup-room" type="search" placeholder=${words.customerOrRoom} maxlength="64" spellcheck=${false}
        value=${filter.q} onInput=${event => filterBy({q: event.target.value})} />
      <button type="submit">${words.find}</button>
      ${isFiltered(filter) && html`
        <button type="button" id="clear" onClick=${() => { filterBy({channel: '', agent: '', q: ''}); document.getElementById('lookup-room').focus(); }}>
          ${words.clear}
        </button>`}
    </form>`;
}

const Top = ({board, link, theme, wall, filter}) => html`
  <header class="top">
    <div class="brand">
      <svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8"/><circle cx="9" cy="16" r="3.4"/><circle cx="18" cy="16" r="3.4"/><circle cx="26" cy="16" r="2"/></svg>
      <h1>${words.brand}</h1>
    </div>
    <p class="link" id="link" data-state=${link.state}>
      <span class="dot" aria-hidden="true"></span><span id="link-text">${link.text ?? words.connecting}</span>
    </p>
    ${board?.simulated && html`<p class="simulated"><strong>${words.simulation}</strong> ${words.simulationHint}</p>`}
    ${!wall && html`
      <${Search} board=${board} filter=${filter} />
      <a class="quiet" id="language" href=${otherAddress()} hreflang=${otherLanguage} lang=${otherLanguage} title=${words.switchTo}
        aria-label=${words.switchTo} onClick=${keepOtherLanguage}>${otherLanguage.toUpperCase()}</a>
      <button type="button" class="quiet" id="theme" aria-label=${words.theme[theme]} title=${words.theme[theme]} onClick=${nextTheme}>
        <span aria-hidden="true">${THEME_SIGNS[theme]}</span>
      </button>`}
    <time class="clock" id="clock">${forms.clock(present())}</time>
  </header>`;

const Page = state => html`
  ${!state.wall && html`<a class="skip" href="#line">${words.skip}</a>`}
  <${Top} ...${state} />
  <p class="hidden" id="news" role="status" aria-live="polite">${state.news}</p>
  <main id="board" class=${state.wall ? 'wall' : ''} data-connected=${isLost() || state.board?.connected === false ? 'no' : null}
    data-line=${state.board?.customers.length === 0 ? 'empty' : null}>
    <${Troubles} ...${state} />
    ${state.board && html`<${Parked} ...${state} />`}
    <${Figures} ...${state} />
    ${state.board && [Line, Agents, Channels, Hour].map(Panel => html`<${Panel} ...${state} />`)}
  </main>
  <${Agent} ...${state} />
  <${Found} ...${state} />
  <${History} ...${state} />
  <${Confirm} ...${state} />`;

function title({waiting, late, goal}) {
  return waiting === 0 ? words.nobodyWaits : late > 0 ? words.titleOfLate({waiting, late, goal}) : words.title({waiting});
}

function draw() {
  if (state.board) {
    document.title = isLost() ? words.notConnected : title(state.board);
  }
  render(html`<${Page} ...${state} />`, document.body);
}

onChange(draw);
draw();
connect();
setInterval(draw, 1000);
