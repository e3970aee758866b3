// The one renderer: preact draws, htm reads templates. Both set text as text: no name becomes markup.
import {Component, h, render} from '/wallboard/preact.js';
import htm from '/wallboard/htm.js';

export const html = htm.bind(h);
export {Component, render};
