// The words of the page, in its language. words.en.json and words.id.json have all words: those of the page, and the
// sentences of the server, which are recognised by the English file.
import {language, locale} from './language.js';
import english from './words.en.js';
import indonesian from './words.id.js';

const ours = {en: english, id: indonesian}[language];

const number = new Intl.NumberFormat(locale);
const tenths = new Intl.NumberFormat(locale, {minimumFractionDigits: 1, maximumFractionDigits: 1});
const percents = new Intl.NumberFormat(locale, {style: 'percent', maximumFractionDigits: 0});
const dates = new Intl.DateTimeFormat(locale, {day: 'numeric', month: 'short'});
const minutes = new Intl.DateTimeFormat(locale, {hour: '2-digit', minute: '2-digit', hourCycle: 'h23'});
const moments = new Intl.DateTimeFormat(locale, {day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23'});
const seconds = new Intl.DateTimeFormat(locale, {hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'});
/** Between hours and minutes: a colon, in Indonesian a full stop. */
const between = minutes.formatToParts(0).find(part => part.type === 'literal').value;

/** A length of time in words: 0.4 s, 42 s, 3 min 12 s, 2 h 5 min. */
function duration(ms) {
  if (ms < 9950) {
    return words.seconds({n: tenths.format(ms / 1000)});
  }
  const whole = Math.round(ms / 1000);
  const parts = whole < 60 ? [words.seconds({n: whole})]
    : whole < 3600 ? [words.minutes({n: Math.floor(whole / 60)}), whole % 60 && words.seconds({n: whole % 60})]
    : [words.hours({n: Math.floor(whole / 3600)}), words.minutes({n: Math.floor(whole / 60) % 60})];
  return parts.filter(Boolean).join(' ');
}

/** A wait in progress: 0:42, 3:12, 1:02:33. */
function stopwatch(ms) {
  const whole = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(whole / 3600);
  const rest = [Math.floor(whole / 60) % 60, whole % 60];
  return (hours ? [hours, ...rest] : rest).map((part, i) => i ? String(part).padStart(2, '0') : part).join(between);
}

function ago(ms) {
  const whole = Math.floor(ms / 1000);
  return whole < 5 ? words.justNow : words.before({length:
    whole < 60 ? words.seconds({n: whole})
    : whole < 3600 ? words.minutes({n: Math.floor(whole / 60)})
    : words.hours({n: Math.floor(whole / 3600)})});
}

/** How to write values. A placeholder may name one of these forms: {goal:duration}. */
export const forms = {
  duration, stopwatch, ago,
  number: value => number.format(value),
  /** Rounds down, so that only the whole is a hundred percent. */
  percent: share => percents.format(Math.floor(share * 100) / 100),
  clock: at => seconds.format(at),
  minute: at => minutes.format(at),
  day: at => dates.format(at),
  time: at => moments.format(at),
};

/** Reads what the server wrote in these forms: a sentence in another one, a customer or an agent, numbers and times. */
const readings = {
  text: say,
  name: text => translate(text, names),
  number: text => /^\d+$/.test(text) ? Number(text) : text,
  time: text => Date.parse(text),
  stopwatch: text => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1000,
};

const PLACEHOLDER = /\{(\w+)(?::(\w+))?(?:\|([^|}]*)\|([^|}]*))?\}/g;

const written = (value, form = 'number') => typeof value === 'number' ? forms[form](value) : value;

const fill = (text, values) => text.replace(PLACEHOLDER, (_, name, form, one, many) => one === undefined
  ? written(values[name], form)
  : `${forms.number(values[name])} ${values[name] === 1 ? one : many}`);

/** A text with placeholders becomes a function of their values. */
const usable = texts => Object.fromEntries(Object.entries(texts).map(([name, text]) => [name,
  typeof text === 'object' ? usable(text)
  : text.search(PLACEHOLDER) < 0 ? text
  : values => fill(text, values)]));

/** The words of the page: texts, and functions of their placeholders. */
export const words = usable(ours.page);

const sentences = groups => Object.entries(groups).flatMap(([group, texts]) =>
  Object.entries(texts).map(([name, text]) => [`${group}.${name}`, text]));

const literally = text => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** The server's sentences as patterns, those with the longest own text first, because others may match them too. */
function patterns(english, translated, flags) {
  return sentences(english).map(([name, text]) => {
    const placeholders = [...text.matchAll(PLACEHOLDER)];
    const own = text.split(PLACEHOLDER).filter((_, i) => i % 5 === 0);
    const values = placeholders.map(([, , , one, many]) =>
      one === undefined ? '(.+?)' : `(\\d+) (?:${literally(one)}|${literally(many)})`);
    return {
      length: text.replace(PLACEHOLDER, (_, name, form, one) => one ?? '').length,
      pattern: new RegExp(`^${own.map((part, i) => literally(part) + (values[i] ?? '')).join('')}(\\.?)$`, flags),
      placeholders: placeholders.map(([, name, form, one]) => ({name, read: one === undefined ? readings[form] : Number})),
      translated: translated[name],
    };
  }).sort((one, other) => other.length - one.length);
}

const translations = Object.fromEntries(sentences(ours.server));
const {name, ...others} = english.server;
/** An agent whose name is "Agent 7" keeps that name in each language. */
const names = patterns({name}, translations, 's');
const known = patterns(others, translations, 'is');

const MOST_REMEMBERED = 2000;
const remembered = new Map();

/** A sentence of the server in the language of the page; an unknown sentence stays as it is. */
export function say(sentence) {
  if (!sentence) {
    return sentence;
  }
  if (!remembered.has(sentence)) {
    if (remembered.size >= MOST_REMEMBERED) {
      remembered.clear();
    }
    remembered.set(sentence, translate(sentence, known));
  }
  return remembered.get(sentence);
}

function translate(sentence, among) {
  for (const {pattern, placeholders, translated} of among) {
    const found = pattern.exec(sentence);
    const values = found && placeholders.map(({name, read = text => text}, i) => [name, read(found[i + 1])]);
    if (values?.every(([, value]) => !Number.isNaN(value))) {
      return largeAs(sentence, fill(translated, Object.fromEntries(values)), translated) + found.at(-1);
    }
  }
  return sentence;
}

/** A reason may begin a sentence or be part of one. A name keeps its case. */
const largeAs = (english, text, translated) => /^\p{Lu}/u.test(english) && !translated.startsWith('{')
  ? text.charAt(0).toUpperCase() + text.slice(1) : text;
