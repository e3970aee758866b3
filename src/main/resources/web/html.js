// The only renderer: preact renders, htm parses the templates. Both escape text, so no name becomes markup.
import {Component, h, render} from '/wallboard/preact.js';
import htm from '/wallboard/htm.js';

export const html = htm.bind(h);
export {Component, render};
