import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Category, QueueName, ServiceKind, ServiceTopic } from '../../pipeline/domain/category.ts';
import { PostKind } from '../../pipeline/domain/post.ts';
import { RiskLevel, type Verdict } from '../../pipeline/domain/verdict.ts';

/**
 * What a careful reader would say of a text; what is left out is not asked.
 * - `sentiment`: the label, or the one label that it must not be.
 * - `outcome`: `calm` — no queue but `service`, level low, no alarm, no noise; `danger` — the people on duty are called;
 *   `noise` — counted and not queued.
 * - `service`: null for nobody's matter.
 */
const Expectation = z.strictObject({
  sentiment: z.enum(['positive', 'negative', 'neutral', 'not-negative', 'not-positive']).optional(),
  outcome: z.enum(['calm', 'danger', 'noise']).optional(),
  service: z
    .strictObject({ kind: ServiceKind.optional(), topic: ServiceTopic.optional() })
    .nullable()
    .optional(),
  categories: z
    .strictObject({
      has: z.array(Category).optional(),
      hasAny: z.array(Category).optional(),
      not: z.array(Category).optional(),
    })
    .optional(),
  queues: z
    .strictObject({
      are: z.array(QueueName).optional(),
      have: z.array(QueueName).optional(),
      meetOneOf: z.array(QueueName).optional(),
    })
    .optional(),
  level: RiskLevel.optional(),
});
type Expectation = z.infer<typeof Expectation>;

const ChallengeRow = z.strictObject({
  id: z.string(),
  class: z.string(),
  text: z.string().min(1),
  kind: PostKind.default('comment'),
  why: z.string().min(1),
  expect: Expectation.refine((expect) => Object.keys(expect).length > 0, 'asks nothing'),
});
export type ChallengeRow = z.infer<typeof ChallengeRow>;

const folder = join(import.meta.dirname, 'challenge');

/** Every row, by file; one file a class. */
export function readChallengeSet(): ChallengeRow[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .trim()
        .split('\n')
        .map((line) => ChallengeRow.parse(JSON.parse(line))),
    );
}

/** From here on a category counts as found. */
const found = 0.5;

/** Does anything but an answer by a unit follow? */
function isCalm({ queues, risk, lifeSafety, noise }: Verdict): boolean {
  return queues.every((queue) => queue === 'service') && risk.level === 'low' && !lifeSafety && !noise;
}

function sentimentFaults(wanted: Expectation['sentiment'], { sentiment }: Verdict): string[] {
  if (wanted === undefined) return [];
  const isRight = wanted.startsWith('not-')
    ? sentiment.label !== wanted.slice('not-'.length)
    : sentiment.label === wanted;
  return isRight ? [] : [`sentiment ${sentiment.label} ${sentiment.score}, not ${wanted}`];
}

function outcomeFaults(wanted: Expectation['outcome'], verdict: Verdict): string[] {
  const told = `queues [${verdict.queues}], ${verdict.risk.level}, found [${verdict.findings.map(({ id }) => id)}]`;
  if (wanted === 'calm' && !isCalm(verdict)) return [`not calm: ${told}`];
  if (wanted === 'danger' && !verdict.queues.includes('safety')) return [`safety is not called: ${told}`];
  if (wanted === 'noise' && (!verdict.noise || verdict.queues.length > 0)) return [`no noise: ${told}`];
  return [];
}

function serviceFaults(wanted: Expectation['service'], { service }: Verdict): string[] {
  if (wanted === undefined) return [];
  const told = service === null ? 'none' : `${service.kind}/${service.topic}`;
  if (wanted === null) return service === null ? [] : [`service ${told}, not none`];
  const isRight =
    service !== null &&
    (wanted.kind === undefined || service.kind === wanted.kind) &&
    (wanted.topic === undefined || service.topic === wanted.topic);
  return isRight ? [] : [`service ${told}, not ${wanted.kind ?? '*'}/${wanted.topic ?? '*'}`];
}

function categoryFaults(wanted: Expectation['categories'], { categories }: Verdict): string[] {
  const isFound = (category: Category): boolean => categories[category] >= found;
  const any = wanted?.hasAny ?? [];
  return [
    ...(wanted?.has ?? []).filter((one) => !isFound(one)).map((one) => `no ${one} (${categories[one]})`),
    ...(wanted?.not ?? []).filter(isFound).map((one) => `${one} (${categories[one]})`),
    ...(any.length > 0 && !any.some(isFound) ? [`none of ${any}`] : []),
  ];
}

function queueFaults(wanted: Expectation['queues'], { queues }: Verdict): string[] {
  const told = `queues [${queues}]`;
  const { are, have, meetOneOf } = wanted ?? {};
  const faults: string[] = [];
  if (are !== undefined && String(are) !== String(queues)) faults.push(`${told}, not [${are}]`);
  if (have?.some((queue) => !queues.includes(queue))) faults.push(`${told} without [${have}]`);
  if (meetOneOf !== undefined && !meetOneOf.some((queue) => queues.includes(queue)))
    faults.push(`${told}, none of [${meetOneOf}]`);
  return faults;
}

/** What is wrong with a verdict, in words; nothing when the row is answered as a careful reader would. */
export function faultsOf({ expect }: ChallengeRow, verdict: Verdict): string[] {
  const { level } = expect;
  return [
    ...sentimentFaults(expect.sentiment, verdict),
    ...outcomeFaults(expect.outcome, verdict),
    ...serviceFaults(expect.service, verdict),
    ...categoryFaults(expect.categories, verdict),
    ...queueFaults(expect.queues, verdict),
    ...(level !== undefined && level !== verdict.risk.level ? [`level ${verdict.risk.level}`] : []),
  ];
}
