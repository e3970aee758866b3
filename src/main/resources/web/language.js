// The language of the page: that of the address, else the one chosen here last, else the browser's.

const LANGUAGES = ['en', 'id'];

/** Of a tag such as id-ID; `in` is the old code of Indonesian. */
const languageOf = tag => tag?.toLowerCase().split('-')[0].replace(/^in$/, 'id');

function kept() {
  try {
    return localStorage.getItem('language');
  } catch {
    return null;
  }
}

export const language =
  [new URLSearchParams(location.search).get('lang'), kept(), ...navigator.languages].map(languageOf)
    .find(wished => LANGUAGES.includes(wished)) ?? 'en';

/** As the browser writes this language: en-GB is not en-US. */
export const locale = navigator.languages.find(tag => languageOf(tag) === language) ?? language;

export const otherLanguage = LANGUAGES.find(other => other !== language);

/** This page in the other language; what else the address says stays. */
export function otherAddress() {
  const query = new URLSearchParams(location.search);
  query.set('lang', otherLanguage);
  return `?${query}`;
}

export function keepOtherLanguage() {
  try {
    localStorage.setItem('language', otherLanguage);
  } catch {
    // It lasts as long as the address.
  }
}

document.documentElement.lang = language;
