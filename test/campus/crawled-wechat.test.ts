import { afterEach, beforeEach, expect, it } from 'vitest';
import { addWechatAddresses } from '../../crawlers/sources/wechat/add-addresses.ts';
import type { WechatChannel } from '../../pipeline/domain/channel.ts';
import { CampusScene, missingWords } from '../harness/campus-scene.ts';
import { readRawFiles } from '../harness/raw-bytes.ts';
import { findValues } from '../harness/raw-dump.ts';
import { identityMarks, persons } from './persons.ts';

let scene: CampusScene;
let channel: WechatChannel;
beforeEach(async () => {
  scene = await CampusScene.open();
  channel = await scene.wechat();
});
afterEach(() => scene.close());

/** Interface, album and pages together: what a school does on its first day. */
async function crawlAll() {
  const { stores, clock } = scene.fixture;
  const ports = { ledger: stores.ledger, clock };
  await addWechatAddresses(ports, channel, [scene.campus.wechat.albumUrl]);
  return scene.crawl(channel);
}

async function compare(): Promise<string[]> {
  const wrong: string[] = [];
  for (const article of scene.campus.wechat.expected.articles) {
    const id = `${article.biz}:${article.mid}:${article.idx}`;
    const stored = await scene.find(`wechat:article:${id}`);
    if (stored === null) wrong.push(`${article.key}: missing`);
    else {
      const missed = missingWords(stored.text.text, article.words);
      if (missed.length > 0) wrong.push(`${article.key}: without ${missed.join('|')}`);
      if (stored.post.publishedAt !== article.publishedAt) wrong.push(`${article.key}: other time`);
      if (article.form === 'article' && stored.text.title !== article.title)
        wrong.push(`${article.key}: ${stored.text.title}`);
    }
    for (const remark of article.remarks.filter(({ official }) => !official)) {
      const held = await scene.find(`wechat:comment:${id}:${remark.id}`);
      if (held === null) wrong.push(`${remark.key}: missing`);
      else if (missingWords(held.text.text, remark.words).length > 0)
        wrong.push(`${remark.key}: other words`);
    }
  }
  return wrong;
}

it('gives every article of the weeks with its comments, and nothing of a person', async () => {
  const run = await crawlAll();
  expect([run.state, run.credential, run.failed, run.unknown]).toEqual(['finished', 'ok', 0, 0]);
  expect(await compare()).toEqual([]);
  const pieces = [...readRawFiles(scene.fixture.dataDir)].map(({ path, bytes }) => ({ where: path, bytes }));
  expect(findValues(pieces, ['备用泵这个早就该有'])).toHaveLength(1);
  expect(findValues(pieces, [...identityMarks, ...persons.map(({ uid }) => uid)])).toEqual([]);
});

it('follows new articles, an answer of ours and a withdrawal', async () => {
  await crawlAll();
  const { control, expected } = scene.campus.wechat;
  const silent = expected.articles
    .flatMap(({ remarks }) => remarks)
    .find(({ key }) => /^library-system\/1$/.test(key));
  control.answerOfficially(silent?.key ?? '', '已收到建议');
  control.deleteArticle('fraud-cases');
  control.publishArticle({ key: 'new', title: '新的一篇', paragraphs: ['新的第一段。'] });
  scene.fixture.clock.advance(30 * 3_600_000);
  const run = await crawlAll();
  expect(run.gone).toBe(1);
  expect(await compare()).toEqual([]);
  const replies = (await scene.storedIds()).filter((id) => id.startsWith('wechat:comment:'));
  const texts = await Promise.all(replies.map(async (id) => (await scene.find(id))?.text.text));
  expect(texts).toContain('已收到建议');
});

it('gives the entries of the video account by its feed, and new ones as they come', async () => {
  const feed = scene.videos();
  const path = `/bilibili/user/video/${scene.campus.feeds.hub.videoAccount}`;
  const entries = () => scene.campus.feeds.expected(path);
  expect(await scene.crawl(feed)).toMatchObject({ created: entries().length, outcome: 'complete' });
  const count = entries().length;
  scene.fixture.clock.advance(3_600_000);
  expect(entries().length).toBe(count + 1);
  expect(await scene.crawl(feed)).toMatchObject({ created: 1 });
  scene.campus.feeds.control.fail('hub-error');
  scene.fixture.clock.advance(3_600_000);
  const failed = await scene.crawl(feed);
  expect(failed.outcome).not.toBe('complete');
  expect(failed.note).not.toBeNull();
});
