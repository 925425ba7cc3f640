import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createScheduledBrief, previewBrief } from '../pipeline/commands/create-brief.ts';
import { gatherMaterial } from '../pipeline/commands/gather-brief.ts';
import { openEvidence } from '../pipeline/commands/open-brief-evidence.ts';
import { refreshRollups } from '../pipeline/commands/refresh-rollups.ts';
import { findBriefProblems } from '../pipeline/commands/scan-brief.ts';
import { type Brief, BriefKind, type BriefNumber, numbersOf } from '../pipeline/domain/brief.ts';
import type { QueryOf } from '../pipeline/domain/brief-evidence.ts';
import { canonicalBrief } from '../pipeline/domain/brief-life.ts';
import { evaluateEvidence } from '../pipeline/domain/brief-material.ts';
import { periodBefore, periodOfDays } from '../pipeline/domain/brief-period.ts';
import { isDelicate } from '../pipeline/domain/brief-suppression.ts';
import { RetryLater } from '../pipeline/domain/errors.ts';
import { bucketHour, shanghaiDay } from '../pipeline/domain/time.ts';
import type { ItemFilter } from '../pipeline/ports/rollup-store.ts';
import { BriefView, EvidenceView } from '../review-api/contract/briefs.ts';
import { buildGathered } from './builders/post.ts';
import { describeSetUps } from './harness/describe-set-ups.ts';
import { openOffice } from './harness/office.ts';
import { fileCase } from './harness/office-cases.ts';
import { openTrendScene, type TrendScene } from './harness/trend-scene.ts';
import type { Visitor } from './harness/visitor.ts';

