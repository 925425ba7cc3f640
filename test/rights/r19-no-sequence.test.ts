import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../pipeline/domain/role.ts';
import { type RouteName, type RouteSpec, routes } from '../../review-api/contract/routes.ts';
import { buildFinding } from '../builders/post.ts';
import { describeSetUps } from '../harness/describe-set-ups.ts';
import { type Office, openOffice } from '../harness/office.ts';
import { type FiledCase, fileCase } from '../harness/office-cases.ts';
import type { Reply, Visitor } from '../harness/visitor.ts';

/**
 * R19: whatever those of the publicity office do, and in whatever order, no answer and no line of the log shows them what is for the
 * people on duty alone: neither what was so from the beginning, nor what they referred themselves and had noted down before.
 */
const publicity: readonly Role[] = ['reviewer', 'director', 'operator', 'analyst', 'leader'];
const canaries = { born: '暮云深', referred: '寒烟翠', note: '秋水长', name: '雁字回.xlsx' };
const words = [
  '消息',
  canaries.born,
  canaries.referred,
  canaries.note,
  `"${canaries.born}的消息"`,
  '消息 -晴川',
];

let office: Office;
let visitors: Map<Role, Visitor>;
let onDuty: Visitor;
/** The three that are for those on duty alone come first. */
let filed: FiledCase[];
/** Bodies and addresses as they were asked with must not be taken for an answer: no canary is in a case's own id. */
let raisable: string;
/** Each step of a sequence is a few round trips more where the store is a server. */
let runs: number;

const text = (name: string) => ({
  ...{ kind: 'comment' as const, title: '', text: `${name}的消息，请尽快联系。` },
  attachments: [{ name: canaries.name, url: 'https://www.canglan.example/a.xlsx' }],
});

async function referOne(): Promise<FiledCase> {
  const one = await fileCase(office, { ...text(canaries.referred), attachments: [] });
  const reviewer = visitors.get('reviewer');
  const body = { commandId: randomUUID(), version: 1, kind: 'refer-safety', reason: 'safety-risk' };
  const note = `${canaries.note}：家长来电`;
  const reply = await reviewer?.post(`/api/cases/${one.caseId}/decisions`, { ...body, note });
  expect(reply?.status).toBe(200);
  return one;
}

interface Step {
  role: Role;
  name: string;
  /** Which case, which word, which of several ways: taken from these. */
  at: number;
  way: number;
}

const states = ['undecided', 'decided', 'any'] as const;
const purpose = encodeURIComponent('检查权限');
const pick = <T>(values: readonly T[], at: number): T => values[at % values.length] as T;

/** Every way into a case or past it, with whatever id. */
const moves: Record<string, (visitor: Visitor, step: Step) => Promise<Reply>> = {
  list: (visitor, { way, at }) => {
    const queue = pick(['review', 'service', 'operations', 'safety'], way);
    const more = ['', '&sort=newest', '&kinds=comment', '&held=nobody', '&sort=deadline'];
    const word = pick(words, at).replace(/["-]/gu, '');
    const asked = way % 3 === 0 ? `&words=${encodeURIComponent(word)}` : pick(more, at);
    return visitor.get(`/api/cases?queue=${queue}&state=${pick(states, at)}${asked}`);
  },
  facets: (visitor, { way, at }) =>
    visitor.get(`/api/desk/facets?queue=${pick(['review', 'safety'], way)}&state=${pick(states, at)}`),
  search: (visitor, { at, way }) => {
    const more = pick(['', '&kind=comment', '&state=undecided', '&state=none', '&limit=1'], way);
    return visitor.get(`/api/search?q=${encodeURIComponent(pick(words, at))}&purpose=${purpose}${more}`);
  },
  address: (visitor, { at }) => {
    const id = encodeURIComponent(pick(filed, at).postId);
    return visitor.get(`/api/search?q=${id}&purpose=${purpose}`);
  },
  read: (visitor, { at }) => visitor.get(`/api/cases/${pick(filed, at).caseId}?purpose=${purpose}`),
  versions: (visitor, { at }) =>
    visitor.get(`/api/cases/${pick(filed, at).caseId}/versions?purpose=${purpose}`),
  open: (visitor, { at }) =>
    visitor.post(`/api/cases/${pick(filed, at).caseId}/open`, { purpose: '检查权限' }),
  decide: (visitor, { at, way }) => {
    const [kind, reason] = pick(
      [
        ['no-action', 'opinion-only'],
        ['return-from-safety', 'misrouted'],
        ['mark-noise', 'misjudged'],
        ['answer', 'service-need'],
      ],
      way,
    );
    const body = { commandId: randomUUID(), version: 1 + (way % 3), kind, reason, note: null };
    return visitor.post(`/api/cases/${pick(filed, at).caseId}/decisions`, body);
  },
  undo: (visitor, { at, way }) => {
    const body = { commandId: randomUUID(), version: 1 + (way % 3), decisionId: randomUUID() };
    return visitor.post(`/api/cases/${pick(filed, at).caseId}/undo`, body);
  },
  split: (visitor, { at, way }) => {
    const body = { commandId: randomUUID(), version: 1 + (way % 2), postId: pick(filed, at + way).postId };
    return visitor.post(`/api/cases/${pick(filed, at).caseId}/split`, body);
  },
  bulk: (visitor, { at, way }) => {
    const items = filed.slice(0, 2 + (at % 4)).map(({ caseId }) => ({ caseId, version: 1 + (way % 2) }));
    const asked = { kind: 'no-action', reason: 'opinion-only', items };
    return way % 2 === 0
      ? visitor.post('/api/cases/bulk/preview', asked)
      : visitor.post('/api/cases/bulk/run', { ...asked, bulkId: randomUUID() });
  },
  keepFilter: (visitor, { at }) =>
    visitor.post('/api/desk/filters', {
      ...{ id: randomUUID(), name: `筛选${at}`, queue: 'review', state: 'any', sort: 'newest' },
      ...{ filter: {}, isDefault: false, shared: false },
    }),
  raise: (visitor, { at, way }) => {
    const postId = way % 2 === 0 ? raisable : pick(filed, at).postId;
    return visitor.post('/api/desk/passed/raise', { commandId: randomUUID(), postId, textVersion: 1 });
  },
  tryRouting: (visitor) =>
    visitor.post('/api/routing/try', {
      rules: [
        { id: 'one', name: '一', when: { kinds: ['comment'] }, give: { queue: 'review', label: '一' } },
      ],
    }),
  tryRule: (visitor, { at }) =>
    visitor.post('/api/rules/what-if', { word: pick(words, at).slice(0, 3), purpose: '检查权限' }),
};

/** And everything that is read without naming a case: lists, counts, exports. */
const plainReads = (Object.keys(routes) as RouteName[]).filter((name) => {
  const spec: RouteSpec = routes[name];
  return spec.method === 'get' && !spec.path.includes(':') && !['readOpenApi', 'checkReady'].includes(name);
});

const step = fc.record<Step>({
  // Those with the most rights the most often.
  role: fc.constantFrom(...publicity, 'reviewer', 'reviewer', 'director', 'director'),
  name: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...Object.keys(moves)) },
    { weight: 1, arbitrary: fc.constantFrom(...plainReads) },
  ),
  at: fc.nat(11),
  way: fc.nat(11),
});

