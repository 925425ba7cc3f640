import { setImmediate } from 'node:timers/promises';
import { storedText } from '../domain/post.ts';
import type { Ports } from '../ports/index.ts';
import type { DueText, Judgement } from '../ports/post-store.ts';
import type { Judge } from '../stages/judge.ts';

export interface JudgeBatchPorts {
  stores: Pick<Ports['stores'], 'posts'>;
  clock: Ports['clock'];
  currentJudge: () => Promise<Judge>;
}

export interface JudgedBatch {
  judged: number;
  failed: number;
  casesOpened: string[];
}

/** Judging holds the event loop; between groups the API gets its turn. */
const postsBetweenPauses = 16;
const retryAfterMs = 15 * 60_000;

/**
 * Judges those of `ids` that are still due and stores verdicts and cases in one transaction. Killed before that, the posts
 * are due still; delivered twice, the second finds nothing due. A post that cannot be judged is kept with its reason.
 */
export async function judgeBatch(ids: readonly string[], ports: JudgeBatchPorts): Promise<JudgedBatch> {
  const judge = await ports.currentJudge();
  const due = await ports.stores.posts.loadDue(ids, ports.clock.now());
  const judgements: Judgement[] = [];
  let failed = 0;
  for (const [index, one] of due.entries()) {
    if (index > 0 && index % postsBetweenPauses === 0) await setImmediate();
    const judgement = judgeOne(one, judge, ports.clock.newId());
    if (judgement instanceof Error) {
      failed += 1;
      const retryAt = new Date(Date.parse(ports.clock.now()) + retryAfterMs).toISOString();
      await ports.stores.posts.markFailed(one.postId, judgement.message, retryAt);
    } else {
      judgements.push(judgement);
    }
  }
  const casesOpened =
    judgements.length === 0 ? [] : await ports.stores.posts.storeJudgements(judgements, ports.clock.now());
  return { judged: judgements.length, failed, casesOpened };
}

function judgeOne(due: DueText, judge: Judge, caseId: string): Judgement | Error {
  const { postId, kind, metrics, textVersion } = due;
  try {
    const { verdict, tokens } = judge.judge({ stored: storedText(due), kind, metrics, textVersion });
    return { postId, textVersion, verdict, tokens, caseId };
  } catch (error) {
    // The reason names the fault, never the text.
    return error instanceof Error
      ? new Error(`${error.name} in judging`, { cause: error })
      : new Error('judging failed');
  }
}

/** Judges everything that is due, batch by batch. @returns totals */
export async function judgeAllDue(
  ports: JudgeBatchPorts,
  options: { batchSize?: number; signal?: AbortSignal } = {},
): Promise<JudgedBatch> {
  const total: JudgedBatch = { judged: 0, failed: 0, casesOpened: [] };
  while (options.signal?.aborted !== true) {
    const ids = await ports.stores.posts.listDue(ports.clock.now(), options.batchSize ?? 100);
    if (ids.length === 0) break;
    const batch = await judgeBatch(ids, ports);
    total.judged += batch.judged;
    total.failed += batch.failed;
    total.casesOpened.push(...batch.casesOpened);
    // Nothing moved: what is listed as due cannot be loaded, and asking again would never end.
    if (batch.judged + batch.failed === 0) break;
  }
  return total;
}
