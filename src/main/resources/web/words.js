// The words of the page, and those of the server, in the language of the page. All of them are in words.en.json and words.id.json.
import {language, locale} from './language.js';

const read = async of => (await fetch(`/wallboard/words.${of}.json`)).json();

const number = new Intl.NumberFormat(locale);
const tenths = new Intl.NumberFormat(locale, {minimumFractionDigits: 1, maximumFractionDigits: 1});
const percents = new Intl.NumberFormat(locale, {style: 'percent', maximumFractionDigits: 0});
const dates = new Intl.DateTimeFormat(locale, {day: 'numeric', month: 'short'});
const minutes = new Intl.DateTimeFormat(locale, {hour: '2-digit', minute: '2-digit', hourCycle: 'h23'});
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

/** A wait that is still running: 0:42, 3:12, 1:02:33. */
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

/** How values are written. A placeholder may name one of them: {goal:duration}. */
export const forms = {
  duration, stopwatch, ago,
  number: value => number.format(value),
  /** Never a hundred percent of what is not whole. */
  percent: share => percents.format(Math.floor(share * 100) / 100),
  clock: at => seconds.format(at),
  minute: at => minutes.format(at),
  day: at => dates.format(at),
};

const PLACEHOLDER = /\{(\w+)(?::(\w+))?(?:\|([^|}]*)\|([^|}]*))?\}/g;

const written = (value, form) => form ? forms[form](value) : typeof value === 'number' ? forms.number(value) : value;

const fill = (text, values) => text.replace(PLACEHOLDER, (_, name, form, one, many) => one === undefined
  ? written(values[name], form)
  : `${forms.number(values[name])} ${values[name] === 1 ? one : many}`);

/** A text with placeholders becomes a function of their values. */
const usable = texts => Object.fromEntries(Object.entries(texts).map(([name, text]) => [name,
  typeof text === 'object' ? usable(text)
  : text.search(PLACEHOLDER) < 0 ? text
  : values => fill(text, values)]));

const ours = await read(language);

/** The words of the page: texts, and functions of the values that they name. */
export const words = usable(ours.page);
