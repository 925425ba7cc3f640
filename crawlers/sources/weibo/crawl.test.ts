import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Governance, WeiboChannel } from '../../../pipeline/domain/channel.ts';
import { CredentialExpired } from '../../../pipeline/domain/errors.ts';
import { type Campus, startCampus } from '../../../test/campus/campus.ts';
import { answered, type Story, said } from '../../../test/campus/content/stories/story.ts';
import type { WeiboRefusal } from '../../../test/campus/weibo-server.ts';
import { CrawlFixture } from '../../../test/harness/crawl-fixture.ts';
import type { Access } from '../../access.ts';
import { runCrawl } from '../../run-crawl.ts';

const everyClass = ['open', 'victim', 'safety'] as const;
const hourMs = 3_600_000;
const long = '后勤处关于冬季供暖的说明。'.repeat(20);
const stories: readonly Story[] = [
  {
    name: 'weibo',
    statuses: [
      ...Array.from({ length: 23 }, (_, index) => ({
        key: `day-${index}`,
        when: 24 * (index + 2),
        text: `#校园日常# 第${index}天的消息 @@4 https://www.canglan.example/${index} [心]`,
      })),
      { key: 'pinned', when: 2000, text: '置顶的招生简章', pinned: true as const },
      { key: 'long', when: 5, text: `${long}@@5`, likes: 12_345 },
      { key: 'shared', when: 4, text: '转发，请留意', shares: { person: 8, text: '大风蓝色预警' } },
      {
        key: 'lively',
        when: 2,
        text: '评论区见',
        remarks: [
          ...Array.from({ length: 45 }, (_, index) => said(2 - index / 60, `第${index}条评论`)),
          said(
            1,
            '有人回吗 @@6',
            said(0.9, '我回一条'),
            said(0.8, '我也回'),
            said(0.7, '再来一条', said(0.6, '回复里的回复')),
            answered(0.5, '同学你好，已转后勤处。'),
          ),
        ],
      },
    ],
  },
];

let campus: Campus;
let fixture: CrawlFixture;
let refusals: string[];

const channelOf = (door: WeiboChannel['door'], more: Partial<WeiboChannel> = {}) =>
  WeiboChannel.parse({
    ...{ kind: 'weibo', id: 'weibo', name: '官方微博', unit: 'publicity', responsible: '林老师' },
    ...{ state: 'live', uid: campus.weibo.uid, door, requestsPerMinute: 6000, ...more },
  });

const access = (): Access => ({
  secret: async () => stored,
  renew: () => Promise.reject(new CredentialExpired('林老师', 'stale')),
  refused: async (reason) => void refusals.push(reason),
  standing: async () => 'ok',
});
let stored = '';

function run(channel: WeiboChannel) {
  const deps = { ...fixture.deps, platforms: campus.platforms, openAccess: access };
  return runCrawl(deps, channel);
}

beforeEach(async () => {
  fixture = await CrawlFixture.open({ limits: { headersMs: 400, totalMs: 800 } });
  campus = await startCampus({
    today: new Date(fixture.clock.now()),
    now: () => new Date(fixture.clock.now()),
    stories,
  });
  refusals = [];
  stored = campus.weibo.credentials().cookie;
  const governance = Governance.parse({
    ...{ school: '沧澜师范学院', controller: '沧澜师范学院', independentReviewer: '纪检监察室' },
    noticeUrl: 'https://www.canglan.example/notice.htm',
    impactAssessment: { signedOn: '2026-01-10', expiresOn: '2026-12-31' },
  });
  const change = { expectedVersion: 0, actorId: null, source: 'test', at: fixture.clock.now(), id: 'g1' };
  await fixture.stores.settings.save('governance', governance, change);
});
afterEach(async () => {
  await campus.close();
  await fixture.close();
});

const statusOf = (key: string) => {
  const found = campus.weibo.expected.statuses.find((status) => status.key === key);
  if (found === undefined) throw new Error(`no status ${key}`);
  return found;
};
const find = async (kind: 'status' | 'comment', id: string) => {
  const post = await fixture.stores.posts.findPost(`weibo:${kind}:${id}`);
  const text = await fixture.stores.posts.findText(`weibo:${kind}:${id}`, { accessClasses: everyClass });
  return { post, text: text?.text ?? null };
};

/** Everything that stands on the platform, and nothing of another account, as it stands there now. */
async function expectEverything(options: { comments: boolean } = { comments: true }): Promise<void> {
  for (const status of campus.weibo.expected.statuses) {
    const { post, text } = await find('status', status.id);
    expect(post, status.key).toMatchObject({ publishedAt: status.publishedAt, parentId: null });
    for (const words of status.words) expect(text).toContain(words.trim());
    for (const name of status.names) expect(text).not.toContain(name);
    for (const remark of options.comments ? status.remarks : []) {
      const comment = await find('comment', remark.id);
      const { parentId, rootId, publishedAt } = remark;
      expect(comment.post, remark.key).toMatchObject({ rootId, publishedAt });
      // The mobile page says of a reply only under which comment it stands.
      if (parentId === rootId) expect(comment.post?.parentId).toBe(rootId);
      else expect(status.remarks.map(({ id }) => id)).toContain(comment.post?.parentId);
      for (const words of remark.words) expect(comment.text).toContain(words.trim());
    }
  }
}

