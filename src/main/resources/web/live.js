// The board from the server: by server-sent events, or by polling every 2 s where a proxy blocks them.
import {change, isLost, state} from './state.js';
import {say, words} from './words.js';

let stream = null;
let polling = null;
let triedAt = 0;

const SILENT = 15000;

/** @param text the reason, if there is another one */
function lost(text) {
  const {heardAt} = state;
  const link = text ?? (heardAt ? words.lost({at: heardAt}) : words.notConnected);
  change({link: {state: 'lost', text: link}, news: heardAt ? words.programLost({at: heardAt}) : words.unreachable});
}

function show(look, text) {
  const heardAt = Date.now();
  const board = look.board ?? state.board;
  const back = isLost() ? words.programBack : state.news;
  change({board, heardAt, ahead: look.now - heardAt, link: {state: 'live', text}, news: back});
  change({news: board ? news(board) : back});
}

// Screen readers are told when something begins or ends, not every second.
const said = {waiting: false, troubles: '', at: 0};

function news(board) {
  const troubles = board.troubles.filter(trouble => trouble.severity === 'BAD').map(trouble => say(trouble.text)).join(' ');
  const kinds = troubles.replace(/\d+/g, '#');
  const waiting = board.waiting > 0;
  if (kinds !== said.troubles) {
    Object.assign(said, {troubles: kinds, at: Date.now()});
    return troubles || words.troubleOver;
  }
  if (waiting !== said.waiting && Date.now() - said.at > 30000) {
    Object.assign(said, {waiting, at: Date.now()});
    return waiting ? words.customersWait({number: board.waiting}) : words.nobodyWaitsAnyMore;
  }
  return state.news;
}

function listen() {
  triedAt = Date.now();
  stream?.close();
  stream = new EventSource('/wallboard/events');
  stream.onmessage = event => {
    clearInterval(polling);
    polling = null;
    show(JSON.parse(event.data), words.live);
  };
  stream.addEventListener('beat', event => show({now: Number(event.data)}, words.live));
  stream.onerror = () => {
    lost();
    if (stream.readyState === EventSource.CLOSED && !polling) {
      polling = setInterval(poll, 2000);
    }
  };
}

async function poll() {
  try {
    const response = await fetch('/wallboard/state', {credentials: 'same-origin'});
    if (response.ok) {
      show(await response.json(), words.polling);
    } else {
      lost(words.refused({status: response.status}));
    }
  } catch {
    lost();
  }
}

export function connect() {
  listen();
  // A page in the background would keep its connection, and a browser has six for all pages of a site.
  addEventListener('pagehide', () => stream.close());
  addEventListener('pageshow', event => event.persisted && listen());
  // A connection may die without an error; the program sends a beat every 10 s.
  setInterval(() => {
    if (state.heardAt && Date.now() - state.heardAt > SILENT) {
      lost();
    }
    if (polling ? Date.now() - triedAt > 60000 : Date.now() - Math.max(state.heardAt, triedAt) > 30000) {
      listen();
    }
  }, 5000);
}
