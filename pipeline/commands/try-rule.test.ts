import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildGathered } from '../../test/builders/post.ts';
import { buildRule } from '../../test/builders/rule.ts';
import { describeSetUps } from '../../test/harness/describe-set-ups.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openPlace, type Place } from '../../test/harness/places.ts';
import type { OpenedPorts } from '../adapters/open-stores.ts';
import type { Actor } from '../domain/case.ts';
import { InvalidInput, NotFound } from '../domain/errors.ts';
import { rightsFor } from '../domain/role.ts';
import type { LexiconRule } from '../domain/rule.ts';
import { type ForkedRules, openForkedRules } from '../forked-rules.ts';
import { judgeText, openCurrentJudge } from './current-judge.ts';
import { judgeAllDue } from './judge-batch.ts';
import { type TryPorts, tryRuleFor } from './try-rule.ts';

const placeOf = (place: Place) =>
  place.setUp === 'embedded'
    ? { dataDir: place.dataDir, connections: null }
    : { dataDir: '', connections: { mongodbUri: place.mongoUri, database: place.database, redisUrl: '' } };

const loan = buildRule({
  ...{ id: 'fraud.loan', words: ['校园贷'], allow: ['远离校园贷'], example: '办校园贷找我' },
  ...{ purpose: '涉诈信息：贷款', counterExample: '远离校园贷' },
});
const crisis = buildRule({
  ...{
    id: 'safety.crisis',
    target: { category: 'self-harm' },
    words: ['不想活了'],
    allow: [],
    confidence: 0.9,
  },
  ...{ purpose: '自伤风险：直接的表达', example: '我不想活了', counterExample: '生活真好', severity: 5 },
});
const analyst: Actor = { id: 'analyst-1', roles: ['analyst'] };

