import { areaUnderCurve, countAtLeast, thresholdAtRecall } from '../../eval/measures.ts';
import type { DataFolder } from '../data-folder.ts';
import type { Example, Figure, HeadPlan, HeldOutRow } from '../head.ts';

const wantedRecall = 0.85;

const emoticons = /\[[^[\]]{1,8}\]/g;

function readExamples(data: DataFolder): Example[] {
  const examples: Example[] = [];
  for (const row of data.rows('sos_hl_1k'))
    examples.push({
      text: row.text,
      source: row.label === 1 ? 'sos_hl_1k high' : 'sos_hl_1k low',
      labels: [1],
      weight: row.label === 1 ? 3 : 1,
    });
  // Despair in ordinary words: near to danger, and not it.
  for (const row of data.rows('socialcd_3k'))
    examples.push({ text: row.text, source: 'socialcd_3k', labels: [1], weight: 0.5 });
  for (const source of ['smp2020_ewect_usual', 'smp2020_ewect_virus'])
    for (const row of data.rows(source)) {
      const isSad = row.label === 'sad';
      examples.push({
        text: row.text,
        source: isSad ? 'smp2020 sad' : 'smp2020 other',
        labels: [0],
        weight: isSad ? 2 : 1,
      });
    }
  for (const row of data.rows('thucnews_title10'))
    examples.push({ text: row.text, source: 'thucnews_title10', labels: [0] });
  for (const row of data.rows('weibo2018'))
    examples.push({ text: row.text.replace(emoticons, ''), source: 'weibo2018', labels: [0], weight: 0.5 });
  return examples;
}

function measure(rows: readonly HeldOutRow[]): Figure[] {
  const of = (wanted: (source: string) => boolean) =>
    rows.filter(({ example }) => wanted(example.source)).map(({ logits: [logit = 0] }) => logit);
  const high = of((source) => source === 'sos_hl_1k high');
  const threshold = thresholdAtRecall(high, wantedRecall) ?? 0;
  const found = countAtLeast(high, threshold);
  const sad = of((source) => source === 'smp2020 sad');
  const ordinary = of((source) => source === 'smp2020 other' || source === 'thucnews_title10');
  const all = of((source) => source.startsWith('sos') || source.startsWith('smp2020'));
  const positive = rows
    .filter(({ example }) => example.source.startsWith('sos') || example.source.startsWith('smp2020'))
    .map(({ example }) => example.labels?.[0] === 1);
  return [
    {
      source: 'sos_hl_1k high risk against smp2020 sad',
      rows: high.length + sad.length,
      threshold,
      precision: found / Math.max(1, found + countAtLeast(sad, threshold)),
      alarmsPer10k: (countAtLeast(ordinary, threshold) / Math.max(1, ordinary.length)) * 10_000,
      auc: areaUnderCurve(all, positive) ?? 0,
    },
  ];
}

/** Danger to oneself, against ordinary sadness. It sends posts to the people on duty, never to anyone else. */
export const selfHarm: HeadPlan = {
  name: 'self-harm',
  link: 'logistic',
  outputs: ['self-harm'],
  fit: { epochs: 6, l2: 3e-7, learningRate: 0.5, leastRows: 2 },
  readExamples,
  measure,
};
