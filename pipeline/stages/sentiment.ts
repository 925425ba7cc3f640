import type { Sentiment } from '../domain/verdict.ts';
import type { Scorer } from '../models/scorer.ts';
import { fixedCompany, roleOf, type WordRole } from '../models/tone-lexicon.ts';
import type { Stage } from './stage.ts';

export const neutral: Sentiment = { label: 'neutral', score: 0, confidence: 0 };

/** Words that act on the next few words; further away they belong to something else. */
const operatorReach = 4;
const negatedShare = -0.8;
const rhetoricalShare = 0.6;
const questionShare = 0.3;
const beforeContrast = 0.5;
const afterContrast = 1.4;
const concededShare = 0.5;
const exclaimedShare = 1.2;
/** The sum at which the score is about three quarters of the way. */
const fullTone = 3;
const neutralBelow = 0.15;
/** Less sure than this, a tone is not shown as one: a single weak word (来, 困难) says too little. */
const surestNeutral = 0.4;

/** Tone of one text, clause by clause. */
class ToneReader {
  /** Of the clauses that are closed. */
  total = 0;
  evidence = 0;
  #clause = 0;
  #negations = 0;
  #degree = 1;
  #operatorAge = 0;
  #waiting = 0;
  #waitingDegree = 1;
  #negatedPositive = false;
  #rhetorical = false;
  #share = 1;
  #sharesNext = 1;

  read(word: string): void {
    const role = roleOf.get(word);
    if (role === undefined) {
      this.#settle();
      this.#age();
    } else if (role.tone !== 0) this.#hear(role);
    else this.#operate(role);
  }

  /** A word that may be a degree waits for the next word. */
  #hear(role: WordRole): void {
    if (role.degree !== 1 && this.#waiting === 0) {
      this.#waiting = role.tone;
      this.#waitingDegree = role.degree;
      return;
    }
    if (this.#waiting !== 0) this.#degree *= this.#waitingDegree;
    this.#waiting = 0;
    this.#weigh(role.tone);
  }

  #operate(role: WordRole): void {
    if (role.degree !== 1) {
      this.#settle();
      this.#degree *= role.degree;
      this.#operatorAge = 0;
      return;
    }
    this.#settle();
    switch (role.part) {
      case 'negation':
        this.#negations += 1;
        this.#operatorAge = 0;
        break;
      case 'contrast':
        this.#turn();
        break;
      case 'concession':
        this.#share *= concededShare;
        break;
      case 'rhetorical':
        this.#rhetorical = true;
        break;
      case 'question':
        this.#ask();
        break;
      case 'exclamation':
        this.#clause *= exclaimedShare;
        this.close();
        break;
      case 'end':
        this.close();
        break;
      case 'plain':
        this.#age();
    }
  }

  /** What waited was no degree after all. */
  #settle(): void {
    if (this.#waiting === 0) return;
    const tone = this.#waiting;
    this.#waiting = 0;
    this.#weigh(tone);
  }

  #weigh(tone: number): void {
    const isNegated = this.#negations % 2 === 1;
    this.#negatedPositive ||= isNegated && tone > 0;
    this.#clause += tone * this.#degree * (isNegated ? negatedShare : 1);
    // 不好吃, 很好吃: who denies or stresses a word means it.
    this.evidence += this.#negations > 0 || this.#degree !== 1 || this.#rhetorical ? 2 : 1;
    this.#negations = 0;
    this.#degree = 1;
  }

  #age(): void {
    this.#operatorAge += 1;
    if (this.#operatorAge < operatorReach) return;
    this.#negations = 0;
    this.#degree = 1;
  }

  #turn(): void {
    this.close();
    this.total *= beforeContrast;
    this.#share = afterContrast;
    this.#sharesNext = afterContrast;
  }

  /** 不好吃吗 thinks that it is good; 好吃吗 only asks. */
  #ask(): void {
    if (this.#negatedPositive || this.#rhetorical) this.#clause *= -rhetoricalShare;
    else this.#clause *= questionShare;
    this.#rhetorical = false;
  }

  /** Ends a clause: operators do not reach beyond it. */
  close(): void {
    this.#settle();
    if (this.#rhetorical) this.#clause *= -rhetoricalShare;
    this.total += this.#clause * this.#share;
    this.#clause = 0;
    this.#negations = 0;
    this.#degree = 1;
    this.#operatorAge = 0;
    this.#negatedPositive = false;
    this.#rhetorical = false;
    this.#share = this.#sharesNext;
  }
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

const noWord = '';

/** 困难 in 经济困难, 好 in 准备好了: part of a name or a verb, no judgement. */
function hasFixedCompany(words: readonly string[], at: number): boolean {
  const company = fixedCompany.get(words[at] ?? noWord);
  if (company === undefined) return false;
  return company.before.has(words[at - 1] ?? noWord) || company.after.has(words[at + 1] ?? noWord);
}

/** Tone by lexicon with negation, degree, contrast and rhetorical questions. @param words of a normalised text, in order */
export function readTone(words: readonly string[]): Sentiment {
  const reader = new ToneReader();
  for (let i = 0; i < words.length; i += 1) {
    reader.read(hasFixedCompany(words, i) ? noWord : (words[i] ?? noWord));
  }
  reader.close();
  if (reader.evidence === 0) return neutral;
  const score = round(Math.tanh(reader.total / fullTone));
  const share = reader.evidence / (reader.evidence + 1);
  const confidence = round(Math.min(0.95, share * (0.55 + Math.abs(score) * 0.45)));
  const isNeutral = Math.abs(score) < neutralBelow || confidence < surestNeutral;
  return { label: isNeutral ? 'neutral' : score > 0 ? 'positive' : 'negative', score, confidence };
}

const headName = 'sentiment';

/**
 * Tone is described, never a finding: by itself it leads nowhere (R6). Without the model the lexicon speaks alone, and the
 * verdict says so.
 */
export function sentimentStage(scorer: Scorer | null): Stage {
  const place = scorer?.findHead(headName) ?? null;
  return {
    name: 'sentiment',
    safetyRelevant: false,
    run: (context) => {
      const heard = readTone(context.words);
      if (scorer === null || place === null)
        return { sentiment: heard, couldNotCheck: [{ stage: 'sentiment', reason: 'ModelsUnavailable' }] };
      return { sentiment: heard };
    },
  };
}
