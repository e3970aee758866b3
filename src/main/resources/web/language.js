// The language of the page: from the address, else the last choice here, else from the browser.

const LANGUAGES = ['en', 'id'];

/** The language of a tag such as id-ID; `in` is the old code of Indonesian. */
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

/** The browser's variant of this language: en-GB is not en-US. */
export const locale = navigator.languages.find(tag => languageOf(tag) === language) ?? language;

export const otherLanguage = LANGUAGES.find(other => other !== language);

/** The address of this page in the other language, otherwise unchanged. */
export function otherAddress() {
  const query = new URLSearchParams(location.search);
  query.set('lang', otherLanguage);
  return `?${query}`;
}

export function keepOtherLanguage() {
  try {
    localStorage.setItem('language', otherLanguage);
  } catch {
    // Without storage it lasts as long as the address.
  }
}

document.documentElement.lang = language;
