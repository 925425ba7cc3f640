import { areaUnderCurve, classify } from '../../eval/measures.ts';
import { Chance } from '../chance.ts';
import type { DataFolder } from '../data-folder.ts';
import type { Example, Figure, HeadPlan, HeldOutRow } from '../head.ts';
import { asReceived } from '../written/as-received.ts';
import { writeOrdinaryTexts } from '../written/ordinary-texts.ts';
import { writeRoughTexts } from '../written/rough-texts.ts';

const outputs = ['fraud', 'phishing-link', 'spam', 'advert'] as const;
const advert = outputs.indexOf('advert');

type Labels = readonly (0 | 1)[];
const only = (name: (typeof outputs)[number]): Labels => outputs.map((output) => (output === name ? 1 : 0));
const none: Labels = outputs.map(() => 0);

/** What the collection calls its messages, in the words of the category list. Gambling is a swindle by it. */
function labelsOf(label: string): Labels | null {
  if (label.startsWith('AD:')) return only('advert');
  if (label.startsWith('FR:Phishing')) return only('phishing-link');
  if (label.startsWith('FR:') || label === 'IL:Gambling') return only('fraud');
  return label.startsWith('IL:') ? only('spam') : null;
}

const ordinarySets = [
  { name: 'smp2020_ewect_usual', share: 1 },
  { name: 'smp2020_ewect_virus', share: 1 },
  { name: 'thucnews_title10', share: 1 },
  { name: 'weibo2018', share: 1 },
  { name: 'weibo_senti_100k', share: 0.2 },
  { name: 'cold', share: 0.15 },
  { name: 'waimai_10k', share: 0.3 },
  { name: 'online_shopping_10_cats', share: 0.2 },
];
const writtenTexts = 2400;
const writtenEach = 800;

function readExamples(data: DataFolder): Example[] {
  const examples: Example[] = [];
  data.rows('fbs_spam_sms').forEach(({ text, label }, row) => {
    const labels = labelsOf(String(label));
    if (labels === null) return;
    examples.push({ text, source: String(label).slice(0, 2) === 'AD' ? 'fbs advert' : 'fbs fraud', labels });
    const received = asReceived(text, row);
    examples.push({ text: received, foldText: text, source: 'fbs as received', labels, weight: 0.7 });
  });
  const chance = new Chance(1);
  for (const { name: source, share } of ordinarySets)
    for (const { text } of data.rows(source))
      if (chance.next() < share) examples.push({ text, source: 'ordinary', labels: none });
  for (const { text } of writeOrdinaryTexts(writtenTexts, chance))
    examples.push({ text, source: 'written', labels: none });
  for (const { text, about } of writeRoughTexts(writtenEach, chance))
    examples.push({ text, source: 'written', labels: none, weight: about === 'figures' ? 2 : 1 });
  return examples;
}

/** The highest of the log-odds of fraud, phishing and spam. */
function worst({ logits }: HeldOutRow): number {
  return Math.max(...logits.filter((_, k) => k !== advert));
}

function share(rows: readonly HeldOutRow[], of: (row: HeldOutRow) => number, threshold: number): number {
  return rows.filter((row) => of(row) >= threshold).length / Math.max(1, rows.length);
}

function measure(rows: readonly HeldOutRow[]): Figure[] {
  const of = (wanted: string) => rows.filter(({ example }) => example.source === wanted);
  const both = [...of('fbs advert'), ...of('fbs fraud')];
  const truth = both.map(({ example }) => example.source);
  const { accuracy, macroF1 } = classify(
    truth,
    both.map((row) => (worst(row) >= 0 ? 'fbs fraud' : 'fbs advert')),
    ['fbs advert', 'fbs fraud'],
  );
  const auc = areaUnderCurve(
    both.map(worst),
    truth.map((source) => source === 'fbs fraud'),
  );
  const ordinary = [...of('ordinary'), ...of('written')];
  const surely = Math.log(0.9 / 0.1);
  const received = of('fbs as received');
  const right = received.filter(
    ({ example, logits }) => (logits[(example.labels ?? []).indexOf(1)] ?? 0) >= 0,
  );
  return [
    { source: 'fbs fraud against advert', rows: both.length, accuracy, macroF1, auc: auc ?? 0 },
    { source: 'fbs as received', rows: received.length, recall: right.length / Math.max(1, received.length) },
    {
      source: 'ordinary text',
      rows: ordinary.length,
      fraudAt50: share(ordinary, worst, 0),
      fraudAt90: share(ordinary, worst, surely),
      advertAt50: share(ordinary, ({ logits }) => logits[advert] ?? 0, 0),
    },
  ];
}

/** Swindles, phishing, unlawful offers and adverts, against each other and against ordinary text. */
export const fraud: HeadPlan = {
  name: 'fraud',
  link: 'logistic',
  outputs,
  room: 0.4,
  fit: { epochs: 5, l2: 3e-7, learningRate: 0.5, leastRows: 2 },
  readExamples,
  measure,
};
