import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OpenedPorts } from '../pipeline/adapters/open-stores.ts';
import { findMissing, followPages } from '../pipeline/commands/find-missing.ts';
import { type LiveMatching, openLiveMatching } from '../pipeline/commands/match-live.ts';
import { purgeExpired } from '../pipeline/commands/purge-expired.ts';
import { spotCheck } from '../pipeline/commands/spot-check.ts';
import { storeGathered } from '../pipeline/commands/store-gathered.ts';
import { Channel } from '../pipeline/domain/channel.ts';
import type { Draft } from '../pipeline/domain/draft.ts';
import type { DraftContent } from '../pipeline/domain/draft-content.ts';
import { type LiveMatch, liveMatchId } from '../pipeline/domain/live-match.ts';
import { postId } from '../pipeline/domain/post.ts';
import { buildContent, draftPeople } from './builders/draft.ts';
import { type Handling, readDraftPage, renderDraftPage } from './campus/draft-pages.ts';
import { buildDraftBench, type DraftStoreFixture } from './contracts/draft-bench.ts';
import { describeSetUps } from './harness/describe-set-ups.ts';
import { FakeClock } from './harness/fake-clock.ts';
import { openPlace } from './harness/places.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const channels = [
  {
    ...{ id: 'main-site', kind: 'site', name: '学校主页', unit: 'publicity', state: 'live' },
    ...{ startUrls: ['https://www.canglan.example/'], allow: [{ host: 'www.canglan.example' }] },
    reviewFrom: '2026-03-01',
  },
  {
    ...{ id: 'wechat', kind: 'wechat', name: '学校公众号', unit: 'publicity', state: 'live' },
    ...{ biz: 'MzA5NDAwMzE3NA==', appId: 'wx4f0c21a9d87e35b6', reviewFrom: '2026-03-01' },
  },
  {
    ...{ id: 'library-site', kind: 'site', name: '图书馆网站', unit: 'library', state: 'live' },
    ...{ startUrls: ['https://lib.canglan.example/'], allow: [{ host: 'lib.canglan.example' }] },
  },
].map((channel) => Channel.parse(channel));

const handled: Handling = {
  ...{ reflow: 'word', entities: 'named', blanks: 'indent', wrapper: 'sections' },
  ...{ images: 'renamed', links: 'tracked', lists: 'written', furniture: 'around' },
};
const words = (more = '') =>
  `自下周一起，图书馆一层自习区开放至二十三点，周末照常。${more}入馆请刷校园卡，贵重物品请随身携带，闭馆前十五分钟请整理好个人物品有序离开。`;

