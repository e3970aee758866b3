// A wall screen cannot be scrolled, so what does not fit is counted instead.
import {Component, html} from './html.js';
import {words} from './words.js';

/** Hides as many of its last items as do not fit. @param rest how many more there are anyway */
export class Fit extends Component {
  componentDidMount() {
    this.componentDidUpdate();
  }

  componentDidUpdate() {
    const box = this.base;
    const items = [...box.querySelectorAll('[data-item]')];
    const more = box.lastElementChild;
    const show = many => {
      const hidden = items.length - many + (this.props.rest ?? 0);
      items.forEach((item, index) => { item.hidden = index >= many; });
      more.hidden = hidden === 0;
      more.textContent = hidden ? words.more({number: hidden}) : '';
      return box.scrollHeight <= box.clientHeight;
    };
    let [most, tooMany] = [0, items.length + 1];
    if (!show(items.length)) {
      tooMany = items.length;
      while (tooMany - most > 1) {
        const many = (most + tooMany) >> 1;
        show(many) ? most = many : tooMany = many;
      }
      show(most);
    }
  }

  render({children}) {
    return html`<div class="fit">${children}<p class="more"></p></div>`;
  }
}
