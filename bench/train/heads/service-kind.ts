import { Chance } from '../chance.ts';
import type { DataFolder } from '../data-folder.ts';
import { accuracy, bySource, macroF1 } from '../figures.ts';
import type { Example, Figure, HeadPlan, HeldOutRow } from '../head.ts';
import { campusWords } from '../written/campus-words.ts';
import { writeTexts } from '../written/fill.ts';
import { servicePatterns } from '../written/service-texts.ts';

const outputs = ['complaint', 'suggestion', 'question', 'praise'] as const;
const none = outputs.length;
const writtenEach = 2500;

/** Reviews say what was good or bad about a service; they widen the words, not the idea. */
const reviewSets = ['waimai_10k', 'online_shopping_10_cats', 'chnsenticorp'];
/** Posts that want nothing from us. */
const ordinarySets = [
  { name: 'smp2020_ewect_usual', share: 1 },
  { name: 'smp2020_ewect_virus', share: 0.5 },
  { name: 'thucnews_title10', share: 0.5 },
  { name: 'weibo2018', share: 0.5 },
];
const reviewShare = 0.2;
const asks = /[?？]|吗|请问|怎么办/;
const wishes = /建议|希望/;

/**
 * Complaints and praise out of reviews. A review that asks or wishes is left out: the rules cannot tell what it mainly
 * is. Nothing of this was labelled by a person.
 */
function reviews(data: DataFolder, chance: Chance): Example[] {
  return reviewSets.flatMap((name) =>
    data
      .rows(name)
      .filter(({ text }) => chance.next() < reviewShare && !asks.test(text) && !wishes.test(text))
      .map(({ text, label }) => ({
        text,
        source: 'reviews',
        label: outputs.indexOf(label === 1 ? 'praise' : 'complaint'),
        weight: 0.3,
      })),
  );
}

function readExamples(data: DataFolder): Example[] {
  const chance = new Chance(3);
  const examples: Example[] = [...outputs, 'none' as const].flatMap((kind) =>
    writeTexts(servicePatterns[kind], campusWords, writtenEach, chance).map((text) => ({
      text,
      source: 'written',
      label: kind === 'none' ? none : outputs.indexOf(kind),
    })),
  );
  for (const { name, share } of ordinarySets)
    for (const { text } of data.rows(name))
      if (chance.next() < share && !asks.test(text))
        examples.push({ text, source: 'ordinary', label: none, weight: 0.5 });
  return [...examples, ...reviews(data, chance)];
}

function strongest(logits: Float64Array): number {
  let best: number = none;
  let most = 0;
  logits.forEach((logit, k) => {
    if (logit <= most) return;
    best = k;
    most = logit;
  });
  return best;
}

function measure(rows: readonly HeldOutRow[]): Figure[] {
  return bySource(rows).map(({ source, held }) => {
    const truth = held.map(({ example }) => example.label ?? none);
    const said = held.map(({ logits }) => strongest(logits));
    return { source, rows: held.length, accuracy: accuracy(truth, said), macroF1: macroF1(truth, said) };
  });
}

/**
 * What a text wants from the school. Learned from written patterns, so that its held-out figures say only that it has
 * learned them; it adds to the rules and never stands alone.
 */
export const serviceKind: HeadPlan = {
  name: 'service-kind',
  link: 'softmax',
  outputs,
  room: 0.3,
  fit: { epochs: 4, l2: 1e-6, learningRate: 0.5, leastRows: 3 },
  readExamples,
  measure,
};
