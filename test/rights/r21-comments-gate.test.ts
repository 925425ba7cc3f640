import { afterEach, beforeEach, expect, it } from 'vitest';
import { closeWindows } from '../../pipeline/commands/close-windows.ts';
import { WeiboChannel } from '../../pipeline/domain/channel.ts';
import { governanceReminders } from '../../pipeline/domain/comments-gate.ts';
import { type Campus, startCampus } from '../campus/campus.ts';
import { type Story, said } from '../campus/content/stories/story.ts';
import { describeSetUps } from '../harness/describe-set-ups.ts';
import { answered, PlatformScene } from '../harness/platform-scene.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Two days before the assessment ends, at noon in Shanghai. */
const start = '2026-12-29T04:00:00.000Z';

const stories: readonly Story[] = [
  {
    name: 'gate',
    statuses: [{ key: 'notice', when: 5, text: '关于食堂的通知', remarks: [said(4, '第一天的评论')] }],
  },
];

/** Which of these stand somewhere. */
const spoken = ['第一天的评论', '到期当天的评论', '到期以后的评论'];
const official = ['关于食堂的通知', '到期以后的通知'];

describeSetUps('R21: comments only while somebody answers for them', (emptyPlace) => {
  let campus: Campus;
  let scene: PlatformScene;
  /** Done once, while the campus answers the next call. */
  let atNextAnswer: (() => void) | null = null;
  beforeEach(async () => {
    campus = await startCampus({
      ...{ today: new Date(start), stories },
      now: () => {
        const act = atNextAnswer;
        atNextAnswer = null;
        act?.();
        return new Date(scene?.clock.now() ?? start);
      },
    });
    scene = await PlatformScene.open(await emptyPlace(), start);
  });
  afterEach(async () => {
    await scene.close();
    await campus.close();
  });

  const openChannel = async () => {
    const channel = WeiboChannel.parse({
      ...{ kind: 'weibo', id: 'weibo-main', name: '官方微博', unit: 'publicity', state: 'live' },
      ...{ uid: campus.weibo.uid, door: 'mobile', requestsPerMinute: 6000 },
    });
    const { cookie } = campus.weibo.credentials();
    await scene.credentials.save(channel.id, 'weibo-cookie', { cookie }, { expiresAt: null, actorId: null });
    return channel;
  };
  const askedForComments = () => campus.requests().filter(({ path }) => /comment/i.test(path)).length;
  const stands = async (words: readonly string[]) => {
    const found = await scene.findAnywhere(words);
    return words.filter((word) => found.some((one) => one.startsWith(word)));
  };

  it('stop at the end of the last day, while the school’s own goes on', { timeout: 60_000 }, async () => {
    await scene.govern(answered);
    const channel = await openChannel();
    expect((await scene.crawl(channel, campus.platforms)).note).toBeNull();

    // 23:59 on the last day in Shanghai.
    scene.clock.advance(2 * dayMs + 12 * hourMs - 60_000);
    campus.weibo.control.comment('notice', { text: '到期当天的评论' });
    expect((await scene.crawl(channel, campus.platforms)).note).toBeNull();
    expect(await stands(spoken)).toEqual(spoken.slice(0, 2));
    const asked = askedForComments();

    scene.clock.advance(2 * hourMs);
    campus.weibo.control.comment('notice', { text: '到期以后的评论' });
    campus.weibo.control.postStatus('later', '到期以后的通知');
    const closed = await scene.crawl(channel, campus.platforms);
    expect(closed).toMatchObject({
      state: 'finished',
      created: 1,
      note: expect.stringMatching(/^comments are not gathered: .*expired on 2026-12-31/),
    });
    expect(askedForComments()).toBe(asked);
    expect(await stands(official)).toEqual(official);
    expect(scene.log()).toContain('comments are not gathered');
    // The window of this run is over, and comments are missing from it.
    scene.clock.advance(3 * hourMs);
    const ports = { stores: scene.ports.stores, clock: scene.clock };
    const gaps = (await closeWindows(ports)).opened.map(({ cause, reason }) => `${cause}: ${reason}`);
    expect(gaps).toContain(`comments-gate: ${closed.note}`);

    await scene.govern({
      ...answered,
      impactAssessment: { signedOn: '2026-12-31', expiresOn: '2027-12-31' },
    });
    scene.clock.advance(2 * dayMs);
    expect((await scene.crawl(channel, campus.platforms)).note).toBeNull();
    expect(await stands(spoken)).toEqual(spoken);
  });

  it.each([
    ['impactAssessment', /missing an impact assessment/],
    ['controller', /missing a named controller/],
    ['independentReviewer', /missing a named independent reviewer/],
    ['noticeUrl', /missing the address of the public notice/],
  ] as const)('are not asked for without %s', async (field, says) => {
    await scene.govern({ ...answered, [field]: null });
    const run = await scene.crawl(await openChannel(), campus.platforms);
    expect(run.note).toMatch(says);
    expect(run.created).toBe(1);
    expect(askedForComments()).toBe(0);
    expect(await stands(spoken)).toEqual([]);
  });

  it('stop in the middle of a run when midnight comes', async () => {
    await scene.govern({
      ...answered,
      impactAssessment: { signedOn: '2026-01-10', expiresOn: '2026-12-29' },
    });
    const channel = await openChannel();
    scene.clock.advance(12 * hourMs - 60_000);
    atNextAnswer = () => void scene.clock.advance(2 * 60_000);
    const run = await scene.crawl(channel, campus.platforms);
    expect(run.note).toMatch(/^comments are not gathered/);
    expect(askedForComments()).toBe(0);
    expect(await stands(spoken)).toEqual([]);
    expect(await stands(official)).toEqual(official.slice(0, 1));
  });
});

it('R21: the office is told 60, 30 and 7 days before, day by day', () => {
  const walk: string[] = [];
  for (let day = 0; day < 75; day += 1) {
    const today = new Date(Date.parse('2026-10-25T00:00:00Z') + day * dayMs).toISOString().slice(0, 10);
    const told = governanceReminders(answered, today)[0]?.code ?? 'nothing';
    if (walk.at(-1)?.split(' ')[1] !== told) walk.push(`${today} ${told}`);
  }
  expect(walk).toEqual([
    '2026-10-25 nothing',
    '2026-11-01 assessment-ends-60',
    '2026-12-01 assessment-ends-30',
    '2026-12-24 assessment-ends-7',
    '2027-01-01 comments-off',
  ]);
});