describeSetUps('the live match', (emptyPlace) => {
  const clock = new FakeClock('2026-03-02T01:00:00.000Z');
  let ports: OpenedPorts;
  let matching: LiveMatching;
  beforeEach(async () => {
    ports = await openPlace(await emptyPlace(), clock);
    const { settings } = ports.stores;
    const change = {
      at: clock.now(),
      actorId: null,
      source: 'test',
      id: clock.newId(),
      expectedVersion: await settings.readVersion(),
    };
    await settings.save('channels', channels, change);
    matching = openLiveMatching({ stores: ports.stores, clock });
  });
  afterEach(() => ports.close());

  const bench = buildDraftBench(() => {
    const { drafts, draftLinks: links, draftFiles: files, ...stores } = ports.stores;
    return { ...stores, drafts, links, files, clock } as unknown as DraftStoreFixture;
  });
  const approve = async (content: DraftContent) => bench.approve(await bench.create(content));

  /** As the crawler would meet it, put on line now. */
  async function meet(
    number: number,
    content: DraftContent,
    { channelId = 'main-site', at = clock.now() } = {},
  ) {
    const template = channelId === 'wechat' ? 'wechat-2025' : 'vsb';
    const page = readDraftPage(renderDraftPage(content, template, handled), template);
    const { title, text, links, attachments, images } = page;
    const url = `https://${channelId === 'library-site' ? 'lib' : 'www'}.canglan.example/info/1031/${number}.htm`;
    const post = {
      ...{
        channelId,
        kind: 'article' as const,
        externalId: String(number),
        url,
        parentId: null,
        rootId: null,
      },
      ...{ title, text, links: [...links], attachments: [...attachments], metrics: {} },
      ...{ publishedAt: at, publishedPrecision: 'minute' as const, images: [...(images ?? [])] },
    };
    await storeGathered({ ...ports, clock }, [{ post, snapshotHash: null }]);
    return postId(post);
  }
  /** Nobody judges here: after ten minutes it is looked at all the same. */
  async function look(id: string): Promise<LiveMatch | null> {
    await matching.run();
    clock.advance(11 * minuteMs);
    await matching.run();
    return ports.stores.live.find(id);
  }

  it('says that what is live is what was approved, once its draft is sealed, and only then', async () => {
    const content = buildContent({ channels: ['main-site', 'wechat'] }, words());
    const id = await meet(1, content);
    expect(await look(id)).toMatchObject({ result: 'published-without-approval', draftId: null });
    const draft = await approve(content);
    const wechat = await meet(2, content, { channelId: 'wechat' });
    const site = await meet(3, content);
    expect(await look(site)).toMatchObject({ result: 'match', draftId: draft.id, foundBy: 'text' });
    expect(await look(wechat)).toMatchObject({ result: 'match', draftId: draft.id, notes: [] });
    // The first one says the same, was there before the approval, and is not the only one.
    expect(await ports.stores.live.find(id)).toMatchObject({
      ...{ result: 'match', draftId: draft.id, otherPostId: site },
      notes: expect.arrayContaining(['before-approval', 'another-item']),
    });
    const before = await ports.stores.live.find(site);
    expect(await matching.run()).toBe(0);
    expect(await ports.stores.live.find(site)).toEqual(before);
  });

  it('shows a sign that was changed after approval, and that it was put right', async () => {
    const content = buildContent({}, words());
    const draft = await approve(content);
    const id = await meet(1, content);
    expect(await look(id)).toMatchObject({ result: 'match' });
    await meet(1, buildContent({}, words().replace('二十三点', '二十二点')));
    expect(await look(id)).toMatchObject({
      ...{ result: 'changed', draftId: draft.id, textVersion: 2, revision: 2 },
      comparison: { text: 'changed', title: 'same' },
    });
    await meet(1, content);
    expect(await look(id)).toMatchObject({ result: 'match', comparison: { text: 'same' } });
  });

  it('knows a correction that was approved, and an old version that is still live', async () => {
    const content = buildContent({}, words());
    const approved = await approve(content);
    const id = await meet(1, content);
    const published = await bench.move(approved, 'mark-published', draftPeople.writer, {
      ...{ channelId: 'main-site', url: 'http://www.canglan.example/info/1031/1.htm' },
    });
    expect(await look(id)).toMatchObject({ result: 'match', foundBy: 'address' });
    const correcting = await bench.move(published, 'start-correction', draftPeople.writer);
    const corrected = buildContent({}, words('寒假另行通知。'));
    const saved = await ports.stores.drafts.save(
      { draftId: correcting.id, revision: correcting.revision, content: corrected, keep: false },
      draftPeople.writer,
      clock.now(),
    );
    expect(await look(id)).toMatchObject({ result: 'match' });
    const again = await bench.approve(saved);
    expect(again.seal?.version).toBe(saved.contentVersion);
    expect(await look(id)).toMatchObject({ result: 'changed', notes: ['old-version'] });
    await meet(1, corrected);
    expect(await look(id)).toMatchObject({ result: 'corrected-with-approval', notes: [] });
  });

  it('asks for what is live without approval from the 启用日 on, and for nothing before it', async () => {
    const content = buildContent(
      { title: '关于校园网检修的通知' },
      '今晚零点至四点校园网检修，期间无法上网。',
    );
    const early = await meet(1, content, { at: '2026-02-28T15:59:00.000Z' });
    const late = await meet(2, content, { at: '2026-02-28T16:00:00.000Z' });
    const elsewhere = await meet(3, content, { channelId: 'library-site' });
    await look(late);
    expect(await ports.stores.live.find(early)).toMatchObject({ result: 'not-required' });
    expect(await ports.stores.live.find(late)).toMatchObject({ result: 'published-without-approval' });
    expect(await ports.stores.live.find(elsewhere)).toMatchObject({ result: 'not-required' });
  });

  it('gives one draft to one item, and says which is like it', async () => {
    const content = buildContent({}, words());
    const draft = await approve(content);
    const other = buildContent(
      { title: '关于开馆时间的再次通知' },
      words().replace('周一', '周三').replace('二十三点', '二十点'),
    );
    const like = await meet(1, other);
    expect(await look(like)).toMatchObject({ result: 'changed', draftId: draft.id, foundBy: 'text' });
    const real = await meet(2, content);
    expect(await look(real)).toMatchObject({ result: 'match', draftId: draft.id });
    await matching.run();
    expect(await ports.stores.live.find(like)).toMatchObject({
      ...{ result: 'published-without-approval', draftId: null, similarDraftId: draft.id },
      notes: ['similar-draft'],
    });
  });

  it('misses what was approved and is nowhere, until it is met', async () => {
    const content = buildContent({ channels: ['main-site', 'wechat'] }, words());
    const draft: Draft = await approve(content);
    expect(await findMissing({ stores: ports.stores, clock })).toBe(0);
    clock.advance(dayMs + minuteMs);
    expect(await findMissing({ stores: ports.stores, clock })).toBe(2);
    expect(await findMissing({ stores: ports.stores, clock })).toBe(2);
    const absent = liveMatchId({ channelId: 'wechat', postId: null, draftId: draft.id });
    expect(await ports.stores.live.find(absent)).toMatchObject({
      result: 'approved-not-published',
      revision: 1,
    });
    await look(await meet(1, content, { channelId: 'wechat' }));
    expect(await findMissing({ stores: ports.stores, clock })).toBe(1);
    expect(await ports.stores.live.find(absent)).toBeNull();
    expect((await ports.stores.live.listOfDraft(draft.id)).map(({ channelId }) => channelId).sort()).toEqual([
      'main-site',
      'wechat',
    ]);
  });

  it('asks for nothing more when the page is gone', async () => {
    const id = await meet(1, buildContent({}, words()));
    expect(await look(id)).toMatchObject({ result: 'published-without-approval' });
    await ports.stores.posts.markDeleted(id, clock.now());
    expect(await followPages({ stores: ports.stores, clock })).toBe(1);
    expect(await followPages({ stores: ports.stores, clock })).toBe(0);
    expect(await ports.stores.live.find(id)).toMatchObject({ notes: ['gone'] });
  });

  it('quotes nothing of a page whose text was erased', async () => {
    await approve(buildContent({}, words()));
    const id = await meet(1, buildContent({}, words().replace('二十三点', '二十二点')));
    expect((await look(id))?.comparison?.changes.text).not.toEqual([]);
    await ports.stores.retention.endTexts([id], clock.now());
    await purgeExpired({ stores: ports.stores, blobs: ports.blobs, clock });
    expect(await followPages({ stores: ports.stores, clock })).toBe(1);
    expect(await ports.stores.live.find(id)).toMatchObject({ comparison: null, notes: ['gone'] });
  });

  it('answers a spot check by addresses, however they are written', async () => {
    const content = buildContent({}, words());
    const draft = await approve(content);
    await look(await meet(1, content));
    await look(
      await meet(
        2,
        buildContent({ title: '讲座预告一则' }, '周五下午三点，图书馆报告厅，欢迎参加读书分享。'),
      ),
    );
    const asked = [
      'http://www.canglan.example/info/1031/1.htm?utm_source=x',
      'www.canglan.example/info/1031/2.htm',
      'https://www.canglan.example/info/1031/404.htm',
      'mailto:a@b.example',
    ];
    const answers = await spotCheck(ports.stores, asked);
    expect(answers.map(({ answer, draft: found }) => [answer, found?.id ?? null])).toEqual([
      ['approved', draft.id],
      ['no-record', null],
      ['not-read', null],
      ['not-an-address', null],
    ]);
  });
});