describeSetUps('what a rule would do', (emptyPlace) => {
  let opened: OpenedPorts;
  let clock: FakeClock;
  let ports: TryPorts & OpenedPorts;
  let threads: ForkedRules;
  beforeEach(async () => {
    clock = new FakeClock('2026-11-22T04:00:00.000Z');
    const place = await emptyPlace();
    opened = await openPlace(place, clock);
    threads = openForkedRules(placeOf(place));
    ports = { ...opened, clock, tryRule: threads.tryRule };
  });
  afterEach(async () => {
    await threads.close();
    await opened.close();
  });

  const keep = async (...rules: LexiconRule[]) => {
    const expectedVersion = await opened.stores.settings.readVersion();
    const change = { expectedVersion, actorId: null, source: 'test', at: clock.now(), id: clock.newId() };
    await opened.stores.settings.save('rules', rules, change);
  };
  const say = async (day: string, ...texts: string[]) => {
    const items = texts.map((text, index) => ({
      post: buildGathered({
        ...{ externalId: `${day}-${index}`, kind: 'comment', title: '', text },
        publishedAt: `${day}T04:00:00.000Z`,
      }),
      snapshotHash: null,
    }));
    await opened.stores.posts.storePosts(items, clock.now());
    const judge = await openCurrentJudge({ settings: opened.stores.settings, clock })();
    const judgeTexts = async (inputs: Parameters<typeof judgeText>[1][]) =>
      inputs.map((input) => judgeText(judge, input));
    await judgeAllDue({ stores: opened.stores, clock, judgeTexts: judgeTexts as never });
  };
  const attempt = (request: Omit<Parameters<typeof tryRuleFor>[0], 'purpose' | 'days'>, days = 30) =>
    tryRuleFor(
      { ...request, days, purpose: '试算新规则' },
      { actor: analyst, rights: rightsFor(analyst.roles, 'rule.read') },
      ports,
    );
  const contentOf = ({ version: _version, state: _state, ...content }: LexiconRule) => content;

  it('counts the hits of a draft by day and channel, shows some, and says where posts would go', async () => {
    await keep(crisis);
    await say('2026-11-20', '校园贷秒批', '今天的校 园 贷广告真多', '大家要远离校园贷');
    await say('2026-11-22', '校园贷来了');
    await say('2026-10-01', '校园贷很久以前');
    const { answer, sample } = await attempt({ tried: { content: contentOf(loan) } });
    expect(answer).toMatchObject({
      ...{ scanned: 4, hits: 3, lost: 0 },
      byDay: [
        { day: '2026-11-20', hits: 2 },
        { day: '2026-11-22', hits: 1 },
      ],
      byChannel: [{ channelId: 'main-site', hits: 3 }],
      changed: { posts: 3, of: 3 },
    });
    expect(answer.changed?.changes[0]?.to.queues).toEqual(['safety', 'review']);
    expect(sample.map(({ excerpt }) => excerpt.text?.text).sort()).toEqual(
      ['今天的校 园 贷广告真多', '校园贷来了', '校园贷秒批'].sort(),
    );
  });

  it('has logged every text that it shows, with its purpose', async () => {
    await say('2026-11-20', '校园贷秒批', '校园贷来了');
    await attempt({ tried: { word: '校园贷' } });
    const { items } = await opened.stores.reads.list({ cursor: null, limit: 10 });
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({ actorId: 'analyst-1', purpose: '试算新规则', caseId: null });
  });

  it('counts a bare word and changes nothing for it', async () => {
    await say('2026-11-20', '食堂的包子', '图书馆');
    const { answer } = await attempt({ tried: { word: '包子' } });
    expect(answer).toMatchObject({ scanned: 2, hits: 1, changed: null });
    await expect(attempt({ tried: { word: ' \u200b' } })).rejects.toThrow(InvalidInput);
  });

  it('says of a live rule what would be missing without it', async () => {
    await keep(loan);
    await say('2026-11-20', '校园贷秒批', '图书馆');
    const { answer } = await attempt({ tried: { ruleId: loan.id } });
    expect(answer.changed).toMatchObject({ posts: 1, of: 1 });
    expect(answer.changed?.changes[0]).toMatchObject({
      from: { queues: [] },
      to: { queues: ['safety', 'review'] },
    });
    await expect(attempt({ tried: { ruleId: 'nobody' } })).rejects.toThrow(NotFound);
  });

  it('says of a changed live rule which posts it would no longer hit', async () => {
    await keep(loan);
    await say('2026-11-20', '校园贷秒批', '校园贷广告又来了');
    const narrowed = contentOf({ ...loan, allow: ['校园贷广告'] });
    const { answer } = await attempt({ tried: { content: narrowed } });
    expect(answer).toMatchObject({ hits: 1, lost: 1, changed: { posts: 1, of: 2 } });
  });

  it('neither counts nor shows a post of a class that the person may not see in full', async () => {
    await keep(crisis);
    await say('2026-11-20', '我不想活了，校园贷害的', '校园贷秒批');
    const { answer, sample } = await attempt({ tried: { word: '校园贷' } });
    expect(answer).toMatchObject({ scanned: 1, hits: 1 });
    expect(sample).toHaveLength(1);
    const tried = await attempt({ tried: { ruleId: crisis.id } });
    expect(tried.answer).toMatchObject({ hits: 0, changed: { posts: 0 } });
  });

  it('stops when it is asked to', async () => {
    await say('2026-11-20', '校园贷秒批');
    const stopping = new AbortController();
    stopping.abort(new Error('no longer wanted'));
    const asked = { ...{ tried: { word: '校园贷' } as const, days: 30, purpose: '试算新规则' } };
    const reader = { actor: analyst, rights: rightsFor(analyst.roles, 'rule.read') };
    await expect(tryRuleFor(asked, reader, ports, { signal: stopping.signal })).rejects.toThrow(
      'no longer wanted',
    );
  });

  it('tells a pattern that is refused as the person’s mistake', async () => {
    const back = contentOf({ ...loan, words: [], pattern: '(.)\\1' });
    await expect(attempt({ tried: { content: back } })).rejects.toThrow(InvalidInput);
  });
});
