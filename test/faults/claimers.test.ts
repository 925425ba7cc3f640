import { expect, it } from 'vitest';
import { systemClock } from '../../pipeline/adapters/system-clock.ts';
import { CaseDetail } from '../../review-api/contract/case-detail.ts';
import { buildWhole } from '../harness/end-state.ts';
import { FakeClock } from '../harness/fake-clock.ts';
import { useFaultScene } from '../harness/fault-scene.ts';
import { officePassword } from '../harness/office.ts';
import { fileCase } from '../harness/office-cases.ts';
import { reportProgress } from '../harness/report-progress.ts';
import { seedsToTry } from '../harness/seeds-to-try.ts';
import { describeWithMongo } from '../harness/services.ts';
import { Visitor } from '../harness/visitor.ts';

const claimers = 50;
const caseCount = seedsToTry({ all: 20, usual: 5 });

describeWithMongo('fifty people over two API processes', (uri) => {
  const scene = useFaultScene(uri);

  async function signEverybodyIn(): Promise<Visitor[]> {
    const urls = await Promise.all([scene().startApi(), scene().startApi()]);
    const logins = await scene().hire('reviewer', claimers);
    const visitors = logins.map((_, index) => new Visitor(urls[index % urls.length] ?? ''));
    await Promise.all(logins.map((login, index) => visitors[index]?.signIn(login, officePassword)));
    return visitors;
  }

  /** All at once. @returns the places of those who got it */
  async function openTogether(visitors: readonly Visitor[], caseId: string): Promise<number[]> {
    const replies = await Promise.all(
      visitors.map((visitor) => visitor.post(`/api/cases/${caseId}/open`, {})),
    );
    const details = replies.map((reply) => CaseDetail.parse(reply.json));
    const winners = details.flatMap(({ claim }, index) => (claim?.byMe === true ? [index] : []));
    const [first = -1] = winners;
    for (const [index, detail] of details.entries()) {
      if (index === first) continue;
      expect(detail.claim, 'everybody else sees who holds it').toMatchObject({ byName: `reviewer-${first}` });
      expect(detail.decisions, 'and is offered nothing to decide').toEqual([]);
    }
    return winners;
  }

  async function answersTo(
    visitors: readonly Visitor[],
    path: string,
    body: () => object,
  ): Promise<number[]> {
    const replies = await Promise.all(visitors.map((visitor) => visitor.post(path, body())));
    return replies.map(({ status }) => status);
  }

  it('open, claim and decide the same cases at once: one of them gets each', {
    timeout: 240_000,
  }, async () => {
    const { stores } = scene().context;
    const caseIds: string[] = [];
    for (let index = 0; index < caseCount; index++) {
      caseIds.push(
        (await fileCase({ stores, clock: new FakeClock(systemClock.now(), index) }, { kind: 'article' }))
          .caseId,
      );
    }
    const visitors = await signEverybodyIn();
    const winsOf = new Array<number>(claimers).fill(0);
    for (const caseId of caseIds) {
      const winners = await openTogether(visitors, caseId);
      expect(winners.length).toBe(1);
      const [winner = -1] = winners;
      winsOf[winner] = (winsOf[winner] ?? 0) + 1;
      const only = (status: number) => visitors.map((_, index) => (index === winner ? status : 409));
      expect(await answersTo(visitors, `/api/cases/${caseId}/claim/renew`, () => ({}))).toEqual(only(200));
      const decision = () => ({
        commandId: systemClock.newId(),
        version: 1,
        kind: 'no-action',
        reason: 'opinion-only',
      });
      expect(await answersTo(visitors, `/api/cases/${caseId}/decisions`, decision)).toEqual(only(200));
      // Nobody holds it any more: nobody can decide it a second time.
      const again = await answersTo(visitors, `/api/cases/${caseId}/decisions`, decision);
      expect(again.every((status) => status === 409)).toBe(true);
    }
    const ofEach = [0, 1].map((api) =>
      winsOf.filter((_, index) => index % 2 === api).reduce((a, b) => a + b, 0),
    );
    reportProgress(
      `${caseCount} cases won by ${winsOf.filter((n) => n > 0).length} people, ${ofEach.join(' and ')} over each process`,
    );

    const state = await scene().readEndState();
    expect(state).toEqual({
      ...buildWhole({ posts: 0, decisions: caseCount }),
      ...{ judged: caseCount, verdicts: caseCount, indexed: caseCount },
      cases: { victim: 0, safety: 0, open: caseCount },
    });
    expect(await scene().linkAndVerify()).toMatchObject({ breaks: [], unlinkedTail: 0 });
  });
});
