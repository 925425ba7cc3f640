import { areaUnderCurve, classify } from '../../eval/measures.ts';
import { Chance } from '../chance.ts';
import type { DataFolder } from '../data-folder.ts';
import { bySource } from '../figures.ts';
import type { Example, Figure, HeadPlan, HeldOutRow } from '../head.ts';
import { writeRoughTexts } from '../written/rough-texts.ts';

/** Ordinary text that attacks nobody, so that the model does not take every rough word for an attack. */
const ordinarySets = [
  { name: 'smp2020_ewect_usual', weight: 0.1 },
  { name: 'smp2020_ewect_virus', weight: 0.1 },
  { name: 'thucnews_title10', weight: 0.1 },
];

const writtenEach = 700;
/** Every second post of the collection attacks; among what people write there are far fewer. */
const harmlessWeight = 1.25;

/**
 * The collection's learning rows call nine in ten texts with these words an attack, whichever side they speak for: a model
 * that believes it takes who argues against bias for an attacker.
 */
const aboutBias = /歧视|偏见|刻板印象|地图炮|地域黑|网暴|霸凌|一概而论|以偏概全/;
const aboutBiasWeight = 0.25;

function weightOf(text: string, attacks: boolean): number {
  if (!attacks) return harmlessWeight;
  return aboutBias.test(text) ? aboutBiasWeight : 1;
}

function readExamples(data: DataFolder): Example[] {
  const examples: Example[] = [];
  for (const row of data.rows('cold')) {
    const attacks = row.label === 1;
    examples.push({
      text: row.text,
      source: 'cold',
      labels: [attacks ? 1 : 0],
      weight: weightOf(row.text, attacks),
    });
  }
  for (const { name: source, weight } of ordinarySets)
    for (const row of data.rows(source))
      examples.push({ text: row.text, source, labels: [0], weight, onlyLearned: true });
  for (const { text, about } of writeRoughTexts(writtenEach, new Chance(4)))
    examples.push({ text, source: `written ${about}`, labels: [0], weight: 0.4, onlyLearned: true });
  return examples;
}

function measure(rows: readonly HeldOutRow[]): Figure[] {
  return bySource(rows).map(({ source, held }) => {
    const truth = held.map(({ example }) => (example.labels?.[0] === 1 ? '1' : '0'));
    const logits = held.map(({ logits: [logit = 0] }) => logit);
    const { accuracy, macroF1 } = classify(
      truth,
      logits.map((logit) => (logit >= 0 ? '1' : '0')),
      ['0', '1'],
    );
    const auc = areaUnderCurve(
      logits,
      truth.map((label) => label === '1'),
    );
    return { source, rows: held.length, accuracy, macroF1, auc: auc ?? 0 };
  });
}

/** Attacks on persons and groups. It ranks; by itself it decides little (`pipeline/stages/model-findings.ts`). */
export const harassment: HeadPlan = {
  name: 'harassment',
  link: 'logistic',
  outputs: ['harassment'],
  room: 0.4,
  fit: { epochs: 5, l2: 1e-6, learningRate: 0.3, leastRows: 2, ratios: true },
  readExamples,
  measure,
};