const days = { fromDay: '2026-11-02', toDay: '2026-11-24' };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describeSetUps('briefs', (emptyPlace) => {
  let scene: TrendScene;
  let analyst: Visitor;
  let director: Visitor;
  let isScaled: boolean;
  beforeAll(async () => {
    const place = await emptyPlace();
    isScaled = place.setUp === 'scaled';
    scene = await openTrendScene(await openOffice({}, place));
    analyst = await scene.enter('analyst');
    director = await scene.enter('director');
  }, 60_000);
  afterAll(() => scene.office.close());

  const deps = () => scene.office.deps;
  async function post(visitor: Visitor, path: string, body: object): Promise<Brief> {
    scene.office.clock.advance(60_000);
    const reply = await visitor.post(`/api/briefs${path}`, { commandId: randomUUID(), ...body });
    if (reply.status !== 200) throw new Error(`${reply.status} ${reply.text}`);
    return BriefView.parse(reply.json).brief;
  }
  async function subjectOf() {
    const query = { ...days, accessClasses: ['open'] as const, moment: 'opened' as const };
    const page = await scene.office.stores.rollups.listCases({ ...query, cursor: null, limit: 4 });
    return { kind: 'cases', caseIds: page.items.map(({ caseId }) => caseId) };
  }
  const create = async (kind: BriefKind, more: object = {}) =>
    post(analyst, '', { kind, days, subject: kind === 'special' ? await subjectOf() : null, ...more });

  /** Counted by the store's own filters, not by the code that made the brief. */
  async function recountItems(query: QueryOf<'items'>): Promise<number> {
    const { of: _, from, until, ...filter } = query;
    const period = {
      fromDay: shanghaiDay(from),
      toDay: shanghaiDay(until),
      accessClasses: ['open'] as const,
    };
    let found = 0;
    for (let cursor: string | null = null; ; ) {
      const page = await scene.office.stores.rollups.listItems({
        ...period,
        ...(filter as ItemFilter),
        cursor,
        limit: 200,
      });
      found += page.items.filter(({ hour }) => bucketHour(from) <= hour && hour < bucketHour(until)).length;
      if (page.nextCursor === null) return found;
      cursor = page.nextCursor;
    }
  }

  async function checkNumber(brief: Brief, number: BriefNumber, value: number | null, ids: string[]) {
    const { query, measure, total, digest } = number.evidence;
    if (number.suppressed !== undefined) {
      expect([number.id, number.value, total]).toEqual([number.id, null, null]);
      if (number.suppressed === 'under-ten') {
        expect([isDelicate(query, number.label), ids.length < 10]).toEqual([true, true]);
      }
      return;
    }
    expect([number.id, number.value]).toEqual([number.id, value]);
    expect([number.id, total, digest]).toEqual([
      number.id,
      ids.length,
      sha256(ids.map((id) => `${id}\n`).join('')),
    ]);
    // A server takes its time: there what the store says is asked of one brief.
    if (isScaled && brief.kind !== 'weekly') return;
    const frozen = await scene.office.stores.briefs.readEvidence(brief.id, number.id);
    expect(frozen).toEqual(query.of === 'referred' ? [] : ids);
    if (query.of === 'items' && measure === 'count' && brief.kind !== 'special') {
      expect([number.id, await recountItems(query)]).toEqual([number.id, number.value]);
    }
  }

  it('recount to every number from what stands under it, and stay so after late items', {
    timeout: 60_000,
  }, async () => {
    const made: Brief[] = [];
    for (const kind of BriefKind.options) made.push(await create(kind));
    for (const brief of made) {
      const { facts, period } = brief;
      const range = { from: periodBefore(period).from, until: period.until };
      const material = await gatherMaterial(range, { kind: facts.kind, subject: facts.subject }, deps());
      const numbers = new Map([...numbersOf(facts)].map((number) => [number.id, number]));
      expect(numbers.size).toBe([...numbersOf(facts)].length);
      for (const number of numbers.values()) {
        const { query, measure } = number.evidence;
        if (query.of === 'derived') {
          const [now, before] = query.numbers.map((id) => numbers.get(id));
          const isOver = now?.gaps !== undefined || before?.gaps !== undefined;
          const value = (now?.value ?? 0) - (before?.value ?? 0);
          expect([number.id, number.value]).toEqual([number.id, isOver ? null : value]);
          continue;
        }
        const { value, ids } = evaluateEvidence(query, measure, material);
        await checkNumber(brief, number, value, ids);
      }
      expect(await findBriefProblems(brief, deps())).toEqual([]);
    }
    const byKind = (kind: BriefKind) => made.find((brief) => brief.kind === kind) as Brief;
    for (const kind of BriefKind.options.filter((one) => one !== 'morning')) {
      const told = [...numbersOf(byKind(kind).facts)].filter(({ value }) => (value ?? 0) > 0);
      expect(told.length).toBeGreaterThan(isScaled ? 0 : 5);
    }

    const weekly = byKind('weekly');
    const opened = await openEvidence(weekly, 'overview.public', deps());
    const text = '开水房又没有热水。';
    await fileCase(
      scene.office,
      { kind: 'comment', channelId: 'weibo', publishedAt: '2026-11-18T02:10:00.000Z', text },
      {},
    );
    const again = await openEvidence(weekly, 'overview.public', deps());
    expect(again.number).toEqual(opened.number);
    expect(again.ids).toEqual(opened.ids);
    expect(opened.now).toMatchObject({ added: 0, gone: 0, isSame: true });
    expect(again.now).toMatchObject({
      value: (opened.number.value ?? 0) + 1,
      added: 1,
      gone: 0,
      isSame: false,
    });
    const stored = await scene.office.stores.briefs.find(weekly.id);
    expect(stored?.facts).toEqual(weekly.facts);
  });

  it.each([
    ['subject.topicId', { subject: { kind: 'topic', topicId: 'none' } }],
    ['subject.caseIds', { subject: { kind: 'cases', caseIds: ['none'] } }],
    ['days.fromDay', { days: { fromDay: '0001-01-01', toDay: '0001-01-02' } }],
    ['days.toDay', { days: { ...days, toDay: '9999-12-31' } }],
    ['days.toDay', { days: { ...days, toDay: 'tomorrow' } }],
  ])('are about what there is: %s', async (field, wrong) => {
    const known = { kind: 'special', days, subject: await subjectOf() };
    const body = { commandId: randomUUID(), ...known, ...wrong };
    expect(await analyst.post('/api/briefs', body)).toMatchObject({ status: 400, json: { field } });
  });

  it('are about hours that are over: a special one to the last full hour, the others to yesterday', async () => {
    const { office } = scene;
    const today = shanghaiDay(office.clock.now());
    const toToday = { days: { ...days, toDay: today } };
    for (const kind of ['morning', 'daily', 'weekly', 'monthly']) {
      const body = { commandId: randomUUID(), kind, subject: null, ...toToday };
      const { json } = await analyst.post('/api/briefs', body);
      expect(json).toMatchObject({
        status: 400,
        field: 'days.toDay',
        detail: expect.stringContaining('没有过完'),
      });
    }
    const { period, facts } = await create('special', toToday);
    const now = Date.parse(office.clock.now());
    expect(now - Date.parse(period.until)).toBeGreaterThanOrEqual(0);
    expect(now - Date.parse(period.until)).toBeLessThan(3_600_000);
    for (const { evidence } of numbersOf(facts)) {
      if ('until' in evidence.query) expect(evidence.query.until <= period.until).toBe(true);
    }
  });

  it('claim no change over a gap, and count nothing but what is open', async () => {
    const { facts } = await create('weekly', { days: { fromDay: '2026-11-09', toDay: '2026-11-15' } });
    const numbers = new Map([...numbersOf(facts)].map((number) => [number.id, number]));
    expect(numbers.get('trend.public.change')).toMatchObject({ value: null, note: '采集有缺口，不作比较' });
    expect(numbers.get('trend.public')?.gaps).toEqual(['2026-11-12T10:00']);
    // Slips are the office's own: no crawl can miss one.
    expect(numbers.get('trend.sent.change')?.value).not.toBeNull();
    const all = await scene.office.stores.rollups.listItems({
      ...{ fromDay: '2026-11-09', toDay: '2026-11-15', speaker: 'public', cursor: null, limit: 200 },
      accessClasses: ['open', 'victim', 'safety'],
    });
    expect(numbers.get('overview.public')?.value).toBeLessThan(all.items.length);
    expect(numbers.get('safety.emergency')).toMatchObject({ value: null, suppressed: 'under-ten' });
    expect(numbers.get('safety.all')).toMatchObject({ value: null, suppressed: 'would-reveal' });
    expect(numbers.get('safety.fraud')?.value).not.toBeNull();
  });

  it('are approved by another person, numbered, hashed and put right by a new issue', async () => {
    let brief = await create('daily', { days: { fromDay: '2026-11-24', toDay: '2026-11-24' } });
    const leader = await scene.enter('leader');
    const version = () => ({ version: brief.version });
    const tryTo = async (visitor: Visitor, what: string, body: object = {}) =>
      (
        await visitor.post(`/api/briefs/${brief.id}/${what}`, {
          commandId: randomUUID(),
          ...version(),
          ...body,
        })
      ).status;
    expect((await leader.get(`/api/briefs/${brief.id}`)).status).toBe(404);
    brief = await post(director, `/${brief.id}/words`, {
      ...version(),
      words: { remarks: '食堂意见较集中。' },
    });
    brief = await post(analyst, `/${brief.id}/words`, {
      ...version(),
      words: { remarks: '食堂意见较集中，已转办。' },
    });
    expect(await tryTo(analyst, 'words', { version: 1, words: { remarks: '晚了一步' } })).toBe(409);
    brief = await post(analyst, `/${brief.id}/submit`, version());
    expect(await tryTo(analyst, 'approve')).toBe(403);
    // R12: the director wrote its words, though not the last of them.
    expect(await tryTo(director, 'approve')).toBe(403);
    expect(await tryTo(director, 'return', { reason: ' ' })).toBe(400);
    brief = await post(await scene.enter('director'), `/${brief.id}/approve`, version());
    expect(brief).toMatchObject({ state: 'approved', number: '〔2026〕第1期' });
    expect(brief.hash).toBe(sha256(canonicalBrief(brief)));
    expect(await tryTo(analyst, 'words', { words: { remarks: '改一改' } })).toBe(409);
    expect((await leader.get(`/api/briefs/${brief.id}`)).status).toBe(200);
    const items = await leader.get(`/api/briefs/${brief.id}/numbers/overview.public`);
    expect(EvidenceView.parse(items.json)).toMatchObject({ isCountOnly: true, items: [] });
    const cases = await leader.get(`/api/briefs/${brief.id}/numbers/overview.waiting`);
    expect(EvidenceView.parse(cases.json)).toMatchObject({ isCountOnly: false });
    const [waiting] = EvidenceView.parse(cases.json).items;
    expect(waiting?.label).toMatch(/^2026-\d\d-\d\d \d\d:\d\d · .+ · /);
    expect((await leader.get(`/api/briefs/${brief.id}/numbers/referred`)).status).toBe(404);

    let corrected = await post(analyst, '', { kind: 'daily', replaces: brief.id });
    corrected = await post(analyst, `/${corrected.id}/submit`, { version: 1 });
    corrected = await post(director, `/${corrected.id}/approve`, { version: 2 });
    expect(corrected).toMatchObject({ number: '〔2026〕第2期', replaces: brief.id, period: brief.period });
    const day = { fromDay: '2026-11-24', toDay: '2026-11-24' };
    const again = { commandId: randomUUID(), kind: 'daily', days: day, subject: null };
    expect(await analyst.post('/api/briefs', again)).toMatchObject({
      status: 409,
      json: { detail: expect.stringContaining('日报〔2026〕第2期（2026-11-24）') },
    });
    const old = await scene.office.stores.briefs.find(brief.id);
    expect(old).toMatchObject({ state: 'replaced', replacedBy: corrected.id, hash: brief.hash });
    expect(sha256(canonicalBrief(old as Brief))).toBe(brief.hash);
  });

  it('are made once a period, by however many at once', async () => {
    const period = periodOfDays('2026-11-16', '2026-11-22');
    const made = await Promise.all([1, 2, 3].map(() => createScheduledBrief('weekly', period, deps())));
    expect(made.filter((one) => one !== null)).toHaveLength(1);
    expect(made.find((one) => one !== null)?.brief).toMatchObject({
      createdBy: null,
      state: 'draft',
      words: {},
    });
  });

  it('never leave the writer’s hands with what points to a person', { timeout: 30_000 }, async () => {
    const secret = '昨晚十一点西门外的路灯坏了三盏走路都看不清台阶请尽快维修';
    await fileCase(
      scene.office,
      { kind: 'comment', channelId: 'weibo', publishedAt: '2026-11-24T02:10:00.000Z', text: secret },
      { accessClass: 'victim' },
    );
    let brief = await create('daily');
    const refusals: [string, string][] = [
      ['详见 @小明同学 的留言。', '账号'],
      [`有人说：${secret.slice(0, 25)}。`, '照抄'],
      ['联系电话 13812345678。', '电话'],
      ['来信 someone@qq.com。', '邮箱'],
      ['发现轻生言论 2 条。', '不足10'],
      ['计算机2201班有3人反映。', '不足10'],
    ];
    for (const [words, why] of refusals) {
      brief = await post(analyst, `/${brief.id}/words`, {
        version: brief.version,
        words: { remarks: words },
      });
      scene.office.clock.advance(60_000);
      const body = { commandId: randomUUID(), version: brief.version };
      const reply = await analyst.post(`/api/briefs/${brief.id}/submit`, body);
      expect([words, reply.status]).toEqual([words, 400]);
      expect(reply.text).toContain(why);
      expect(reply.text).toContain('words.remarks');
      expect(reply.text).not.toContain(secret.slice(0, 12));
    }
    await post(analyst, `/${brief.id}/words`, {
      version: brief.version,
      words: { remarks: '路灯报修较多。' },
    });
    brief = await post(analyst, `/${brief.id}/submit`, { version: brief.version + 1 });
    // Reasons stay in the history of a brief.
    for (const move of ['return', 'withdraw']) {
      for (const [reason, why] of refusals) {
        const body = { commandId: randomUUID(), version: brief.version, reason };
        const reply = await director.post(`/api/briefs/${brief.id}/${move}`, body);
        expect([reason, reply.status, reply.text.includes(why)]).toEqual([reason, 400, true]);
        expect(reply.json).toMatchObject({ field: 'reason' });
        expect(reply.text).not.toContain(secret.slice(0, 12));
      }
    }
    const reason = '请补充处置情况。';
    brief = await post(director, `/${brief.id}/return`, { version: brief.version, reason });
    expect(brief).toMatchObject({ state: 'draft', returnReason: reason });
  });

  it('tell not what has become fewer than ten, when a number is opened later', async () => {
    const { facts } = await previewBrief({ kind: 'weekly', days, subject: null }, deps());
    const { suppressed, ...referred } = facts.referred;
    expect(suppressed).toBe('would-reveal');
    const told = { ...referred, value: 12, evidence: { ...referred.evidence, total: 12 } };
    const brief = { id: randomUUID(), facts: { ...facts, referred: told } } as Brief;
    expect(await openEvidence(brief, 'referred', deps())).toMatchObject({ ids: [], now: null });
  });

  it('tell of a reply that was seen days after it was decided to answer', async () => {
    const { office } = scene;
    const text = '请问校园卡在哪里补办？';
    const { caseId } = await fileCase(office, { kind: 'comment', channelId: 'weibo', text });
    const reviewer = await scene.enter('reviewer');
    const decision = { commandId: randomUUID(), version: 1, kind: 'answer', reason: 'service-need' };
    expect((await reviewer.post(`/api/cases/${caseId}/decisions`, decision)).status).toBe(200);
    office.clock.advance(2 * 86_400_000);
    const reply = buildGathered({
      ...{ externalId: `reply-${caseId}`, kind: 'comment', channelId: 'weibo', official: true },
      ...{ parentId: caseId, text: '请到一站式服务大厅补办。' },
    });
    await office.stores.posts.storePosts([{ post: reply, snapshotHash: null }], office.clock.now());
    const day = shanghaiDay(office.clock.now());
    office.clock.advance(86_400_000);
    const wish = { kind: 'daily', days: { fromDay: day, toDay: day }, subject: null } as const;
    const { facts, evidence } = await previewBrief(wish, deps());
    expect([...numbersOf(facts)].find(({ id }) => id === 'closed.replied')?.value).toBe(1);
    expect(evidence.get('closed.replied')).toEqual([caseId]);
  });

  it('wait while everything is counted anew, as after an update', async () => {
    const { rollups } = scene.office.stores;
    const wish = { kind: 'weekly', days, subject: null } as const;
    await rollups.noteAll(0);
    await expect(previewBrief(wish, deps())).rejects.toThrow(RetryLater);
    await refreshRollups(deps());
    await expect(previewBrief(wish, deps())).resolves.toBeDefined();
  });
});
