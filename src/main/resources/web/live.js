// The board as the server sends it: server-sent events, or a question every 2 s where a proxy stops them.
import {change, state} from './state.js';
import {say, words} from './words.js';

let stream = null;
let polling = null;
let triedAt = 0;
let heardAt = 0;

const lost = text => change({link: {state: 'lost', text}});

function show(look, text) {
  heardAt = Date.now();
  const board = look.board ?? state.board;
  change({board, ahead: look.now - heardAt, link: {state: 'live', text}, news: board ? news(board) : state.news});
}

// Screen readers hear when something begins or ends, not each second.
const said = {waiting: false, troubles: '', at: 0};

function news(board) {
  const troubles = board.troubles.filter(trouble => trouble.severity === 'BAD').map(trouble => say(trouble.text)).join(' ');
  const waiting = board.waiting > 0;
  if (troubles !== said.troubles) {
    Object.assign(said, {troubles, at: Date.now()});
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
    lost(heardAt ? words.lost({at: heardAt}) : words.notConnected);
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
    lost(heardAt ? words.lost({at: heardAt}) : words.notConnected);
  }
}

export function connect() {
  listen();
  // A connection may die without an error.
  setInterval(() => {
    if (polling ? Date.now() - triedAt > 60000 : Date.now() - Math.max(heardAt, triedAt) > 30000) {
      listen();
    }
  }, 5000);
}
