import type { Sentiment } from '../domain/verdict.ts';
import type { Scorer } from '../models/scorer.ts';
import { mixTones, noMix, type ToneMix, type ToneShares } from '../models/tone-mixture.ts';
import { hearTone } from '../models/tone-reader.ts';
import type { ServiceHit, Stage } from './stage.ts';

export const neutral: Sentiment = { label: 'neutral', score: 0, confidence: 0 };

/** The sum at which the score is about three quarters of the way. */
const fullTone = 3;
const neutralBelow = 0.15;
/** Less sure than this, a tone is not shown as one: a single weak word (来, 困难) says too little. */
const surestNeutral = 0.4;

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Tone by the lexicon alone. @param words of a normalised text, in order */
export function readTone(words: readonly string[]): Sentiment {
  const heard = hearTone(words);
  if (heard.evidence === 0) return neutral;
  const score = round(Math.tanh(heard.total / fullTone));
  const share = heard.evidence / (heard.evidence + 1);
  const confidence = round(Math.min(0.95, share * (0.55 + Math.abs(score) * 0.45)));
  const isNeutral = Math.abs(score) < neutralBelow || confidence < surestNeutral;
  return { label: isNeutral ? 'neutral' : score > 0 ? 'positive' : 'negative', score, confidence };
}

const headName = 'sentiment';
/** Where praise and blame weigh alike, neither is the tone. */
const evenBelow = 0.05;

function isFault({ target }: ServiceHit): boolean {
  return 'serviceKind' in target && target.serviceKind === 'complaint';
}

function tell({ negative, neutral: calm, positive }: ToneShares): Sentiment {
  const score = round(positive - negative);
  const confidence = round(Math.max(negative, calm, positive));
  if (calm >= Math.max(negative, positive) || Math.abs(score) < evenBelow)
    return { label: 'neutral', score, confidence };
  return { label: positive > negative ? 'positive' : 'negative', score, confidence };
}

/**
 * The model and the lexicon's reader together. Tone is described, never a finding: by itself it leads nowhere (R6).
 * Without the model the lexicon speaks alone, and the verdict says so.
 */
export function sentimentStage(scorer: Scorer | null): Stage {
  const place = scorer?.findHead(headName) ?? null;
  const mix: ToneMix = { ...noMix, ...place?.head.settings };
  return {
    name: 'sentiment',
    safetyRelevant: false,
    run: (context, { serviceHits }) => {
      if (scorer === null || place === null)
        return {
          sentiment: readTone(context.toneWords),
          couldNotCheck: [{ stage: 'sentiment', reason: 'ModelsUnavailable' }],
        };
      // Nothing was said: what is usual for the readers' data is no tone of this text.
      if (context.normalised.text.trim() === '') return { sentiment: neutral };
      const heard = hearTone(context.toneWords, serviceHits.filter(isFault).length);
      const units = context.unitsRead(scorer);
      return { sentiment: tell(mixTones(context.scores(scorer), place.first, heard, units, mix)) };
    },
  };
}
