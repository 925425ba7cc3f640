import { expect, it } from 'vitest';
import type { AccessClass } from '../../pipeline/domain/access-class.ts';
import type { Actor, ReasonCode } from '../../pipeline/domain/case.ts';
import type { GatheredPost } from '../../pipeline/domain/post.ts';
import type { Verdict } from '../../pipeline/domain/verdict.ts';
import type { RuleEvidence } from '../../pipeline/ports/rule-evidence.ts';
import { buildFinding, buildGathered, buildQueuedVerdict, buildVerdict } from '../builders/post.ts';
import { dayMs, everything, type PostStoreFixture, usePosts } from './post-scene.ts';

export interface RuleEvidenceFixture extends PostStoreFixture {
  evidence: RuleEvidence;
}

const reviewer: Actor = { id: 'reviewer-1', roles: ['reviewer'] };
const openOnly = { accessClasses: ['open'] as const };
const fromDay = '2000-01-01';

export function ruleEvidenceContract(open: () => Promise<RuleEvidenceFixture>): void {
  let evidence: RuleEvidence;
  const { fixture, posts, now, store, judgement, judge, openCases } = usePosts(async () => {
    const opened = await open();
    evidence = opened.evidence;
    return opened;
  });

  const hit = (id: string, version = '1') => buildFinding({ id, version });
  const onDay = (externalId: string, day: string, overrides: Partial<GatheredPost> = {}) =>
    buildGathered({ externalId, publishedAt: `${day}T04:00:00.000Z`, ...overrides });
  const gatherAndJudge = async (externalId: string, verdict: Verdict, day = '2026-11-20') => {
    await store(onDay(externalId, day));
    await judge(judgement(externalId, verdict));
  };
  const hits = async (query: { fromDay: string; accessClasses: readonly AccessClass[] }) =>
    (await evidence.countHits(query))
      .map(
        ({ ruleId, day, shadow, hits: count }) => `${ruleId} ${day} ${shadow ? 'shadow' : 'live'} ${count}`,
      )
      .sort();
  const scanAll = async (scan: { fromDay: string; accessClasses: readonly AccessClass[] }, limit = 2) => {
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await evidence.scanTexts({ ...scan, now: now() }, { cursor, limit });
      ids.push(...page.items.map(({ postId }) => postId.split(':')[2] ?? ''));
      cursor = page.nextCursor;
    } while (cursor !== null);
    return ids;
  };

  it('counts each rule once a post, by the day of the post in Shanghai', async () => {
    await gatherAndJudge('a', buildVerdict({ findings: [hit('r.one'), hit('r.one'), hit('r.two')] }));
    await gatherAndJudge('b', buildVerdict({ findings: [hit('r.one')] }));
    await store(buildGathered({ externalId: 'late', publishedAt: '2026-11-19T16:30:00.000Z' }));
    await judge(judgement('late', buildVerdict({ findings: [hit('r.one')] })));
    await gatherAndJudge('old', buildVerdict({ findings: [hit('r.one')] }), '2026-10-01');
    expect(await hits({ fromDay: '2026-11-01', ...everything })).toEqual([
      'r.one 2026-11-20 live 3',
      'r.two 2026-11-20 live 1',
    ]);
  });

  it('tells rules on trial from live ones, and leaves models out', async () => {
    const model = buildFinding({ source: 'model', id: 'model.fraud' });
    await gatherAndJudge('a', buildVerdict({ findings: [model], shadow: [hit('r.trial')] }));
    expect(await hits({ fromDay, ...everything })).toEqual(['r.trial 2026-11-20 shadow 1']);
  });

  it('is written once, however often a judgement is delivered', async () => {
    await store(onDay('a', '2026-11-20'));
    const verdict = buildVerdict({ findings: [hit('r.one')] });
    await judge(judgement('a', verdict), judgement('a', verdict));
    await judge(judgement('a', verdict));
    expect(await hits({ fromDay, ...everything })).toEqual(['r.one 2026-11-20 live 1']);
  });

  it('follows the newest judgement of an edited post', async () => {
    await gatherAndJudge('a', buildVerdict({ findings: [hit('r.one'), hit('r.two')] }));
    await store(onDay('a', '2026-11-20', { text: '改过的正文' }));
    await judge(judgement('a', buildVerdict({ findings: [hit('r.two', '2')] }), 2));
    expect(await hits({ fromDay, ...everything })).toEqual(['r.two 2026-11-20 live 1']);
  });

  it('counts no post of another class', async () => {
    await gatherAndJudge('a', buildVerdict({ findings: [hit('r.one')] }));
    await gatherAndJudge('b', buildVerdict({ findings: [hit('r.one')], accessClass: 'safety' }));
    await gatherAndJudge('c', buildVerdict({ findings: [hit('r.one')], accessClass: 'victim' }));
    expect(await hits({ fromDay, ...openOnly })).toEqual(['r.one 2026-11-20 live 1']);
    expect(await hits({ fromDay, accessClasses: ['open', 'victim'] })).toEqual(['r.one 2026-11-20 live 2']);
    expect(await hits({ fromDay, ...everything })).toEqual(['r.one 2026-11-20 live 3']);
    expect(await hits({ fromDay, accessClasses: [] })).toEqual([]);
  });

  it('keeps hits, text-free, when the text has expired', async () => {
    const comment = onDay('a', '2026-11-20', { kind: 'comment' });
    await store(comment);
    const postId = 'main-site:comment:a';
    const verdict = buildVerdict({ findings: [hit('r.one')] });
    await judge({ ...judgement('a', verdict), postId });
    fixture().clock.advance(91 * dayMs);
    const { posts: expired } = await fixture().retention.listExpired(now(), 10);
    expect(expired).toHaveLength(1);
    await fixture().retention.purgeExpired(now(), expired, 10);
    expect(await hits({ fromDay, ...everything })).toEqual(['r.one 2026-11-20 live 1']);
    expect(await scanAll({ fromDay, ...everything })).toEqual([]);
  });

  const decide = async (reason: ReasonCode) => {
    const [found] = await openCases();
    if (found === undefined) throw new Error('no case was opened');
    const { clock, cases } = fixture();
    const kind = reason === 'advert-or-spam' ? ('mark-noise' as const) : ('no-action' as const);
    const command = { commandId: clock.newId(), caseId: found.id, version: found.version, kind, reason };
    await cases.recordDecision({ ...command, note: null, unitId: null }, reviewer, now());
    return command;
  };

  it('counts decided cases by rule and reason, once a case', async () => {
    await gatherAndJudge('a', buildQueuedVerdict({ findings: [hit('r.one'), hit('r.one'), hit('r.two')] }));
    await decide('misjudged');
    await gatherAndJudge('b', buildQueuedVerdict({ findings: [hit('r.one')], shadow: [hit('r.trial')] }));
    await decide('advert-or-spam');
    await gatherAndJudge('c', buildQueuedVerdict({ findings: [hit('r.one')] }));
    const since = '2000-01-01T00:00:00.000Z';
    const counts = await evidence.countDecisions({ since, ...everything });
    expect(counts.map(({ ruleId, reason, cases }) => `${ruleId} ${reason} ${cases}`).sort()).toEqual([
      'r.one advert-or-spam 1',
      'r.one misjudged 1',
      'r.trial advert-or-spam 1',
      'r.two misjudged 1',
    ]);
    const later = new Date(Date.parse(now()) + 1000).toISOString();
    expect(await evidence.countDecisions({ since: later, ...everything })).toEqual([]);
    expect(await evidence.countDecisions({ since, accessClasses: ['safety'] })).toEqual([]);
  });

  it('counts no rule of a text that has gone out of sight since its case was decided', async () => {
    await gatherAndJudge('a', buildQueuedVerdict({ findings: [hit('r.one')] }));
    await decide('misjudged');
    await store(onDay('a', '2026-11-20', { text: '改过的正文' }));
    const danger: Partial<Verdict> = {
      findings: [hit('r.danger')],
      accessClass: 'safety',
      queues: ['safety'],
    };
    await judge(judgement('a', buildQueuedVerdict(danger), 2));
    const since = '2000-01-01T00:00:00.000Z';
    expect(await evidence.countDecisions({ since, accessClasses: ['open', 'victim'] })).toEqual([]);
    expect(await evidence.countDecisions({ since, ...everything })).toMatchObject([{ ruleId: 'r.danger' }]);
  });

  it('counts no decision that was taken back', async () => {
    await gatherAndJudge('a', buildQueuedVerdict({ findings: [hit('r.one')] }));
    const { caseId, commandId, version } = await decide('misjudged');
    const { clock, cases } = fixture();
    const undo = {
      commandId: clock.newId(),
      caseId,
      version: version + 1,
      decisionId: commandId,
      note: null,
    };
    await cases.recordUndo(undo, reviewer, now());
    const since = '2000-01-01T00:00:00.000Z';
    expect(await evidence.countDecisions({ since, ...everything })).toEqual([]);
  });

  it('goes through judged texts page by page, the newest day first, without gaps or doubles', async () => {
    const days = ['2026-11-18', '2026-11-20', '2026-11-20', '2026-11-20', '2026-11-19'];
    for (const [index, day] of days.entries()) await gatherAndJudge(`p${index}`, buildVerdict(), day);
    await gatherAndJudge('old', buildVerdict(), '2026-10-01');
    await store(onDay('waiting', '2026-11-20'));
    const scan = { fromDay: '2026-11-18', ...everything };
    for (const limit of [1, 2, 3, 5, 100]) {
      expect(await scanAll(scan, limit)).toEqual(['p3', 'p2', 'p1', 'p4', 'p0']);
    }
    expect(await evidence.countTexts({ ...scan, now: now() })).toBe(5);
  });

  it('scans the newest text with what judging asks of its post, long ones and emoji too', async () => {
    const text = `${'长长的正文，'.repeat(2000)}😀𠮷`;
    const metrics = { likes: 3, comments: 1 };
    await store(onDay('a', '2026-11-20', { text: '旧的' }));
    await store(onDay('a', '2026-11-20', { text, title: '题目', metrics }));
    await judge(judgement('a', buildVerdict(), 2));
    const page = await evidence.scanTexts(
      { fromDay, ...everything, now: now() },
      { cursor: null, limit: 10 },
    );
    expect(page).toEqual({
      items: [
        {
          ...{ postId: 'main-site:article:a', channelId: 'main-site', kind: 'article', metrics },
          ...{ textVersion: 2, day: '2026-11-20', title: '题目', text },
        },
      ],
      nextCursor: null,
    });
  });

  it('scans and counts no text of another class, none that waits for judgement again, none past its time', async () => {
    await gatherAndJudge('open', buildVerdict());
    await gatherAndJudge('hidden', buildVerdict({ accessClass: 'safety' }));
    await gatherAndJudge('edited', buildVerdict());
    await store(onDay('edited', '2026-11-20', { text: '又改了' }));
    const scan = { fromDay, ...openOnly };
    expect(await scanAll(scan)).toEqual(['open']);
    expect(await evidence.countTexts({ ...scan, now: now() })).toBe(1);
    await store(onDay('said', '2026-11-20', { kind: 'comment' }));
    await judge({ ...judgement('said', buildVerdict()), postId: 'main-site:comment:said' });
    expect((await scanAll(scan)).sort()).toEqual(['open', 'said']);
    fixture().clock.advance(91 * dayMs);
    expect(await scanAll(scan)).toEqual(['open']);
  });

  it('refuses a cursor that is none of its own', async () => {
    const scan = { fromDay, ...everything, now: now() };
    await expect(evidence.scanTexts(scan, { cursor: 'x', limit: 5 })).rejects.toThrow('翻页标记');
    expect(await posts().countStates()).toEqual({ pending: 0, judged: 0, failed: 0 });
  });
}
