import type { TestRunnerPlugin } from '@web/test-runner';
import { pageOf } from './page.ts';

/** A browser that is driven by WebDriver. */
interface DrivenBrowser {
  sendKeys(session: string, keys: readonly string[]): Promise<void>;
}

/** The command for Shift and Tab together: what drives WebKit knows no key that is held down. */
export function tabBack(): TestRunnerPlugin {
  return {
    name: 'tab-back',
    async executeCommand({ command, session }) {
      if (command !== 'tab-back') return undefined;
      const browser: object = session.browser;
      if (isDriven(browser)) {
        await browser.sendKeys(session.id, ['Shift', 'Tab']);
        return true;
      }
      const { keyboard } = pageOf(session);
      await keyboard.down('Shift');
      await keyboard.press('Tab');
      await keyboard.up('Shift');
      return true;
    },
  };
}

function isDriven(browser: object): browser is DrivenBrowser {
  return 'sendKeys' in browser && typeof browser.sendKeys === 'function';
}
