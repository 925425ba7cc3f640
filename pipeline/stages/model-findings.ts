import type { Category } from '../domain/category.ts';
import type { EvidenceSpan, Finding } from '../domain/verdict.ts';
import { identityTerms } from '../models/identity-terms.ts';
import { type HeadPlace, probabilityOf, type Scorer } from '../models/scorer.ts';
import { isHan } from '../text/han.ts';
import type { Span } from '../text/spans.ts';
import { isMuted } from './context-cues.ts';
import { type OperatingPoint, operatingPoints, ownRaiseFrom, raiseFromOf } from './operating-points.ts';
import type { CategoryChances, Gathered, ServiceHit, Stage, StageResult } from './stage.ts';
import type { TextContext } from './text-context.ts';

const name = 'model-findings';
const mostEvidence = 5;
/** To the context cues a model is never as sure as a rule that names the words, however high its probability. */
const cueConfidence = 0.79;

const { region, ethnicity, gender, religion, disability } = identityTerms;
const people = [region, ethnicity, gender, religion, disability].flat();
const somebody = /[你您妳他她婊佬]/;
const anybody = /[男女们]|人(?![工力文间生品民性])/;
/** Who criticises a school, a rule or a thing speaks of nobody: however harsh, that is no attack (R6). */
const mostWithoutAnybody = 0.49;

/** Where a service is named, 写代码的人 and 一群人 are those who run it, not a person who is attacked. */
function mayBeAttack(text: string, namesService: boolean): boolean {
  if (somebody.test(text) || people.some((term) => text.includes(term))) return true;
  return !namesService && anybody.test(text);
}

/** What the model's probability is taken for. */
function chanceOf(
  category: Category,
  probability: number,
  context: TextContext,
  serviceHits: readonly ServiceHit[],
): number {
  if (category !== 'harassment' || probability <= mostWithoutAnybody) return probability;
  const namesService = serviceHits.some(({ target }) => 'serviceTopic' in target);
  return mayBeAttack(context.normalised.text, namesService) ? probability : mostWithoutAnybody;
}

interface Placed {
  point: OperatingPoint;
  place: HeadPlace;
  output: number;
  raiseFrom: number;
}

function placePoint(scorer: Scorer, point: OperatingPoint): Placed | null {
  const place = scorer.findHead(point.head);
  if (place === null) return null;
  const output = place.head.outputs.findIndex((one) => one.name === point.output);
  return output === -1 ? null : { point, place, output, raiseFrom: raiseFromOf(point, place.head) };
}

/** First offset of the squeezed text that comes from this offset of the normalised one or a later one. */
function squeezedOffset(starts: Int32Array, offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function toSqueezed({ squeezed }: TextContext, { start, end }: Span): Span {
  const { starts } = squeezed;
  if (starts === null) return { start, end };
  const from = squeezedOffset(starts, start);
  return { start: from, end: Math.max(from, squeezedOffset(starts, end)) };
}

function round(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}

function hasHan(text: string, least: number): boolean {
  let count = 0;
  for (let i = 0; i < text.length && count < least; i += 1) if (isHan(text.charCodeAt(i))) count += 1;
  return count >= least;
}

/** 0: no finding. Otherwise its severity. */
function severityOf({ point, raiseFrom }: Placed, probability: number, context: TextContext): number {
  const { onlyIf, unless, leastHan } = point;
  const { text } = context.normalised;
  if (probability < (point.noteFrom ?? raiseFrom)) return 0;
  if (unless?.test(text) === true) return 0;
  if (onlyIf?.test(text) === false || (leastHan !== undefined && !hasHan(text, leastHan))) return 0;
  const from = context.isOwn ? Math.max(raiseFrom, ownRaiseFrom) : raiseFrom;
  if (probability >= from) return point.severity;
  return !context.isOwn && point.noteFrom !== null ? 1 : 0;
}

function readEvidence(scorer: Scorer, placed: Placed, context: TextContext): Span[] {
  const { place, output } = placed;
  return scorer
    .explain(context.normalised.text, place, output, mostEvidence)
    .filter(({ start, end, weight }) => end > start && weight > 0);
}

function toStored(context: TextContext, pieces: readonly (Span & { weight?: number })[]): EvidenceSpan[] {
  return pieces.map(({ start, end, weight = 0 }) => ({
    ...context.fromNormalised({ start, end }),
    weight: round(weight, 3),
  }));
}

/** A finding shows what it rests on, or it is none (R11); one that only speaks about a danger is none either. */
function findOne(scorer: Scorer, placed: Placed, probability: number, context: TextContext): Finding | null {
  const severity = severityOf(placed, probability, context);
  if (severity === 0) return null;
  const { category } = placed.point;
  const pieces = readEvidence(scorer, placed, context);
  if (pieces.some((piece) => isMuted(context, category, cueConfidence, toSqueezed(context, piece))))
    return null;
  const evidence = toStored(context, pieces);
  const [first] = evidence;
  if (first === undefined) return null;
  return {
    category,
    stage: name,
    source: 'model',
    id: `model.${category}`,
    version: scorer.models.version,
    start: first.start,
    end: first.end,
    severity,
    confidence: round(probability, 4),
    evidence,
  };
}

function readModels(
  scorer: Scorer,
  placed: readonly Placed[],
  context: TextContext,
  { serviceHits }: Gathered,
): StageResult {
  const scores = context.scores(scorer);
  const chances: CategoryChances = {};
  let findings: Finding[] | null = null;
  for (const one of placed) {
    if (context.isOwn && !one.point.readsOwn) continue;
    const told = probabilityOf(scores[one.place.first + one.output] ?? 0);
    const probability = chanceOf(one.point.category, told, context, serviceHits);
    chances[one.point.category] = round(probability, 6);
    const finding = findOne(scorer, one, probability, context);
    if (finding === null) continue;
    findings ??= [];
    findings.push(finding);
  }
  return findings === null ? { chances } : { chances, findings };
}

function categoriesOf(points: readonly OperatingPoint[]): Category[] {
  return [...new Set(points.map(({ category }) => category))];
}

/**
 * What no rule names: attacks, danger to oneself, swindles and adverts, as the trained models see them.
 *
 * Without the weights every verdict says of each category that the model could not check it. That alone queues no post:
 * the rules still look for the same dangers, `doctor` tells the operator, and a queue that holds every post of the school
 * would bury the ones in danger. A text at which the models break down is another matter: that one is looked at.
 * @param scorer null when the weights cannot be read
 */
export function modelFindingsStage(scorer: Scorer | null): Stage {
  const placed = scorer === null ? [] : operatingPoints.flatMap((point) => placePoint(scorer, point) ?? []);
  const known = placed.map(({ point }) => point);
  const couldNotCheck = categoriesOf(operatingPoints.filter((point) => !known.includes(point))).map(
    (stage) => ({
      stage,
      reason: 'ModelsUnavailable',
    }),
  );
  if (scorer === null || placed.length === 0)
    return { name, safetyRelevant: false, run: () => ({ couldNotCheck }) };
  if (couldNotCheck.length > 0) {
    const run: Stage['run'] = (context, gathered) => ({
      ...readModels(scorer, placed, context, gathered),
      couldNotCheck,
    });
    return { name, safetyRelevant: false, run };
  }
  return {
    name,
    safetyRelevant: true,
    run: (context, gathered) => readModels(scorer, placed, context, gathered),
  };
}
