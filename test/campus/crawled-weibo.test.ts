import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WeiboChannel } from '../../pipeline/domain/channel.ts';
import { CampusScene, missingWords } from '../harness/campus-scene.ts';
import { readRawFiles } from '../harness/raw-bytes.ts';
import { findValues } from '../harness/raw-dump.ts';
import { canteenPrices } from './content/stories/canteen-prices.ts';
import { examSeason } from './content/stories/exam-season.ts';
import { leakedList } from './content/stories/leaked-list.ts';
import { identityMarks, persons } from './persons.ts';
import type { ExpectedStatus } from './weibo-expected.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

let scene: CampusScene;
afterEach(() => scene.close());

const expectedStatuses = () => scene.campus.weibo.expected.statuses;
const statusOf = (key: string): ExpectedStatus => {
  const status = expectedStatuses().find((each) => each.key === key);
  if (status === undefined) throw new Error(`no status ${key}`);
  return status;
};
const find = (kind: 'status' | 'comment', id: string) => scene.find(`weibo:${kind}:${id}`);

/** What was not stored as it stands at the platform. */
async function compare(since: number): Promise<string[]> {
  const wrong: string[] = [];
  for (const status of expectedStatuses()) {
    if (Date.parse(status.publishedAt) < since && !status.pinned) continue;
    const stored = await find('status', status.id);
    if (stored === null) wrong.push(`${status.key}: missing`);
    else {
      const missed = missingWords(stored.text.text, status.words);
      if (missed.length > 0) wrong.push(`${status.key}: without ${missed.join('|')}`);
      if (stored.post.publishedAt !== status.publishedAt)
        wrong.push(`${status.key}: ${stored.post.publishedAt} for ${status.publishedAt}`);
    }
    for (const remark of status.remarks) {
      const held = await find('comment', remark.id);
      if (held === null) wrong.push(`${remark.key}: missing`);
      else if (missingWords(held.text.text, remark.words).length > 0)
        wrong.push(`${remark.key}: other words`);
      else if (held.post.publishedAt !== remark.publishedAt) wrong.push(`${remark.key}: other time`);
      else if (held.post.rootId !== remark.rootId) wrong.push(`${remark.key}: other root`);
    }
  }
  return wrong;
}

it('gives every status, comment and reply of the weeks, and nothing of a person', async () => {
  scene = await CampusScene.open();
  const run = await scene.crawl(await scene.weibo('mobile'));
  expect([run.state, run.outcome, run.credential, run.note]).toEqual(['finished', 'complete', 'ok', null]);
  expect(await compare(Date.parse(scene.fixture.clock.now()) - 90 * dayMs)).toEqual([]);
  const total = expectedStatuses().reduce((sum, { remarks }) => sum + 1 + remarks.length, 0);
  expect((await scene.storedIds()).length).toBe(total);
  const forbidden = [...identityMarks, ...persons.map(({ uid }) => uid)];
  const pieces = [...readRawFiles(scene.fixture.dataDir)].map(({ path, bytes }) => ({ where: path, bytes }));
  expect(findValues(pieces, ['食堂开放日'])).toHaveLength(1);
  expect(findValues(pieces, forbidden)).toEqual([]);
});

describe('the mobile site, crawled again and again', () => {
  let channel: WeiboChannel;
  beforeEach(async () => {
    scene = await CampusScene.open([canteenPrices, examSeason]);
    channel = await scene.weibo('mobile');
  });

  it('notices an edit, a deletion and a storm in later runs', async () => {
    await scene.crawl(channel);
    const { control } = scene.campus.weibo;
    const [newest] = expectedStatuses();
    if (newest === undefined) throw new Error('the account is silent');
    const gone = statusOf('canteen-open-day');
    control.editStatus(newest.key, '改过的说明');
    control.deleteStatus(gone.key);
    scene.fixture.clock.advance(2 * hourMs);
    const storm = control.storm(newest.key, 40);
    await scene.crawl(channel);
    scene.fixture.clock.advance(hourMs);
    await scene.crawl(channel);
    const edited = await find('status', newest.id);
    expect(edited?.text.text).toContain('改过的说明');
    expect(edited?.post.marks).toContain('source-edited');
    const after = statusOf(newest.key).remarks.filter(({ key }) => storm.includes(key));
    expect(after).toHaveLength(40);
    for (const { id, key } of after) expect(await find('comment', id), key).not.toBeNull();
    for (let days = 0; days < 4; days += 1) {
      scene.fixture.clock.advance(dayMs);
      await scene.crawl(channel);
    }
    expect((await find('status', gone.id))?.post.marks).toContain('source-deleted');
  });

  it('stops at every refusal, keeps what it has, and says what a person must do', async () => {
    await scene.crawl(channel);
    const count = (await scene.storedIds()).length;
    const { control } = scene.campus.weibo;
    for (const refusal of ['432', '418', '403', 'passport', 'html', 'empty', 'ok-100'] as const) {
      control.refuse(refusal);
      scene.fixture.clock.advance(3 * hourMs);
      const before = scene.campus.requests().length;
      const run = await scene.crawl(channel);
      expect.soft(run.outcome, refusal).not.toBe('complete');
      expect.soft(run.note, refusal).not.toBeNull();
      expect.soft(scene.campus.requests().length - before, refusal).toBeLessThan(4);
      expect((await scene.storedIds()).length).toBe(count);
    }
    control.refuse(null);
    channel = await scene.weibo('mobile');
    scene.fixture.clock.advance(26 * hourMs);
    expect((await scene.crawl(channel)).outcome).toBe('complete');
  });

  it('names the person who must log in again when the login has ended', async () => {
    scene.campus.weibo.control.expireCookie();
    const run = await scene.crawl(channel);
    expect(run.outcome).toBe('credential');
    expect(run.nextStep).toContain('publicity');
    expect(run.nextStep).toContain('guanlan credential set weibo');
  });
});

describe('the Open Platform, crawled', () => {
  it('spends no more than the calls of a day, and gets everything within some days', async () => {
    scene = await CampusScene.open([canteenPrices, examSeason, leakedList]);
    const channel = await scene.weibo('open-platform');
    for (let hours = 0; hours < 48; hours += 6) {
      await scene.crawl(channel);
      expect(scene.campus.weibo.callsToday()).toBeLessThanOrEqual(100);
      scene.fixture.clock.advance(6 * hourMs);
    }
    await scene.crawl(channel);
    expect(await compare(0)).toEqual([]);
  });
});
