import type { DataFolder } from '../data-folder.ts';
import type { Example, HeadPlan } from '../head.ts';
import { measureTone, tuneTone } from './sentiment-figures.ts';

/** What a text is right about, beyond its tone: which kind of text it is. */
const kinds = ['post', 'repost', 'review', 'plain'] as const;

const negative = 0;
const positive = 1;
const neutral = 2;

const labelOf: Readonly<Record<string, number>> = {
  happy: positive,
  angry: negative,
  sad: negative,
  fear: negative,
  neutral,
  surprise: neutral,
};

/** 34,000 rows of it were labelled by these signs: a model that sees them learns nothing else. */
const emoticons = /\[[^[\]]{1,8}\]/g;

const sets: readonly { source: string; kind: (typeof kinds)[number]; onlyLearned?: true }[] = [
  { source: 'smp2020_ewect_usual', kind: 'plain' },
  { source: 'smp2020_ewect_virus', kind: 'plain' },
  { source: 'weibo2018', kind: 'post' },
  { source: 'weibo_senti_100k', kind: 'repost' },
  { source: 'chnsenticorp', kind: 'review' },
  { source: 'waimai_10k', kind: 'review', onlyLearned: true },
  { source: 'online_shopping_10_cats', kind: 'review', onlyLearned: true },
];

const kindOf = new Map(sets.map(({ source, kind }) => [source, kinds.indexOf(kind)]));

/** Places of the outputs. One reader of tone a kind of text; the plain one knows neutral too. */
const readers = [0, 1, 2];
const plainNegative = 3;
const plainPositive = 4;
const kindOutputs = [5, 6, 7];
const outputs = [
  'post-tone',
  'repost-tone',
  'review-tone',
  'plain-negative',
  'plain-positive',
  'is-post',
  'is-repost',
  'is-review',
];

/** How much a reader learns from the other kinds of text. */
const fromOthers = 0.03;

function readExamples(data: DataFolder): Example[] {
  return sets.flatMap(({ source, kind, ...rest }) =>
    data.rows(source).map((row) => {
      if (kind === 'plain')
        return { text: row.text, source, label: labelOf[String(row.label)] ?? neutral, ...rest };
      const text = source === 'weibo_senti_100k' ? row.text.replace(emoticons, '') : row.text;
      return {
        text,
        source,
        label: row.label === 1 ? positive : negative,
        among: [negative, positive],
        ...rest,
      };
    }),
  );
}

function share(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** Each reader learns the sign from its own kind, and a little from the others; the plain one all three tones. */
function pull({ source, label = neutral }: Example, logits: Float64Array, gradient: Float64Array): void {
  const kind = kindOf.get(source) ?? 0;
  for (const reader of readers) {
    const worth = label === neutral ? 0 : reader === kind ? 1 : fromOthers;
    gradient[reader] = worth === 0 ? 0 : worth * (share(logits[reader] ?? 0) - label);
  }
  const no = logits[plainNegative] ?? 0;
  const yes = logits[plainPositive] ?? 0;
  if (kind === kinds.indexOf('plain')) {
    const rest = 1 + Math.exp(no) + Math.exp(yes);
    gradient[plainNegative] = Math.exp(no) / rest - (label === negative ? 1 : 0);
    gradient[plainPositive] = Math.exp(yes) / rest - (label === positive ? 1 : 0);
  } else {
    const miss = fromOthers * (share(yes - no) - label);
    gradient[plainNegative] = -miss;
    gradient[plainPositive] = miss;
  }
  const sum = kindOutputs.reduce((total, at) => total + Math.exp(logits[at] ?? 0), 1);
  for (const at of kindOutputs)
    gradient[at] = Math.exp(logits[at] ?? 0) / sum - (at - (kindOutputs[0] ?? 0) === kind ? 1 : 0);
}

/** Four readers of tone, for four kinds of text, and a judge of the kind that gives each its say. */
export const sentiment: HeadPlan = {
  name: 'sentiment',
  link: 'mixed',
  outputs,
  fit: { epochs: 6, l2: 2e-6, learningRate: 0.2, leastRows: 2, ratios: true },
  // The kind of a text shows in many n-grams; which tone it has, in few.
  roomFor: { 'is-post': 0.1, 'is-repost': 0.1, 'is-review': 0.1 },
  readExamples,
  pull,
  measure: measureTone,
  tune: tuneTone,
};
