import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Credentials, openCredentials } from '../../pipeline/commands/credentials.ts';
import { Channel } from '../../pipeline/domain/channel.ts';
import { InvalidInput } from '../../pipeline/domain/errors.ts';
import { type Campus, startCampus } from '../../test/campus/campus.ts';
import { CrawlFixture } from '../../test/harness/crawl-fixture.ts';
import { openMemoryKeys } from '../../test/harness/memory-keys.ts';
import { registerAuthorise } from './channel-authorise.ts';

let fixture: CrawlFixture;
let campus: Campus;
let credentials: Credentials;
let printed: string[];
let said: string[];

beforeEach(async () => {
  fixture = await CrawlFixture.open();
  const now = () => new Date(fixture.clock.now());
  campus = await startCampus({ today: now(), now, stories: [] });
  const { stores, clock } = fixture;
  credentials = openCredentials({ store: stores.credentials, keys: openMemoryKeys(), clock });
  [printed, said] = [[], []];
  await saveChannel(campus.weibo.uid);
});
afterEach(async () => {
  await campus.close();
  await fixture.close();
});

async function saveChannel(uid: string) {
  const { stores, clock } = fixture;
  const channel = {
    id: 'weibo',
    kind: 'weibo',
    name: '微博',
    unit: 'publicity',
    state: 'live',
    door: 'open-platform',
    uid,
  };
  await stores.settings.save('channels', [Channel.parse(channel)], {
    ...{ expectedVersion: await stores.settings.readVersion(), actorId: null, source: 'seed:test' },
    ...{ at: clock.now(), id: clock.newId() },
  });
}

const keepApp = (more: object = {}) =>
  credentials.save(
    'weibo',
    'weibo-app',
    { ...campus.weibo.app, ...more },
    { expiresAt: null, actorId: null },
  );

/** The keeper opens the printed address, and copies the one that the browser was led to. */
async function logIn(): Promise<string> {
  const official = new URL(printed[0] ?? '');
  const response = await fetch(`${campus.weibo.url}${official.pathname}${official.search}`, {
    redirect: 'manual',
  });
  return response.headers.get('location') ?? '';
}

async function run(readLine: () => Promise<string> = logIn): Promise<void> {
  const { stores, deps } = fixture;
  const terminal = {
    readInput: async () => '',
    print: (line: string) => void printed.push(line),
    say: (line: string) => void said.push(line),
  };
  const context = { ...deps, stores, credentials, platforms: campus.platforms, close: async () => {} };
  const command = new Command('channel').exitOverride();
  registerAuthorise(command, async () => context, { terminal, readLine });
  await command.parseAsync(['authorise', 'weibo'], { from: 'user' });
}

describe('guanlan channel authorise', () => {
  it('leads to the platform, exchanges the code and keeps the token', async () => {
    await keepApp();
    await run();
    expect(printed[0]).toMatch(/^https:\/\/api\.weibo\.com\/oauth2\/authorize\?.*state=[0-9a-f]{32}/);
    const { accessToken, tokenExpiresAt } = campus.weibo.credentials();
    expect(await credentials.find('weibo', 'weibo-oauth')).toMatchObject({
      secret: { accessToken, uid: campus.weibo.uid },
      facts: { state: 'ok', expiresAt: tokenExpiresAt.toISOString() },
    });
    expect([...printed, ...said].join()).not.toContain(accessToken);
    expect([...printed, ...said].join()).not.toContain(campus.weibo.app.appSecret);
  });

  it('takes the code alone as well', async () => {
    await keepApp();
    await run(async () => new URL(await logIn()).searchParams.get('code') ?? '');
    expect(await credentials.find('weibo', 'weibo-oauth')).not.toBeNull();
  });

  it.each([
    ['of another attempt', async () => (await logIn()).replace(/state=\w+/, 'state=0'), /another attempt/],
    ['of a refusal', async () => 'https://oauth.canglan.example/weibo?error=access_denied', /not granted/],
    ['without a code', async () => 'https://oauth.canglan.example/weibo', /no code/],
    ['that is none', async () => 'what?', /neither an address nor a code/],
    ['that is used up', async () => 'a'.repeat(32), /21325.*begin again/],
  ])('keeps nothing for an address %s', async (_, readLine, words) => {
    await keepApp();
    const running = run(readLine);
    await expect(running).rejects.toThrow(InvalidInput);
    await expect(running).rejects.toThrow(words);
    expect(await credentials.find('weibo', 'weibo-oauth')).toBeNull();
  });

  it('keeps no token that another account granted', async () => {
    await saveChannel('1234567890');
    await keepApp();
    await expect(run()).rejects.toThrow(/Another account granted this/);
    expect(await credentials.find('weibo', 'weibo-oauth')).toBeNull();
  });

  it('says which part of the app is wrong', async () => {
    await keepApp({ appSecret: 'wrong-CANARY' });
    const running = run();
    await expect(running).rejects.toThrow(/21324.*secret is wrong/);
    await expect(running).rejects.not.toThrow(/CANARY/);
  });

  it('asks for the app first', async () => {
    await expect(run()).rejects.toThrow(/credential set weibo --kind weibo-app/);
  });
});
