import { LitElement, type TemplateResult } from 'lit';
import { face } from '../../src/faces/face.js';
import type { Outlook } from '../../src/faces/summary.js';
import { viewOf } from '../../src/faces/view.js';
import { start } from '../../src/flow/next.js';
import type { State } from '../../src/flow/state.js';
import { findLocale } from '../../src/locales/find.js';
import { styles } from '../../src/styles/index.js';
import { payout } from './states.ts';

/** Shows the face of any state, without a flow behind it. */
export class FaceStage extends LitElement {
  static override readonly styles = styles;
  static override readonly properties = {
    state: { attribute: false },
    outlook: { attribute: false },
    lang: {},
  };

  declare state: State;
  declare outlook: Outlook;

  constructor() {
    super();
    this.state = start;
    this.outlook = payout;
  }

  protected override render(): TemplateResult {
    const locale = findLocale(this.lang);
    return face(viewOf(this.state, locale, this.outlook), locale.texts, () => {});
  }
}

customElements.define('b131-face-stage', FaceStage);
