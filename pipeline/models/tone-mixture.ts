import type { HeardTone } from './tone-reader.ts';

/** Shares of the three tones; they add up to one. */
export interface ToneShares {
  negative: number;
  neutral: number;
  positive: number;
}

/** Weights of what the n-grams and the words say, tuned on rows held out. */
export interface ToneMix {
  /** Of the readers' log-odds. */
  model: number;
  /** Of the words' tone, in any text. */
  words: number;
  /** Of the words' tone, the more the shorter the text is. */
  shortWords: number;
  /** Of the words' tone where one turned another round, the more the shorter the text is: n-grams don't hear that. */
  turnedWords: number;
  /** Log-odds added to neutral. */
  neutralBias: number;
  /** Log-odds that toned words take from neutral, the more the shorter the text is. */
  neutralWords: number;
}

export const noMix: ToneMix = {
  model: 1,
  words: 0,
  shortWords: 0,
  turnedWords: 0,
  neutralBias: 0,
  neutralWords: 0,
};

/** The outputs of the sentiment head, in order: a reader for each of three kinds of text, one for plain ones, the kind. */
const plainNegative = 3;
const plainPositive = 4;
const firstKind = 5;
const readers = 3;
/** The kind's log-odds times this: the likeliest reader speaks nearly alone. */
const kindSharpness = 2;

/** The sum of tone at which the words have said about three quarters of what they can. */
const fullTone = 3;
/** The same, where a word was turned round. */
const fullTurnedTone = 0.6;
/** Units of text at which readers and turned words share the say; in shorter ones it soon belongs to the words. */
const turnedUnits = 25;
/** Units of text at which the words' extra weight is halved. */
const shortUnits = 20;

function share(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** Log-odds of positive against negative: every reader's, by how likely its kind of text is. */
export function readersTone(scores: ArrayLike<number>, first: number): number {
  let sum = (scores[first + plainPositive] ?? 0) - (scores[first + plainNegative] ?? 0);
  let total = 1;
  for (let reader = 0; reader < readers; reader += 1) {
    const likely = Math.exp(kindSharpness * (scores[first + firstKind + reader] ?? 0));
    sum += likely * (scores[first + reader] ?? 0);
    total += likely;
  }
  return sum / total;
}

/** The words' tone, −1 … 1, and how short the text is, 0 … 1. */
export function wordsTone(heard: HeardTone, units: number): { tone: number; short: number } {
  return { tone: Math.tanh(heard.total / fullTone), short: shortUnits / (shortUnits + units) };
}

/**
 * @param first where the outputs of the sentiment head begin
 * @param units how long the text is, as the models read it
 */
export function mixTones(
  scores: ArrayLike<number>,
  first: number,
  heard: HeardTone,
  units: number,
  mix: ToneMix,
): ToneShares {
  const { tone, short } = wordsTone(heard, units);
  // 不好吃吗: the n-grams still hear 不好吃, so that in a short text they count the less, and the turned words the more.
  const turned =
    mix.turnedWords > 0 && heard.turns > 0 && heard.total !== 0 ? 1 / (1 + (units / turnedUnits) ** 3) : 0;
  const logit =
    mix.model * (1 - turned) * readersTone(scores, first) +
    (mix.words + mix.shortWords * short) * tone +
    mix.turnedWords * turned * Math.tanh(heard.total / fullTurnedTone);
  const no = scores[first + plainNegative] ?? 0;
  const yes = scores[first + plainPositive] ?? 0;
  const highest = Math.max(no, yes);
  const toned = highest + Math.log(Math.exp(no - highest) + Math.exp(yes - highest));
  const neutral = share(mix.neutralBias - mix.neutralWords * short * Math.abs(tone) - toned);
  const positive = (1 - neutral) * share(logit);
  return { negative: 1 - neutral - positive, neutral, positive };
}
