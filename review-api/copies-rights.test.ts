import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildGathered, buildQueuedVerdict } from '../test/builders/post.ts';
import { describeSetUps } from '../test/harness/describe-set-ups.ts';
import { type Office, openOffice } from '../test/harness/office.ts';
import { fileCase } from '../test/harness/office-cases.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import { CaseDetail } from './contract/case-detail.ts';
import { CasePage } from './contract/case-summary.ts';

let office: Office;
let reviewer: Visitor;

const comment = { kind: 'comment', title: '', text: '热水又没了' } as const;
const fingerprint = { exact: true, keys: [4711] };

describeSetUps('copies that went to those on duty', (emptyPlace) => {
  beforeEach(async () => {
    office = await openOffice({}, await emptyPlace());
    reviewer = await office.visitAs('reviewer');
  });
  afterEach(() => office.close());

  test('are neither listed nor counted for others', async () => {
    const { caseId } = await fileCase(office, comment, {}, { fingerprint });
    const { postId } = await fileCase(office, comment, {}, { fingerprint });
    const { stores, clock } = office;
    const externalId = postId.split(':')[2] ?? '';
    const post = buildGathered({ ...comment, externalId, text: '不想活了' });
    await stores.posts.storePosts([{ post, snapshotHash: null }], clock.now());
    const verdict = buildQueuedVerdict({
      findings: [],
      queues: ['safety'],
      accessClass: 'safety',
      lifeSafety: true,
    });
    await stores.posts.storeJudgements(
      [{ postId, textVersion: 2, verdict, tokens: [], caseId: clock.newId(), fingerprint: null }],
      clock.now(),
    );
    const detail = CaseDetail.parse((await reviewer.get(`/api/cases/${caseId}`)).json);
    expect(detail.otherSources).toEqual([]);
    const { items } = CasePage.parse((await reviewer.get('/api/cases?queue=review')).json);
    expect(items.map(({ postCount }) => postCount)).toEqual([1]);
  });
});
