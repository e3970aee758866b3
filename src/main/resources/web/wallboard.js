// The wallboard: the page as a function of its state, drawn again with each change and each second.
import {nextTheme, openHistory} from './actions.js';
import {Confirm, History} from './dialogs.js';
import {html, render} from './html.js';
import {keepOtherLanguage, otherAddress, otherLanguage} from './language.js';
import {connect} from './live.js';
import {Agents, Channels, Figures, Hour, Line, Parked, Troubles} from './panels.js';
import {onChange, state} from './state.js';
import {forms, words} from './words.js';

const THEME_SIGNS = {system: '◐', dark: '●', light: '○'};

function lookUp(event) {
  event.preventDefault();
  openHistory({room_id: event.target.room.value.trim()});
}

const Top = ({board, link, theme}) => html`
  <header class="top">
    <div class="brand">
      <svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8"/><circle cx="9" cy="16" r="3.4"/><circle cx="18" cy="16" r="3.4"/><circle cx="26" cy="16" r="2"/></svg>
      <h1>${words.brand}</h1>
    </div>
    <p class="link" id="link" data-state=${link.state}>
      <span class="dot" aria-hidden="true"></span><span id="link-text">${link.text ?? words.connecting}</span>
    </p>
    ${board?.simulated && html`<p class="simulated"><strong>${words.simulation}</strong> ${words.simulationHint}</p>`}
    <form class="lookup" role="search" autocomplete="off" onSubmit=${lookUp}>
      <label class="hidden" for="lookup-room">${words.roomId}</label>
      <input id="lookup-room" name="room" placeholder=${words.roomId} maxlength="64" pattern="[A-Za-z0-9][A-Za-z0-9_\\-]*" inputmode="text" spellcheck=${false} required />
      <button type="submit">${words.history}</button>
    </form>
    <a class="quiet" id="language" href=${otherAddress()} hreflang=${otherLanguage} lang=${otherLanguage} title=${words.switchTo}
      aria-label=${words.switchTo} onClick=${keepOtherLanguage}>${otherLanguage.toUpperCase()}</a>
    <button type="button" class="quiet" id="theme" aria-label=${words.theme[theme]} title=${words.theme[theme]} onClick=${nextTheme}>
      <span aria-hidden="true">${THEME_SIGNS[theme]}</span>
    </button>
    <time class="clock" id="clock">${forms.clock(Date.now())}</time>
  </header>`;

const Page = state => html`
  <a class="skip" href="#line">${words.skip}</a>
  <${Top} ...${state} />
  <p class="hidden" id="news" role="status" aria-live="polite">${state.news}</p>
  <main id="board" data-connected=${state.board?.connected === false ? 'no' : null}>
    ${state.board && html`<${Troubles} ...${state} />`}
    <${Figures} ...${state} />
    ${state.board && [Line, Agents, Channels, Hour, Parked].map(Panel => html`<${Panel} ...${state} />`)}
  </main>
  <${History} ...${state} />
  <${Confirm} ...${state} />`;

function draw() {
  if (state.board) {
    const {waiting} = state.board;
    document.title = waiting === 0 ? words.nobodyWaits : words.title({waiting});
  }
  render(html`<${Page} ...${state} />`, document.body);
}

onChange(draw);
draw();
connect();
setInterval(draw, 1000);
