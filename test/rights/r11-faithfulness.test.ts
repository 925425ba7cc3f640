import { describe, expect, it } from 'vitest';
import { readModels } from '../../pipeline/models/read-models.ts';
import { type HeadPlace, Scorer, sharesOf } from '../../pipeline/models/scorer.ts';
import { normalise } from '../../pipeline/text/normalise.ts';
import type { Span } from '../../pipeline/text/spans.ts';
import { readChallengeSet } from '../judgement/challenge-set.ts';
import { readSentences } from '../judgement/sentences.ts';

const scorer = new Scorer(readModels());

const texts = [
  ...readChallengeSet().map(({ text }) => text),
  ...(
    ['hyperbole', 'distress', 'not-attacks', 'harsh-criticism', 'solicitations', 'requests'] as const
  ).flatMap(readSentences),
].map((text) => normalise(text).text);

const mostSpans = 3;
const draws = 24;
/** From here on an output says something that a person would be shown. */
const told = 0.6;

/** Numbers in [0, 1) that are the same in every run. */
function seededNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
const chance = seededNumbers(20261122);

/** How far an output stands above its rivals: for a softmax head the mean of the others, as `explain` counts it. */
function marginOf(text: string, { head, first }: HeadPlace, output: number): number {
  const scores = scorer.score(text);
  const own = scores[first + output] ?? 0;
  if (head.link === 'logistic') return own;
  const sum = head.outputs.reduce((total, _, k) => total + (k === output ? 0 : (scores[first + k] ?? 0)), 0);
  return own - sum / head.outputs.length;
}

function shareOf(text: string, place: HeadPlace, output: number): number {
  const scores = scorer.score(text);
  if (place.head.link === 'softmax') return sharesOf(scores, place)[output] ?? 0;
  return 1 / (1 + Math.exp(-(scores[place.first + output] ?? 0)));
}

function without(text: string, spans: readonly Span[]): string {
  const units = [...Array(text.length).keys()];
  return units
    .filter((at) => !spans.some(({ start, end }) => at >= start && at < end))
    .map((at) => text[at])
    .join('');
}

/** As long as the given spans, anywhere. */
const anywhere = (text: string, spans: readonly Span[]): Span[] =>
  spans.map(({ start, end }) => {
    const begin = Math.floor(chance() * (text.length - (end - start) + 1));
    return { start: begin, end: begin + end - start };
  });

interface Drop {
  shown: number;
  random: number;
}

function dropOf(text: string, place: HeadPlace, output: number): Drop | null {
  const spans = scorer.explain(text, place, output, mostSpans);
  const shownUnits = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  // Where the evidence is most of the text, any other span is evidence too.
  if (shownUnits === 0 || shownUnits * 2 > text.length) return null;
  const before = marginOf(text, place, output);
  let random = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    random += before - marginOf(without(text, anywhere(text, spans)), place, output);
  }
  return { shown: before - marginOf(without(text, spans), place, output), random: random / draws };
}

/** Which kind of text it is only weighs the readers of tone against each other: nobody is shown it. */
const isOfKind = /\/is-/;

const outputs = scorer.models.header.heads.flatMap((head) => {
  const place = scorer.findHead(head.name);
  if (place === null) throw new Error(`${head.name} is in the file and has no place`);
  return head.outputs
    .map((one, index) => [`${head.name}/${one.name}`, place, index] as const)
    .filter(([name]) => !isOfKind.test(name));
});

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('R11: without what a model shows as evidence, it says so much less', () => {
  it.each(outputs)('%s', (_name, place, output) => {
    const drops = texts
      .filter((text) => shareOf(text, place, output) >= told)
      .map((text) => dropOf(text, place, output))
      .filter((drop) => drop !== null);
    expect(drops.length).toBeGreaterThanOrEqual(5);
    const shown = mean(drops.map((drop) => drop.shown));
    const random = mean(drops.map((drop) => drop.random));
    expect(shown).toBeGreaterThan(2 * Math.max(0, random));
    expect(drops.filter((drop) => drop.shown > drop.random).length / drops.length).toBeGreaterThanOrEqual(
      0.9,
    );
  });
});
