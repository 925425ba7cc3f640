import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildFinding, buildGathered } from '../test/builders/post.ts';
import { buildRule } from '../test/builders/rule.ts';
import { describeSetUps } from '../test/harness/describe-set-ups.ts';
import { type Office, openOffice } from '../test/harness/office.ts';
import { fileCase } from '../test/harness/office-cases.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import { CaseDetail } from './contract/case-detail.ts';
import { CasePage } from './contract/case-summary.ts';

let office: Office;
let reviewer: Visitor;

const minute = 60_000;
const noAction = (version = 1) => ({
  commandId: randomUUID(),
  version,
  kind: 'no-action',
  reason: 'opinion-only',
  note: null,
  unitId: null,
});

async function open(visitor: Visitor, caseId: string): Promise<CaseDetail> {
  const reply = await visitor.post(`/api/cases/${caseId}/open`, {});
  expect(reply.status).toBe(200);
  return CaseDetail.parse(reply.json);
}

describeSetUps('cases over HTTP', (emptyPlace) => {
  beforeEach(async () => {
    office = await openOffice({}, await emptyPlace());
    reviewer = await office.visitAs('reviewer');
  });
  afterEach(() => office.close());

  describe('a queue', () => {
    test('lists the riskiest first, page by page, without skipping or doubling', async () => {
      for (let n = 0; n < 7; n += 1) {
        const risk = { score: n * 10, level: 'watch' as const, parts: {} };
        await fileCase(office, { title: `第 ${n} 条` }, { risk });
      }
      const seen: number[] = [];
      let cursor = '';
      do {
        const reply = await reviewer.get(`/api/cases?queue=review&limit=3${cursor}`);
        const page = CasePage.parse(reply.json);
        seen.push(...page.items.map((item) => item.riskScore));
        cursor = page.nextCursor === null ? '' : `&cursor=${encodeURIComponent(page.nextCursor)}`;
      } while (cursor !== '');
      expect(seen).toEqual([60, 50, 40, 30, 20, 10, 0]);
      expect((await reviewer.get('/api/queues')).json).toEqual({
        items: [
          { queue: 'review', undecided: 7 },
          { queue: 'service', undecided: 0 },
        ],
      });
    });

    test('shows at most sixty characters, and decided cases only when asked for', async () => {
      const { caseId } = await fileCase(office, { title: '长'.repeat(300) });
      const excerptOf = async (state: string) => {
        const page = CasePage.parse((await reviewer.get(`/api/cases?queue=review&state=${state}`)).json);
        return page.items.map((item) => item.excerpt);
      };
      expect(await excerptOf('undecided')).toEqual([`${'长'.repeat(59)}…`]);
      expect(await excerptOf('decided')).toEqual([]);
      await reviewer.post(`/api/cases/${caseId}/decisions`, noAction());
      expect(await excerptOf('undecided')).toEqual([]);
      expect((await excerptOf('decided')).length).toBe(1);
    });

    test('of somebody else is refused', async () => {
      expect((await reviewer.get('/api/cases?queue=safety')).json).toMatchObject({
        status: 403,
        code: 'not-permitted',
      });
    });

    test('a cursor from nowhere is refused by name', async () => {
      const reply = await reviewer.get('/api/cases?queue=review&cursor=bm9uc2Vuc2U');
      expect(reply.json).toMatchObject({ status: 400, field: 'cursor' });
    });
  });

  describe('opening a case', () => {
    test('shows the text with evidence that the offsets reproduce, and what may be decided', async () => {
      const title = '食堂窗口排队的建议';
      const text = '听说下周要涨价，大家都很关心。😀';
      const finding = buildFinding({ start: title.length + 1, end: title.length + 3 });
      const { caseId } = await fileCase(
        office,
        {
          title,
          text,
          links: ['https://www.canglan.example/a'],
          attachments: [{ name: '表.xlsx', url: 'u' }],
        },
        { findings: [finding], categories: { ...emptyCategories, 'unverified-claim': 0.8 } },
      );
      const detail = await open(reviewer, caseId);
      if (detail.text.mode !== 'full') throw new Error(`shown ${detail.text.mode}`);
      expect(detail.text.title).toBe(title);
      const [shown] = detail.judgement?.findings ?? [];
      expect(shown).toMatchObject({
        ruleId: 'assertion.hearsay',
        version: '1',
        confidence: 0.8,
        severity: 2,
      });
      expect(detail.text.text.slice(shown?.start, shown?.end)).toBe('听说');
      expect(detail.judgement?.categories).toEqual([{ category: 'unverified-claim', confidence: 0.8 }]);
      expect(detail.source).toMatchObject({ textVersion: 1, links: ['https://www.canglan.example/a'] });
      expect(detail.decisions.map((one) => one.kind)).toEqual([
        ...['no-action', 'answer', 'hand-over', 'correct', 'refer-safety', 'verify', 'mark-noise'],
      ]);
      expect(detail.claim).toMatchObject({ byMe: true, byName: null });
    });

    test('shows how a rule came to its finding, and not to those who see the text masked (R19)', async () => {
      const { version } = await office.stores.settings.read();
      const rule = buildRule({
        id: 'abuse.trail',
        target: { category: 'harassment' },
        words: ['蠢货'],
        allow: [],
      });
      const change = {
        expectedVersion: version,
        actorId: null,
        source: 'test',
        at: office.clock.now(),
        id: randomUUID(),
      };
      await office.stores.settings.save('rules', [rule], change);
      const title = '某某是個蠢 貨';
      const finding = buildFinding({
        ...{ id: rule.id, category: 'harassment', stage: 'lexicon', start: 4, end: 7 },
        via: ['traditional', 'filler'],
      });
      const { caseId } = await fileCase(office, { title }, { findings: [finding], accessClass: 'victim' });
      const seenBy = async (visitor: Visitor) => (await open(visitor, caseId)).judgement?.findings[0];
      const director = await office.visitAs('director');
      expect((await seenBy(director))?.trail).toEqual({
        stood: '蠢 貨',
        normalised: '蠢货',
        word: '蠢货',
        pattern: null,
      });
      const masked = await seenBy(reviewer);
      expect(masked?.trail).toBeNull();
      expect(masked?.via).toEqual(['traditional', 'filler']);
      const reply = await reviewer.post(`/api/cases/${caseId}/open`, {});
      expect(reply.text).not.toMatch(/蠢|貨/);
    });

    test('claims it for thirty minutes; a colleague reads it meanwhile, with the name, and decides nothing', async () => {
      const { caseId } = await fileCase(office, {});
      await open(reviewer, caseId);
      const colleague = await office.visitAs('reviewer');
      const seen = await open(colleague, caseId);
      expect(seen.claim).toMatchObject({ byMe: false, byName: '同事1' });
      expect(seen.decisions).toEqual([]);
      const refused = await colleague.post(`/api/cases/${caseId}/decisions`, noAction());
      expect(refused.json).toMatchObject({ status: 409, code: 'conflict' });
      expect((await colleague.post(`/api/cases/${caseId}/claim/renew`)).status).toBe(409);
      expect((await colleague.send('DELETE', `/api/cases/${caseId}/claim`)).status).toBe(204);
      expect((await open(colleague, caseId)).claim?.byMe).toBe(false);
      office.clock.advance(30 * minute - 1);
      expect((await open(colleague, caseId)).claim?.byMe).toBe(false);
      office.clock.advance(1);
      expect((await open(colleague, caseId)).claim?.byMe).toBe(true);
    });

    test('a renewed claim lasts, a released one is free at once', async () => {
      const { caseId } = await fileCase(office, {});
      await open(reviewer, caseId);
      office.clock.advance(29 * minute);
      const renewed = await reviewer.post(`/api/cases/${caseId}/claim/renew`);
      expect(renewed.json).toMatchObject({ claim: { byMe: true, expiresAt: '2026-11-20T01:59:00.000Z' } });
      const colleague = await office.visitAs('reviewer');
      office.clock.advance(29 * minute);
      expect((await open(colleague, caseId)).claim?.byMe).toBe(false);
      await reviewer.get('/api/session');
      expect((await reviewer.send('DELETE', `/api/cases/${caseId}/claim`)).status).toBe(204);
      expect((await open(colleague, caseId)).claim?.byMe).toBe(true);
    });

    test('reading claims nothing', async () => {
      const { caseId } = await fileCase(office, {});
      const detail = CaseDetail.parse((await reviewer.get(`/api/cases/${caseId}`)).json);
      expect(detail.claim).toBeNull();
    });

    test('an edited source shows the version that the case stands on', async () => {
      const { caseId, postId } = await fileCase(office, { text: '第一版' });
      const [externalId = ''] = postId.split(':').slice(2);
      const post = await office.stores.posts.findPost(postId);
      expect(post?.textVersion).toBe(1);
      await reviewer.post(`/api/cases/${caseId}/decisions`, noAction());
      const edited = buildGathered({ externalId, text: '第二版' });
      await office.stores.posts.storePosts([{ post: edited, snapshotHash: null }], office.clock.now());
      const detail = CaseDetail.parse((await reviewer.get(`/api/cases/${caseId}`)).json);
      expect(detail.source).toMatchObject({ textVersion: 1, newestTextVersion: 2, marks: ['source-edited'] });
      expect(detail.text).toMatchObject({ mode: 'full', text: expect.stringContaining('第一版') });
    });

    test('an expired text is gone from the screen, the record stays', async () => {
      const { caseId } = await fileCase(office, { kind: 'comment', title: '', text: '会过期的评论' });
      office.clock.advance(91 * 24 * 60 * minute);
      const later = await office.visitAs('reviewer');
      const reply = await later.get(`/api/cases/${caseId}`);
      expect(reply.text).not.toContain('会过期');
      expect(CaseDetail.parse(reply.json).text).toEqual({ mode: 'erased' });
      const page = CasePage.parse((await later.get('/api/cases?queue=review')).json);
      expect(page.items.map((item) => item.excerpt)).toEqual([null]);
    });
  });

  const emptyCategories = {
    ...{ 'self-harm': 0, violence: 0, emergency: 0, leak: 0, tamper: 0, 'dead-link': 0, stale: 0, outage: 0 },
    ...{ fraud: 0, 'phishing-link': 0, harassment: 0, 'unverified-claim': 0, advert: 0, spam: 0 },
  };
});
