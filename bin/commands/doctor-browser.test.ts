import { describe, expect, it } from 'vitest';
import { findBrowser } from '../../crawlers/fetch/browser-program.ts';
import { buildSiteChannel } from '../../test/harness/crawl-fixture.ts';
import { checkBrowser } from './doctor-browser.ts';

const site = (change: Parameters<typeof buildSiteChannel>[1]) =>
  buildSiteChannel(['www.canglan.example'], change);
const startUrls = ['https://www.canglan.example/'];
const scripted = site({ id: 'app', startUrls, fetchedBy: 'browser' });
const isThere = (await findBrowser({ named: null, path: '' })) !== null;

describe('checkBrowser', () => {
  it('fails where a browser is named and not there', async () => {
    const choice = { named: '/no/such/browser', path: '' };
    expect(await checkBrowser(choice, [])).toMatchObject({
      mark: 'fail',
      says: expect.stringContaining('GUANLAN_CHROMIUM'),
    });
  });

  it('names the channels that need one', async () => {
    const choice = { named: process.execPath, path: '' };
    expect((await checkBrowser(choice, [site({ startUrls }), scripted])).says).toBe(
      `${process.execPath}, for app`,
    );
    expect((await checkBrowser(choice, [site({ startUrls })])).says).toContain('no channel needs it');
  });

  it.skipIf(isThere)('says what to install where there is none', async () => {
    const choice = { named: null, path: '' };
    expect(await checkBrowser(choice, [scripted])).toMatchObject({
      mark: 'fail',
      says: expect.stringContaining('apt-get install chromium'),
    });
    expect((await checkBrowser(choice, [{ ...scripted, state: 'paused' }])).mark).toBe('warn');
    expect((await checkBrowser(choice, [])).mark).toBe('ok');
  });
});