async function take(one: Step): Promise<Reply> {
  const visitor = visitors.get(one.role);
  if (visitor === undefined) throw new Error(`nobody is ${one.role}`);
  const move = moves[one.name];
  return move === undefined ? visitor.get(routes[one.name as RouteName].path) : move(visitor, one);
}

describeSetUps('R19: no sequence of calls', (emptyPlace) => {
  beforeAll(async () => {
    const place = await emptyPlace();
    runs = place.setUp === 'embedded' ? 16 : 6;
    office = await openOffice({}, place);
    visitors = new Map();
    for (const role of publicity) visitors.set(role, await office.visitAs(role));
    onDuty = await office.visitAs('safety');
    const hidden = { accessClass: 'safety' as const, queues: ['safety' as const, 'review' as const] };
    filed = [
      await fileCase(office, text(canaries.born), hidden),
      await fileCase(office, text(canaries.born), { ...hidden, lifeSafety: true }),
      await referOne(),
      await fileCase(office, { ...text('晴川阁'), attachments: [] }),
      await fileCase(
        office,
        { ...text('陆听澜'), attachments: [] },
        { accessClass: 'victim', findings: [buildFinding({ category: 'harassment' })] },
      ),
      await fileCase(
        office,
        { ...text('芳草洲'), attachments: [] },
        { queues: ['review', 'service', 'operations'] },
      ),
    ];
    const noise = { noise: true, queues: [], findings: [buildFinding({ category: 'advert' })] };
    raisable = (await fileCase(office, { kind: 'comment', title: '', text: '代写论文的消息' }, noise)).postId;
    // Noise that only those on duty may see: put aside all the same, and still not for others.
    const both = { ...noise, accessClass: 'safety' as const };
    filed.push(await fileCase(office, text(canaries.born), both));
  });
  afterAll(() => office.close());

  test('shows the publicity office what is for those on duty alone', async () => {
    const answered = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), async (steps) => {
        for (const one of steps) {
          office.clock.advance(2000);
          const reply = await take(one);
          expect(reply.status, one.name).toBeLessThan(500);
          if (reply.status < 300) answered.set(one.name, (answered.get(one.name) ?? 0) + 1);
          for (const canary of Object.values(canaries)) expect(reply.text, one.name).not.toContain(canary);
        }
      }),
      { numRuns: runs, seed: 19 },
    );
    // It was no row of refusals.
    expect([...answered.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(3 * runs);
    expect(answered.size).toBeGreaterThan(8);
  }, 60_000);

  test('and the texts are there, for those on duty', async () => {
    const found = await onDuty.get(`/api/search?q=${encodeURIComponent(canaries.born)}&purpose=${purpose}`);
    expect(found.text).toContain(canaries.born);
    expect((await onDuty.get(`/api/cases/${filed[2]?.caseId}`)).text).toContain(canaries.referred);
  });

  test('nor does the log', () => {
    for (const canary of Object.values(canaries)) expect(office.log()).not.toContain(canary);
  });
});
