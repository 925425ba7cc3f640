import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { systemClock } from '../../pipeline/adapters/system-clock.ts';
import { CasePage } from '../../review-api/contract/case-summary.ts';
import { DecisionAnswer } from '../../review-api/contract/decision.ts';
import type { CutPoint } from '../harness/cutting-proxy.ts';
import { buildWhole } from '../harness/end-state.ts';
import { flightSize, useFaultScene } from '../harness/fault-scene.ts';
import { officePassword } from '../harness/office.ts';
import { reportProgress } from '../harness/report-progress.ts';
import { describeWithMongo } from '../harness/services.ts';
import { Visitor } from '../harness/visitor.ts';

/** Every command of a batch's transaction, on its way there and on its way back. */
const commands: readonly Pick<CutPoint, 'command' | 'collection'>[] = [
  { command: 'update', collection: 'posts' },
  { command: 'insert', collection: 'verdicts' },
  { command: 'insert', collection: 'cases' },
  { command: 'insert', collection: 'audit_entries' },
  { command: 'insert', collection: 'outbox' },
  { command: 'commitTransaction', collection: 'cases' },
];

/** Commands that only a decision sends. */
const decisionCommands: readonly Pick<CutPoint, 'command' | 'collection'>[] = [
  { command: 'update', collection: 'cases' },
  { command: 'insert', collection: 'case_notes' },
  { command: 'commitTransaction', collection: 'case_notes' },
];

const pointsPerFlight = 2;

const bothSides = (commands: readonly Pick<CutPoint, 'command' | 'collection'>[]) =>
  commands.flatMap((at) => (['before', 'after'] as const).map((side) => ({ ...at, side })));

/** As a browser whose first request seems to hang: it sends the command a second time, and again until there is an answer. */
async function decide(visitor: Visitor, one: { id: string; version: number }): Promise<number> {
  const body = {
    ...{ commandId: systemClock.newId(), version: one.version, kind: 'no-action', reason: 'opinion-only' },
    note: '已电话核实',
  };
  let sent = 0;
  const send = async (): Promise<DecisionAnswer> => {
    sent += 1;
    const reply = await visitor.post(`/api/cases/${one.id}/decisions`, body);
    if (reply.status === 200) return DecisionAnswer.parse(reply.json);
    expect(reply.status, reply.text).toBe(503);
    await setTimeout(200);
    return send();
  };
  const answers = await Promise.all([send(), send()]);
  expect(answers.map(({ decisionId }) => decisionId)).toEqual([body.commandId, body.commandId]);
  expect((await send()).repeated, 'it had been recorded before').toBe(true);
  return sent;
}

describeWithMongo('the line to MongoDB, cut', (uri) => {
  const scene = useFaultScene(uri);

  it('in a batch: loses nothing and stores nothing twice, at every command and every reply', {
    timeout: 300_000,
  }, async () => {
    await scene().startWorkers(2);
    await scene().launch();
    const points = bothSides(commands);
    for (const [done, point] of points.entries()) {
      await scene().untilPending(flightSize * (1 - 0.07 * (done + 1)));
      await scene().proxy.cutAt(point);
      const pending = await scene().countPending();
      reportProgress(`cut ${point.side} ${point.command} ${point.collection} with ${pending} pending`);
      expect(pending, 'it is cut in the middle').toBeGreaterThan(0);
    }
    expect(scene().proxy.cuts).toBe(points.length);
    await scene().untilPending(0);
    expect(await scene().readEndState()).toEqual(buildWhole({ posts: flightSize }));
    expect(await scene().linkAndVerify()).toMatchObject({ breaks: [], unlinkedTail: 0 });
  });

  it('in a decision, while posts are being judged: it is recorded once', { timeout: 240_000 }, async () => {
    const visitor = new Visitor(await scene().startApi());
    await visitor.signIn((await scene().hire('reviewer', 1))[0] ?? '', officePassword);
    const points = bothSides(decisionCommands);
    const waiting = CasePage.parse((await visitor.get('/api/cases?queue=review')).json).items;
    for (const [done, point] of points.entries()) {
      // A decision takes about as long as judging two thousand posts: one flight would not last for all points.
      if (done % pointsPerFlight === 0) await scene().launch();
      const one = waiting[done];
      if (one === undefined) throw new Error('no case to decide');
      const opened = await visitor.post(`/api/cases/${one.id}/open`, {});
      expect(opened.status, opened.text).toBe(200);
      await scene().untilPending(flightSize * (1 - 0.06 * ((done % pointsPerFlight) + 1)));
      const struck = scene().proxy.cutAt(point);
      const times = await decide(visitor, one);
      await struck;
      const pending = await scene().countPending();
      reportProgress(
        `cut ${point.side} ${point.command} ${point.collection}, ${pending} pending: sent ${times} times`,
      );
      expect(pending, 'it is cut while posts are in flight').toBeGreaterThan(0);
    }
    await scene().untilPending(0);
    await scene().stopWorkers();
    const whole = buildWhole({ posts: scene().posts, decisions: points.length });
    expect(await scene().readEndState()).toEqual(whole);
    expect(await scene().linkAndVerify()).toMatchObject({ breaks: [], unlinkedTail: 0 });
  });
});
