import type { CouldNotCheck, Finding, Sentiment, Service } from '../domain/verdict.ts';
import { neutral } from './sentiment.ts';
import type { CategoryChances, Gathered, ServiceHit, Stage, StageResult } from './stage.ts';
import type { TextContext } from './text-context.ts';

export interface StageRun extends Gathered {
  /** Findings of rules on trial. */
  readonly shadow: readonly Finding[];
  /** What the models think, also where they find nothing; absent when no model spoke. */
  readonly chances?: CategoryChances;
  readonly couldNotCheck: readonly CouldNotCheck[];
  /** A stage that looks for danger failed: a person must look, for "could not check" is not "clean". */
  readonly uncheckedDanger: boolean;
}

const noFindings: readonly Finding[] = [];
const noHits: readonly ServiceHit[] = [];

/** What failed and where, never the message: it may quote the text, and a verdict outlives its text (R8). */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  const place = /[\w.-]+\.[jt]s:\d+/.exec(
    error.stack?.split('\n').find((line) => line.includes(' at ')) ?? '',
  );
  return place === null ? error.name : `${error.name} at ${place[0]}`;
}

/**
 * Runs every stage, each isolated: one that throws leaves "could not check" and the others go on.
 * @param elapsedMs by stage, in order: what each one took is added
 */
export function runStages(stages: readonly Stage[], context: TextContext, elapsedMs: Float64Array): StageRun {
  let findings = noFindings;
  let shadow = noFindings;
  let serviceHits = noHits;
  let sentiment: Sentiment = neutral;
  let service: Service | null = null;
  let chances: CategoryChances = {};
  const couldNotCheck: CouldNotCheck[] = [];
  let uncheckedDanger = false;
  if (context.segmentFailure !== null)
    couldNotCheck.push({ stage: 'segment', reason: context.segmentFailure });
  let before = performance.now();
  for (let i = 0; i < stages.length; i += 1) {
    const stage = stages[i];
    if (stage === undefined) break;
    let result: StageResult = {};
    try {
      result = stage.run(context, { findings, serviceHits, sentiment, service });
    } catch (error) {
      couldNotCheck.push({ stage: stage.name, reason: reasonOf(error) });
      uncheckedDanger ||= stage.safetyRelevant;
    }
    if (result.couldNotCheck !== undefined && result.couldNotCheck.length > 0) {
      couldNotCheck.push(...result.couldNotCheck);
      uncheckedDanger ||= stage.safetyRelevant;
    }
    if (result.findings !== undefined && result.findings.length > 0)
      findings = [...findings, ...result.findings];
    if (result.shadow !== undefined) shadow = [...shadow, ...result.shadow];
    if (result.serviceHits !== undefined) serviceHits = result.serviceHits;
    if (result.chances !== undefined) chances = { ...chances, ...result.chances };
    if (result.sentiment !== undefined) sentiment = result.sentiment;
    if (result.service !== undefined) service = result.service;
    const after = performance.now();
    elapsedMs[i] = (elapsedMs[i] ?? 0) + after - before;
    before = after;
  }
  return { findings, shadow, chances, serviceHits, sentiment, service, couldNotCheck, uncheckedDanger };
}
