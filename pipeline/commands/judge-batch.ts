import { setImmediate } from 'node:timers/promises';
import { storedText } from '../domain/post.ts';
import type { Ports } from '../ports/index.ts';
import type { DueText, Judgement } from '../ports/post-store.ts';
import type { JudgeAnswer, JudgeTexts } from './current-judge.ts';

export interface JudgeBatchPorts {
  stores: Pick<Ports['stores'], 'posts'>;
  clock: Ports['clock'];
  judgeTexts: JudgeTexts;
}

export interface JudgedBatch {
  judged: number;
  failed: number;
  casesOpened: string[];
}

interface AnsweredText {
  due: DueText;
  answer: JudgeAnswer;
}

const retryAfterMs = 15 * 60_000;

/** Judges those of `ids` that are still due. Nothing is stored yet: killed here, the posts are due still. */
async function judgeDue(ids: readonly string[], ports: JudgeBatchPorts): Promise<AnsweredText[]> {
  const texts = await ports.stores.posts.loadDue(ids, ports.clock.now());
  const answers = await ports.judgeTexts(
    texts.map((due) => ({
      stored: storedText(due),
      kind: due.kind,
      metrics: due.metrics,
      textVersion: due.textVersion,
    })),
  );
  return texts.map((due, index) => ({
    due,
    answer: answers[index] ?? { failed: 'no answer from the judge' },
  }));
}

/** Verdicts and cases in one transaction; a post that cannot be judged is kept with its reason. */
async function storeAnswers(answered: readonly AnsweredText[], ports: JudgeBatchPorts): Promise<JudgedBatch> {
  const { stores, clock } = ports;
  const judgements: Judgement[] = [];
  let failed = 0;
  for (const { due, answer } of answered) {
    const { postId, textVersion } = due;
    if ('failed' in answer) {
      failed += 1;
      const retryAt = new Date(Date.parse(clock.now()) + retryAfterMs).toISOString();
      await stores.posts.markFailed({ postId, textVersion, reason: answer.failed, retryAt });
    } else {
      judgements.push({ postId, textVersion, caseId: clock.newId(), ...answer });
    }
  }
  const casesOpened =
    judgements.length === 0 ? [] : await stores.posts.storeJudgements(judgements, clock.now());
  return { judged: judgements.length, failed, casesOpened };
}

/** One batch. Delivered twice, the second finds nothing due. */
export async function judgeBatch(ids: readonly string[], ports: JudgeBatchPorts): Promise<JudgedBatch> {
  return storeAnswers(await judgeDue(ids, ports), ports);
}

const batchesAhead = 10;

/** Judges everything that is due: while one batch is being stored, the next one is being judged. @returns totals */
export async function judgeAllDue(
  ports: JudgeBatchPorts,
  { batchSize = 100, signal }: { batchSize?: number; signal?: AbortSignal } = {},
): Promise<JudgedBatch> {
  const total: JudgedBatch = { judged: 0, failed: 0, casesOpened: [] };
  const goesOn = () => signal?.aborted !== true;
  while (goesOn()) {
    const ids = await ports.stores.posts.listDue(ports.clock.now(), batchSize * batchesAhead);
    const before = total.judged + total.failed;
    let ahead = judgeDue(ids.slice(0, batchSize), ports);
    for (let start = 0; start < ids.length && goesOn(); start += batchSize) {
      const answered = await ahead;
      const next = start + batchSize;
      ahead = judgeDue(ids.slice(next, next + batchSize), ports);
      // Should storing fail, nobody waits for the next batch any more; it is still due.
      ahead.catch(() => {});
      // Storing holds this thread: let the next batch be on its way to the other one first.
      await setImmediate();
      const batch = await storeAnswers(answered, ports);
      total.judged += batch.judged;
      total.failed += batch.failed;
      total.casesOpened.push(...batch.casesOpened);
    }
    await ahead;
    // Nothing moved: what is listed as due cannot be loaded, and asking again would never end.
    if (total.judged + total.failed === before) break;
  }
  return total;
}
