import { areaUnderCurve, countAtLeast, thresholdAtRecall } from '../../eval/measures.ts';
import { Chance } from '../chance.ts';
import type { DataFolder } from '../data-folder.ts';
import type { Example, Figure, HeadPlan, HeldOutRow } from '../head.ts';
import { writeOrdinaryTexts } from '../written/ordinary-texts.ts';
import { writeRoughTexts } from '../written/rough-texts.ts';

const wantedRecall = 0.85;
const writtenTexts = 2400;
const writtenEach = 800;
/** People on duty stop looking when more of everyday life comes to them. */
const mostAlarmsPer10k = 40;

const emoticons = /\[[^[\]]{1,8}\]/g;

/** Everyday life is nearer to despair than news of an epidemic, and there are fewer rows of it. */
const everydaySets = [
  { name: 'smp2020_ewect_usual', source: 'smp2020 usual', other: 3, sad: 5 },
  { name: 'smp2020_ewect_virus', source: 'smp2020 virus', other: 1, sad: 3 },
];

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
    examples.push({ text: row.text, source: 'socialcd_3k', labels: [1], weight: 0.3 });
  for (const { name, source, other, sad } of everydaySets)
    for (const row of data.rows(name)) {
      const isSad = row.label === 'sad';
      const weight = isSad ? sad : other;
      examples.push({ text: row.text, source: `${source} ${isSad ? 'sad' : 'other'}`, labels: [0], weight });
    }
  for (const row of data.rows('thucnews_title10'))
    examples.push({ text: row.text, source: 'thucnews_title10', labels: [0] });
  for (const row of data.rows('weibo2018'))
    examples.push({ text: row.text.replace(emoticons, ''), source: 'weibo2018', labels: [0], weight: 0.5 });
  for (const { text, about } of writeOrdinaryTexts(writtenTexts, new Chance(2)))
    examples.push({ text, source: `written ${about}`, labels: [0], weight: 0.5 });
  for (const { text, about } of writeRoughTexts(writtenEach, new Chance(5)))
    examples.push({ text, source: `written ${about}`, labels: [0], weight: 0.7 });
  return examples;
}

type Source = (source: string) => boolean;
const isHigh: Source = (source) => source === 'sos_hl_1k high';
const isDistress: Source = (source) => source.startsWith('sos') || source === 'socialcd_3k';
const isSadPost: Source = (source) => /^smp2020 .* sad$/.test(source);
const isEveryday: Source = (source) => source.startsWith('smp2020 usual');
const isOrdinary: Source = (source) => /^smp2020 .* other$/.test(source) || source === 'thucnews_title10';

function logitsFrom(rows: readonly HeldOutRow[], wanted: Source): number[] {
  return rows.filter(({ example }) => wanted(example.source)).map(({ logits: [logit = 0] }) => logit);
}

/** What it costs to find 85 % of these. */
function atRecall(rows: readonly HeldOutRow[], name: string, wanted: Source): Figure {
  const danger = logitsFrom(rows, wanted);
  const sad = logitsFrom(rows, isSadPost);
  const ordinary = logitsFrom(rows, isOrdinary);
  const hyperbole = logitsFrom(rows, (source) => source === 'written hyperbole');
  const threshold = thresholdAtRecall(danger, wantedRecall) ?? 0;
  const found = countAtLeast(danger, threshold);
  return {
    source: name,
    rows: danger.length + sad.length,
    threshold: 1 / (1 + Math.exp(-threshold)),
    precision: found / Math.max(1, found + countAtLeast(sad, threshold)),
    auc: areaUnderCurve([...danger, ...sad], [...danger.map(() => true), ...sad.map(() => false)]) ?? 0,
    alarmsPer10k: (countAtLeast(ordinary, threshold) / Math.max(1, ordinary.length)) * 10_000,
    hyperbole: countAtLeast(hyperbole, threshold) / Math.max(1, hyperbole.length),
  };
}

/** The probability from which so few posts of everyday life, sad ones among them, are alarms. */
function thresholdForAlarms(rows: readonly HeldOutRow[], per10k: number): number {
  const ordinary = logitsFrom(rows, isEveryday).sort((a, b) => b - a);
  const logit = ordinary[Math.floor((ordinary.length * per10k) / 10_000)] ?? 0;
  return 1 / (1 + Math.exp(-logit));
}

function recallAt(rows: readonly HeldOutRow[], wanted: Source, threshold: number): number {
  const danger = logitsFrom(rows, wanted);
  return countAtLeast(danger, Math.log(threshold / (1 - threshold))) / Math.max(1, danger.length);
}

function measure(rows: readonly HeldOutRow[], settings: Readonly<Record<string, number>>): Figure[] {
  const alarmFrom = settings.alarmFrom ?? 1;
  return [
    atRecall(rows, 'sos_hl_1k high, against sad', isHigh),
    atRecall(rows, 'sos_hl_1k and socialcd_3k, against sad', isDistress),
    {
      source: 'at the alarm threshold',
      rows: rows.length,
      alarmFrom,
      highRecall: recallAt(rows, isHigh, alarmFrom),
      distressRecall: recallAt(rows, isDistress, alarmFrom),
      sadAlarms: recallAt(rows, isSadPost, alarmFrom),
      ordinaryAlarms: recallAt(rows, isOrdinary, alarmFrom),
    },
  ];
}

function tune(rows: readonly HeldOutRow[]): Record<string, number> {
  return { alarmFrom: thresholdForAlarms(rows, mostAlarmsPer10k) };
}

/** Danger to oneself, against ordinary sadness. It sends posts to the people on duty, never to anyone else. */
export const selfHarm: HeadPlan = {
  name: 'self-harm',
  link: 'logistic',
  outputs: ['self-harm'],
  room: 0.5,
  fit: { epochs: 5, l2: 1e-6, learningRate: 0.3, leastRows: 2, ratios: true },
  readExamples,
  measure,
  tune,
};
