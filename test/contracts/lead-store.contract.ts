import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conflict, NotFound } from '../../pipeline/domain/errors.ts';
import type { ChangeLead, RegisterLead, WithdrawLead } from '../../pipeline/domain/lead.ts';
import type { Verdict } from '../../pipeline/domain/verdict.ts';
import type { CaseStore } from '../../pipeline/ports/case-store.ts';
import type { LeadStore } from '../../pipeline/ports/lead-store.ts';
import type { PostStore } from '../../pipeline/ports/post-store.ts';
import { director, otherReviewer, reviewer } from '../builders/case.ts';
import { buildVerdict } from '../builders/post.ts';
import type { FakeClock } from '../harness/fake-clock.ts';

export interface LeadStoreFixture {
  leads: LeadStore;
  posts: PostStore;
  cases: CaseStore;
  clock: FakeClock;
  close(): Promise<void>;
}

const everything = { accessClasses: ['open', 'victim', 'safety'] as const };
const publicity = ['open', 'victim'] as const;
const hourMs = 3_600_000;

export function leadStoreContract(open: () => Promise<LeadStoreFixture>): void {
  let opened: LeadStoreFixture;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());
  const now = () => opened.clock.now();
  const inHours = (hours: number) => new Date(Date.parse(now()) + hours * hourMs).toISOString();

  const buildCommand = (more: Partial<RegisterLead> = {}): RegisterLead => ({
    commandId: opened.clock.newId(),
    source: 'hotline-12345',
    documentNumber: '沧热转〔2026〕118号',
    deadline: inHours(48),
    receivedAt: now(),
    summary: '市民反映南区三号楼暖气不热，请学校五日内答复。',
    link: 'https://www.12345.example/order?id=118',
    ...more,
  });
  const register = (more: Partial<RegisterLead> = {}) =>
    opened.leads.register(buildCommand(more), reviewer, now());
  const judge = async (postId: string, verdict: Partial<Verdict> = {}, textVersion = 1) => {
    const judgement = { postId, textVersion, verdict: buildVerdict(verdict), tokens: ['暖气'] };
    await opened.posts.storeJudgements([{ ...judgement, caseId: opened.clock.newId() }], now());
    return (await list())[0]?.case?.id ?? 'none';
  };
  const list = async (more: object = {}) =>
    (await opened.leads.list({ ...everything, cursor: null, limit: 50, ...more })).items;
  const sight = () => ({ ...everything, at: now() });
  const changeOf = (postId: string, more: Partial<ChangeLead> = {}): ChangeLead => {
    const { commandId, ...content } = buildCommand();
    return { commandId, ...content, postId, revision: 1, reason: '期限写错了一天', ...more };
  };
  const withdrawalOf = (postId: string, more: Partial<WithdrawLead> = {}): WithdrawLead => ({
    ...{ commandId: opened.clock.newId(), postId, revision: 1, reason: '与上一件重复' },
    ...more,
  });
  const queue = async (more: object = {}) => {
    const query = {
      queue: 'review' as const,
      states: ['open', 'reopened'] as const,
      cursor: null,
      limit: 50,
    };
    return (await opened.cases.listQueue({ ...query, ...everything, ...more })).items;
  };

  describe('registering', () => {
    it('stores the facts beside the post and the summary as its text, due at once', async () => {
      const { post, repeated } = await register();
      expect(repeated).toBe(false);
      expect(post).toMatchObject({
        ...{ kind: 'lead', channelId: 'leads', state: 'pending', retentionClass: 'comment' },
        url: 'https://www.12345.example/order?id=118',
        lead: { source: 'hotline-12345', documentKey: '沧热转2026118号', revision: 1, withdrawnAt: null },
      });
      expect(await opened.posts.listDue(now(), 10)).toEqual([post.id]);
      expect((await opened.posts.findText(post.id, everything))?.text).toContain('暖气不热');
      expect(await opened.posts.findPost(post.id)).toEqual(post);
    });

    it('gives the same answer to a repeated command, and none to another content or person', async () => {
      const command = buildCommand();
      const first = await opened.leads.register(command, reviewer, now());
      opened.clock.advance(60_000);
      const again = await opened.leads.register(command, reviewer, now());
      expect(again).toEqual({ post: first.post, repeated: true });
      const other = { ...command, summary: '完全不同的内容，不应算作同一件。' };
      await expect(opened.leads.register(other, reviewer, now())).rejects.toThrow(Conflict);
      await expect(opened.leads.register(command, otherReviewer, now())).rejects.toThrow(Conflict);
      expect(await list()).toHaveLength(1);
    });

    it('makes one lead of the same command sent at once', async () => {
      const command = buildCommand();
      const all = await Promise.all([1, 2, 3].map(() => opened.leads.register(command, reviewer, now())));
      expect(all.filter(({ repeated }) => !repeated)).toHaveLength(1);
      expect(await list()).toHaveLength(1);
    });
  });

  describe('judged', () => {
    it('opens a case for review with its deadline, though the machine finds nothing', async () => {
      const { post } = await register();
      await judge(post.id);
      expect(await queue()).toMatchObject([
        { postIds: [post.id], deadline: post.lead.deadline, level: 'low' },
      ]);
    });

    it('waits for a person though it reads like an advert, and keeps its term', async () => {
      const { post } = await register();
      await judge(post.id, { noise: true });
      expect(await queue()).toHaveLength(1);
      expect(await opened.posts.findPost(post.id)).toMatchObject({ retentionClass: 'comment' });
    });

    it('of danger to oneself is for those on duty alone', async () => {
      const { post } = await register();
      await judge(post.id, { queues: ['safety'], accessClass: 'safety', lifeSafety: true });
      expect(await queue()).toEqual([]);
      expect(await opened.cases.countQueues(everything)).toMatchObject({ safety: 1, review: 0 });
      expect(await list({ accessClasses: publicity })).toEqual([]);
      expect(await opened.leads.countYear(2026, publicity)).toEqual([]);
      const change = opened.leads.change(changeOf(post.id), reviewer, {
        accessClasses: publicity,
        at: now(),
      });
      await expect(change).rejects.toThrow(NotFound);
    });

    it('is found by its deadline, soonest first: what is late, and what soon will be', async () => {
      const deadlines = [inHours(-1), inHours(30), inHours(5), null, inHours(200)];
      const ids: string[] = [];
      for (const deadline of deadlines) {
        const { post } = await register({ deadline, receivedAt: inHours(-24) });
        ids.push(post.id);
        await judge(post.id);
      }
      const [late, thirty, five] = ids;
      const due = (kind: 'near' | 'overdue') => ({ due: { kind, now: now(), until: inHours(72) } });
      const posts = async (kind: 'near' | 'overdue') =>
        (await queue(due(kind))).map(({ postIds }) => postIds[0]);
      expect(await posts('overdue')).toEqual([late]);
      expect(await posts('near')).toEqual([five, thirty]);
      const query = { queue: 'review' as const, states: ['open'] as const, ...everything, ...due('near') };
      const first = await opened.cases.listQueue({ ...query, cursor: null, limit: 1 });
      const second = await opened.cases.listQueue({ ...query, cursor: first.nextCursor, limit: 1 });
      expect([...first.items, ...second.items].map(({ postIds }) => postIds[0])).toEqual([five, thirty]);
      expect(second.nextCursor).toBeNull();
    });
  });

  describe('a change', () => {
    it('of the deadline moves the case, and its history says who, why and what', async () => {
      const { post } = await register();
      const caseId = await judge(post.id);
      const deadline = inHours(24);
      const command = changeOf(post.id, { deadline });
      const changed = await opened.leads.change(command, director, sight());
      expect(changed.post.lead).toMatchObject({ deadline, revision: 2 });
      expect(changed.post.textVersion).toBe(1);
      expect(await opened.cases.findCase(caseId, everything)).toMatchObject({
        deadline,
        version: 2,
        state: 'open',
      });
      const event = (await opened.cases.listEvents(caseId, everything)).at(-1);
      expect(event).toMatchObject({ kind: 'lead-changed', actorId: director.id });
      expect(event?.note).toMatch(/期限写错了一天\n期限：.+ → /);
      expect(await opened.leads.change(command, director, sight())).toMatchObject({ repeated: true });
      expect(await opened.cases.listEvents(caseId, everything)).toHaveLength(2);
    });

    it('of the summary is a new version, judged again; the one before stays', async () => {
      const { post } = await register();
      const caseId = await judge(post.id);
      const summary = '市民反映的是北区三号楼，暖气不热，请答复。';
      const { post: changed } = await opened.leads.change(changeOf(post.id, { summary }), reviewer, sight());
      expect(changed).toMatchObject({ textVersion: 2, state: 'pending', marks: ['source-edited'] });
      expect((await opened.posts.findText(post.id, { ...everything, textVersion: 1 }))?.text).toContain(
        '南区',
      );
      await judge(post.id, {}, 2);
      expect(await opened.cases.findCase(caseId, everything)).toMatchObject({ textVersion: 2, version: 3 });
    });

    it('is refused for a revision that has moved on, and while a colleague has the case', async () => {
      const { post } = await register();
      const caseId = await judge(post.id);
      await opened.leads.change(changeOf(post.id), reviewer, sight());
      await expect(opened.leads.change(changeOf(post.id), reviewer, sight())).rejects.toThrow(Conflict);
      const hold = { actorId: otherReviewer.id, token: 't', at: now(), expiresAt: inHours(1) };
      await opened.cases.claimCase({ caseId, ...hold, ...everything });
      const held = opened.leads.change(changeOf(post.id, { revision: 2 }), reviewer, sight());
      await expect(held).rejects.toThrow(Conflict);
      expect((await list())[0]?.post.lead.revision).toBe(2);
    });
  });

  describe('a withdrawal', () => {
    it('closes the case with a reason, and leaves the lead on the books', async () => {
      const { post } = await register();
      const caseId = await judge(post.id);
      const command = withdrawalOf(post.id);
      await opened.leads.withdraw(command, reviewer, sight());
      expect(await queue()).toEqual([]);
      expect(await opened.cases.findCase(caseId, everything)).toMatchObject({
        state: 'closed',
        decisionId: null,
      });
      const event = (await opened.cases.listEvents(caseId, everything)).at(-1);
      expect(event).toMatchObject({ kind: 'lead-withdrawn', note: '与上一件重复', actorId: reviewer.id });
      expect((await list())[0]).toMatchObject({
        post: { lead: { withdrawnAt: now() } },
        case: { state: 'closed' },
      });
      expect(await opened.leads.withdraw(command, reviewer, sight())).toMatchObject({ repeated: true });
      await expect(
        opened.leads.change(changeOf(post.id, { revision: 2 }), reviewer, sight()),
      ).rejects.toThrow(Conflict);
    });

    it('before it was judged opens no case at all', async () => {
      const { post } = await register();
      await opened.leads.withdraw(withdrawalOf(post.id), reviewer, sight());
      expect(await judge(post.id)).toBe('none');
      expect(await opened.posts.listDue(now(), 10)).toEqual([]);
    });
  });

  it('finds those of one number however it is written, and lists page by page', async () => {
    for (const documentNumber of ['沧热转[2026]118号', '沧热转（2026）118号', '别的1号', null]) {
      await register({ documentNumber });
      opened.clock.advance(1000);
    }
    expect(await list({ documentKey: '沧热转2026118号' })).toHaveLength(2);
    const first = await opened.leads.list({ ...everything, cursor: null, limit: 3 });
    const second = await opened.leads.list({ ...everything, cursor: first.nextCursor, limit: 3 });
    const numbers = [...first.items, ...second.items].map(({ post }) => post.lead.documentNumber);
    expect(numbers).toEqual([null, '别的1号', '沧热转（2026）118号', '沧热转[2026]118号']);
    expect(second.nextCursor).toBeNull();
  });

  it('counts a year on a Shanghai calendar, by source, without any text', async () => {
    const at = async (instant: string, more: Partial<RegisterLead> = {}) =>
      opened.leads.register(buildCommand({ receivedAt: instant, ...more }), reviewer, instant);
    await at('2025-12-31T15:59:00.000Z');
    await at('2025-12-31T16:00:00.000Z');
    await at('2026-12-31T15:59:59.000Z', { source: 'media-inquiry' });
    await at('2026-12-31T16:00:00.000Z');
    const { post } = await at('2026-05-01T00:00:00.000Z');
    await opened.leads.withdraw(withdrawalOf(post.id), reviewer, sight());
    expect(await opened.leads.countYear(2026, everything.accessClasses)).toEqual([
      { source: 'hotline-12345', registered: 2, withdrawn: 1 },
      { source: 'media-inquiry', registered: 1, withdrawn: 0 },
    ]);
  });
}
