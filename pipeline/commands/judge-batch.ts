import { setImmediate } from 'node:timers/promises';
import { type BaselineSet, findCircumstances } from '../domain/baseline.ts';
import { describeError } from '../domain/error-report.ts';
import { RetryLater } from '../domain/errors.ts';
import { storedText } from '../domain/post.ts';
import { type RoutingSet, routeCase, routedFactsOf } from '../domain/routing.ts';
import type { Ports } from '../ports/index.ts';
import type { DueText, Judgement } from '../ports/post-store.ts';
import type { JudgeAnswer, JudgeTexts } from './current-judge.ts';

export interface JudgeBatchPorts {
  stores: Pick<Ports['stores'], 'posts'>;
  clock: Ports['clock'];
  judgeTexts: JudgeTexts;
  /** What is usual for each channel; without it the prior stands in. */
  readBaselines?: () => Promise<BaselineSet>;
  /** By which cases are routed when they are opened; without it none is. */
  readRouting?: () => Promise<RoutingSet>;
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
/** A text that may end the process costs every worker, each time that it is tried. */
const dangerousRetryAfterMs = 6 * 3_600_000;

/** Kept with its reason, and due again after a while. */
function putOff(
  post: DueText,
  reason: string,
  ports: JudgeBatchPorts,
  afterMs = retryAfterMs,
): Promise<void> {
  const retryAt = new Date(Date.parse(ports.clock.now()) + afterMs).toISOString();
  const { postId, textVersion } = post;
  return ports.stores.posts.markFailed({ postId, textVersion, reason, retryAt });
}

function loadDue(ids: readonly string[], { stores, clock }: JudgeBatchPorts): Promise<DueText[]> {
  return stores.posts.loadDue(ids, clock.now());
}

/** Judges those of `ids` that are still due. Nothing is stored yet: killed here, the posts are due still. */
async function judgeDue(ids: readonly string[], ports: JudgeBatchPorts): Promise<AnsweredText[]> {
  return judgeLoaded(await loadDue(ids, ports), ports);
}

const noRouting: RoutingSet = { rules: [], version: 0 };
const noBaselines: BaselineSet = { version: 0, builtAt: null, channels: [] };

async function judgeLoaded(texts: readonly DueText[], ports: JudgeBatchPorts): Promise<AnsweredText[]> {
  if (texts.length === 0) return [];
  const baselines = (await ports.readBaselines?.()) ?? noBaselines;
  const answers = await ports.judgeTexts(
    texts.map((due) => ({
      stored: storedText(due),
      kind: due.kind,
      official: due.official,
      metrics: due.metrics,
      textVersion: due.textVersion,
      circumstances: findCircumstances(due, baselines),
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
  const routes = (await ports.readRouting?.()) ?? noRouting;
  for (const { due, answer } of answered) {
    const { postId, textVersion } = due;
    if ('failed' in answer) {
      failed += 1;
      await putOff(due, answer.failed, ports);
    } else {
      const routing = routeCase(routedFactsOf(due, answer.verdict), routes);
      judgements.push({ postId, textVersion, caseId: clock.newId(), routing, ...answer });
    }
  }
  const casesOpened =
    judgements.length === 0 ? [] : await stores.posts.storeJudgements(judgements, clock.now());
  return { judged: judgements.length, failed, casesOpened };
}

function addTo(total: JudgedBatch, part: JudgedBatch): void {
  total.judged += part.judged;
  total.failed += part.failed;
  total.casesOpened.push(...part.casesOpened);
}

const nothing = (): JudgedBatch => ({ judged: 0, failed: 0, casesOpened: [] });

/**
 * One batch. Delivered twice, the second finds nothing due. A post that fails it, in judging or in storing, is looked for by
 * halves and kept with its reason, and holds none of its neighbours.
 * @throws RetryLater when the store is away: nobody's fault
 */
export async function judgeBatch(ids: readonly string[], ports: JudgeBatchPorts): Promise<JudgedBatch> {
  try {
    return await storeAnswers(await judgeDue(ids, ports), ports);
  } catch (error) {
    return judgeHalves(ids, error, ports);
  }
}

async function judgeHalves(
  ids: readonly string[],
  error: unknown,
  ports: JudgeBatchPorts,
): Promise<JudgedBatch> {
  if (error instanceof RetryLater) throw error;
  const total = nothing();
  if (ids.length > 1) {
    const middle = Math.ceil(ids.length / 2);
    for (const half of [ids.slice(0, middle), ids.slice(middle)]) addTo(total, await judgeBatch(half, ports));
    return total;
  }
  for (const post of await loadDue(ids, ports)) {
    await putOff(post, describeError(error), ports);
    total.failed += 1;
  }
  return total;
}

/**
 * For a batch under which processes have ended: each post is put off before it is begun, so that the one which ends this
 * process too is not begun by the next.
 */
export async function judgeCarefully(ids: readonly string[], ports: JudgeBatchPorts): Promise<JudgedBatch> {
  const total = nothing();
  for (const id of ids) {
    for (const post of await loadDue([id], ports)) {
      await putOff(post, 'the process ended while it was judged', ports, dangerousRetryAfterMs);
      try {
        addTo(total, await storeAnswers(await judgeLoaded([post], ports), ports));
      } catch (error) {
        await putOff(post, describeError(error), ports, error instanceof RetryLater ? 0 : retryAfterMs);
        if (error instanceof RetryLater) throw error;
        total.failed += 1;
      }
    }
  }
  return total;
}

const batchesAhead = 10;

/** Judges everything that is due: while one batch is being stored, the next one is being judged. @returns totals */
export async function judgeAllDue(
  ports: JudgeBatchPorts,
  { batchSize = 100, signal }: { batchSize?: number; signal?: AbortSignal } = {},
): Promise<JudgedBatch> {
  const total = nothing();
  const goesOn = () => signal?.aborted !== true;
  while (goesOn()) {
    const ids = await ports.stores.posts.listDue(ports.clock.now(), batchSize * batchesAhead);
    const before = total.judged + total.failed;
    let ahead = judgeDue(ids.slice(0, batchSize), ports);
    for (let start = 0; start < ids.length && goesOn(); start += batchSize) {
      const judging = ahead;
      await judging.catch(() => {});
      const next = start + batchSize;
      ahead = judgeDue(ids.slice(next, next + batchSize), ports);
      // Should storing fail, nobody waits for the next batch any more; it is still due.
      ahead.catch(() => {});
      // Storing holds this thread: let the next batch be on its way to the other one first.
      await setImmediate();
      const stored = judging.then((answered) => storeAnswers(answered, ports));
      addTo(total, await stored.catch((error) => judgeHalves(ids.slice(start, next), error, ports)));
    }
    await ahead;
    // Nothing moved: what is listed as due cannot be loaded, and asking again would never end.
    if (total.judged + total.failed === before) break;
  }
  return total;
}