describe('the mobile door', () => {
  it.each(['2022', '2019'] as const)(
    'reads every status, comment and reply in the form of %s',
    async (era) => {
      campus.weibo.control.useEra(era);
      const ended = await run(channelOf('mobile', { backDays: 365 }));
      expect(ended).toMatchObject({ outcome: 'complete', failed: 0, unknown: 0, refused: 0 });
      await expectEverything();
      expect(ended.created).toBe(27 + 51);
      const official = statusOf('lively').remarks.find((remark) => remark.official);
      const known = await fixture.stores.posts.loadDue(
        [`weibo:comment:${official?.id}`],
        fixture.clock.now(),
      );
      expect(known).toMatchObject([{ official: true }]);
    },
  );

  it('reads no further back than it must, and sees what came, changed and went', async () => {
    const channel = channelOf('mobile', { backDays: 365 });
    await run(channel);
    const { id: deleted } = statusOf('day-1');
    const { id: longId } = statusOf('long');
    fixture.clock.advance(2 * hourMs);
    const { control } = campus.weibo;
    control.postStatus('new', '新的一条 @@7');
    control.deleteStatus('day-1');
    control.editStatus('day-0', '更正：时间改为周五');
    control.editStatus('long', `更正。${long}`);
    control.comment('lively', { text: '又来一条' });
    const before = campus.requests().length;
    const ended = await run(channel);
    expect(ended).toMatchObject({ outcome: 'complete', created: 2, edited: 2, gone: 1, failed: 0 });
    expect((await find('status', deleted)).post?.marks).toEqual(['source-deleted']);
    expect((await find('status', longId)).text).toMatch(/^更正。后勤处/);
    await expectEverything();
    // One list, three statuses by themselves, and the lively one's comments.
    expect(campus.requests().length - before).toBeLessThan(12);
    fixture.clock.advance(hourMs);
    expect(await run(channel)).toMatchObject({ created: 0, edited: 0, gone: 0, outcome: 'complete' });
  });

  it('keeps a long text whole while lists show its beginning', async () => {
    const channel = channelOf('mobile');
    for (let hours = 0; hours < 4; hours += 1) {
      expect((await run(channel)).edited).toBe(0);
      fixture.clock.advance(hourMs);
    }
    expect((await find('status', statusOf('long').id)).post?.textVersion).toBe(1);
  });

  const login = { outcome: 'credential', reachedBack: false, nextStep: expect.stringContaining('林老师') };
  const turnedAway = {
    outcome: 'refused',
    reachedBack: false,
    note: expect.stringContaining('channel import'),
  };
  const table: [WeiboRefusal, object][] = [
    ['ok-100', login],
    ['432', login],
    ['passport', login],
    ['html', login],
    ['418', turnedAway],
    ['403', turnedAway],
    ['429', { outcome: 'refused', reachedBack: false }],
    ['empty', { outcome: 'failed', reachedBack: false, unknown: 1 }],
    ['hung', { outcome: 'failed', reachedBack: false }],
    ['server-error', { outcome: 'failed', reachedBack: false }],
  ];
  it.each(table)('is not quiet when it meets %s, and goes on when it is let in', async (refusal, seen) => {
    const channel = channelOf('mobile', { comments: false });
    await run(channel);
    fixture.clock.advance(2 * hourMs);
    campus.weibo.control.postStatus('missed', '这一条不能漏');
    campus.weibo.control.refuse(refusal);
    expect(await run(channel)).toMatchObject(seen);
    expect(refusals).toHaveLength(seen === login ? 1 : 0);
    fixture.clock.advance(30 * hourMs);
    campus.weibo.control.refuse(null);
    stored = campus.weibo.control.renewCookie();
    expect(await run(channel)).toMatchObject({ outcome: 'complete' });
    expect((await find('status', statusOf('missed').id)).text).toBe('这一条不能漏');
  });

  it('takes a list that is empty of a sudden for a login that ran out, not for quiet', async () => {
    const channel = channelOf('mobile');
    await run(channel);
    fixture.clock.advance(hourMs);
    for (const { key } of campus.weibo.expected.statuses) campus.weibo.control.deleteStatus(key);
    const ended = await run(channel);
    expect(ended).toMatchObject({ reachedBack: false, unknown: 1 });
    expect(ended.outcome).not.toBe('complete');
    const [list] = await fixture.stores.ledger.listPages(channel.id, ['unknown-page'], 2);
    expect(list?.error).toMatch(/27 are known: is the login still good/);
  });

  it('asks the plain list where the comments of an old status are closed', async () => {
    campus.weibo.control.comment('day-22', { text: '很久以后' });
    fixture.clock.advance(24 * hourMs);
    campus.weibo.control.refuse('403', '/comments/hotflow');
    const channel = channelOf('mobile');
    expect(await run(channel)).toMatchObject({ outcome: 'refused' });
    fixture.clock.advance(31 * 24 * hourMs);
    expect(await run(channel)).toMatchObject({ outcome: 'complete', refused: 0 });
    const [remark] = statusOf('day-22').remarks;
    expect((await find('comment', remark?.id ?? '')).post).toMatchObject({ rootId: statusOf('day-22').id });
  });

  it('asks for no comments while they are off, and still notices what goes', async () => {
    const channel = channelOf('mobile', { comments: false });
    const paths = () => campus.requests().map(({ path }) => path);
    await run(channel);
    expect(paths().some((path) => path.includes('comments'))).toBe(false);
    const { id } = statusOf('day-3');
    campus.weibo.control.deleteStatus('day-3');
    fixture.clock.advance(25 * hourMs);
    await run(channel);
    expect((await find('status', id)).post?.marks).toEqual(['source-deleted']);
  });

  it('takes nothing of another account, whatever stands between its own', async () => {
    await run(channelOf('mobile', { backDays: 365 }));
    const pages = await fixture.stores.ledger.listPages('weibo', ['done', 'due', 'gone'], 500);
    const own = new Set(campus.weibo.expected.statuses.map(({ id }) => id));
    for (const { url } of pages) {
      const id = new URL(url).searchParams.get('id') ?? new URL(url).searchParams.get('mid');
      if (id !== null) expect(own).toContain(id);
      for (const value of campus.weibo.expected.neverStored) expect(url).not.toContain(value);
    }
  });
});

