import { type BrowserChoice, findBrowser } from '../../crawlers/fetch/browser-program.ts';
import type { Channel } from '../../pipeline/domain/channel.ts';
import { fail, ok, type Result, warn } from './doctor-result.ts';

const remedy =
  'install Chromium (Debian, Ubuntu: apt-get install chromium; elsewhere: npx playwright install chromium), or name one with GUANLAN_CHROMIUM';

/** Only sites whose pages are built by scripts need a browser. */
export async function checkBrowser(choice: BrowserChoice, channels: readonly Channel[]): Promise<Result> {
  const wanting = channels.filter((channel) => channel.kind === 'site' && channel.fetchedBy === 'browser');
  const names = wanting.map(({ id }) => id).join(', ');
  const found = await findBrowser(choice);
  if (found !== null)
    return ok(wanting.length === 0 ? `${found}; no channel needs it` : `${found}, for ${names}`);
  if (choice.named !== null) return fail(`there is no browser at ${choice.named} (GUANLAN_CHROMIUM)`);
  if (wanting.length === 0) return ok('none found; no channel needs one');
  const isCrawled = wanting.some(({ state }) => state === 'trial' || state === 'live');
  return (isCrawled ? fail : warn)(`none found, and ${names} cannot be read without one: ${remedy}`);
}