describe('the door of the Open Platform', () => {
  beforeEach(() => {
    stored = campus.weibo.credentials().accessToken;
  });

  it('reads statuses, comments and the own answers within the calls of a day', async () => {
    const channel = channelOf('open-platform');
    await run(channel);
    for (let hours = 1; hours < 24; hours += 1) {
      fixture.clock.advance(hourMs);
      if (hours === 12) campus.weibo.control.comment('day-5', { text: '夜里的一句' });
      expect(await run(channel), `hour ${hours}`).toMatchObject({ outcome: 'complete', failed: 0 });
    }
    expect(campus.weibo.callsToday()).toBeLessThanOrEqual(100);
    await expectEverything();
    const replies = statusOf('lively').remarks;
    const nested = replies.find(({ words }) => words.includes('回复里的回复'));
    expect((await find('comment', nested?.id ?? '')).post?.parentId).toBe(nested?.parentId);
  });

  it.each(['number', 'string'] as const)('stops for a token that has run out, told as a %s', async (form) => {
    campus.weibo.control.answerErrorCodesAs(form);
    campus.weibo.control.expireToken();
    const ended = await run(channelOf('open-platform'));
    expect(ended).toMatchObject({ outcome: 'credential', fetched: 1 });
    expect(ended.nextStep).toContain('guanlan channel authorise weibo');
    expect(refusals).toHaveLength(1);
  });

  it('waits for the next hour where the platform says that the calls are spent', async () => {
    campus.weibo.control.limitCallsPerDay(1);
    const ended = await run(channelOf('open-platform'));
    expect(ended).toMatchObject({ outcome: 'refused', fetched: 2 });
    expect(ended.note).toContain('too many calls');
  });

  it('says that something may be missing where an app is shown the newest few only', async () => {
    const channel = channelOf('open-platform', { comments: false });
    await run(channel);
    campus.weibo.control.restrictTimeline(5);
    fixture.clock.advance(hourMs);
    expect(await run(channel)).toMatchObject({ outcome: 'complete', gone: 0 });
    fixture.clock.advance(hourMs);
    for (let count = 0; count < 7; count += 1)
      campus.weibo.control.postStatus(`rush-${count}`, `第${count}条`);
    expect(await run(channel)).toMatchObject({ outcome: 'partial', reachedBack: false, created: 5 });
  });

  it('notices what was deleted, and asks for it by itself', async () => {
    const channel = channelOf('open-platform', { comments: false });
    for (let hours = 0; hours < 12; hours += 1) {
      await run(channel);
      fixture.clock.advance(2 * hourMs);
    }
    const { id } = statusOf('day-2');
    campus.weibo.control.deleteStatus('day-2');
    fixture.clock.advance(25 * hourMs);
    expect(await run(channel)).toMatchObject({ gone: 1 });
    expect((await find('status', id)).post?.marks).toEqual(['source-deleted']);
  });
});
