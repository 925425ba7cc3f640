import type { JudgedRow } from './judge-rows.ts';
import { areaUnderCurve, type Classification, calibrationError, classify } from './measures.ts';
import { knownSets, type SetName, toneOfEmotion } from './sets.ts';

/** One line of the table. What a set cannot give is null. */
export interface SetFigures {
  set: SetName;
  /** What was asked of the judge there. */
  measured: string;
  rows: number;
  classification: Classification | null;
  auc: number | null;
  calibrationError: number | null;
}

const tones = ['negative', 'neutral', 'positive'] as const;

/** A score of exactly nought has no sign: it counts as a wrong answer. */
function signOf(score: number): string {
  return score > 0 ? '1' : score < 0 ? '0' : 'no sign';
}

interface Asked {
  measured: string;
  classes: readonly string[];
  truth: string[];
  answer: string[];
  /** With the answers to what it claims; null where there is no single probability. */
  probability: { of: number[]; positive: boolean[] } | null;
}

function binary(
  rows: readonly JudgedRow[],
  options: {
    measured: string;
    classes: readonly [string, string];
    isPositive: (label: string) => boolean;
    probability: (row: JudgedRow) => number;
    answer?: (row: JudgedRow) => string;
  },
): Asked {
  const [no, yes] = options.classes;
  const of = rows.map(options.probability);
  const positive = rows.map(({ label }) => options.isPositive(label));
  return {
    measured: options.measured,
    classes: options.classes,
    truth: positive.map((is) => (is ? yes : no)),
    answer: options.answer === undefined ? of.map((p) => (p >= 0.5 ? yes : no)) : rows.map(options.answer),
    probability: { of, positive },
  };
}

function ask(set: SetName, rows: readonly JudgedRow[]): Asked | null {
  const { task } = knownSets[set];
  switch (task) {
    case 'tone':
      return binary(rows, {
        measured: 'sign of the sentiment score',
        classes: ['0', '1'],
        isPositive: (label) => label === '1',
        probability: ({ sentiment }) => (sentiment.score + 1) / 2,
        answer: ({ sentiment }) => signOf(sentiment.score),
      });
    case 'emotion':
      return {
        measured: 'sentiment label, three classes',
        classes: tones,
        truth: rows.map(({ label }) => toneOfEmotion(label) ?? label),
        answer: rows.map(({ sentiment }) => sentiment.label),
        probability: null,
      };
    case 'harassment':
      return binary(rows, {
        measured: 'categories.harassment at 0.5',
        classes: ['0', '1'],
        isPositive: (label) => label === '1',
        probability: ({ harassment }) => harassment,
      });
    case 'fraud':
      return binary(
        rows.filter(({ label }) => isAdvert(label) || isFraud(label)),
        {
          measured: 'max(fraud, phishing-link, spam) at 0.5, FR and IL against AD',
          classes: ['AD', 'FR/IL'],
          isPositive: isFraud,
          probability: ({ fraud }) => fraud,
        },
      );
    case 'distress':
    case 'ordinary':
    case 'none':
      return null;
  }
}

const isAdvert = (label: string): boolean => label.startsWith('AD:');
const isFraud = (label: string): boolean => label.startsWith('FR:') || label.startsWith('IL:');

/** How sure a stated tone is, against how often it was right. */
function toneCalibration(asked: Asked, rows: readonly JudgedRow[]): number | null {
  return calibrationError(
    rows.map(({ sentiment }) => sentiment.confidence),
    asked.truth.map((truth, i) => truth === asked.answer[i]),
  );
}

/** Sets without two sides of their own: they are read against other sets, further below. */
function withoutAnswers(set: SetName, rows: readonly JudgedRow[]): SetFigures {
  const isHighRisk = rows.map(({ label }) => label === '1');
  const selfHarm = rows.map((row) => row.selfHarm);
  const measured = {
    sos_hl_1k: 'self-harm, high risk against low; more below',
    socialcd_3k: 'self-harm, see below',
  } as Partial<Record<SetName, string>>;
  return {
    set,
    measured: measured[set] ?? 'false alarms, see below',
    rows: rows.length,
    classification: null,
    auc: set === 'sos_hl_1k' ? areaUnderCurve(selfHarm, isHighRisk) : null,
    calibrationError: null,
  };
}

export function setFigures(set: SetName, rows: readonly JudgedRow[]): SetFigures {
  const asked = ask(set, rows);
  if (asked === null) return withoutAnswers(set, rows);
  const { probability } = asked;
  return {
    set,
    measured: asked.measured,
    rows: asked.truth.length,
    classification: classify(asked.truth, asked.answer, asked.classes),
    auc: probability === null ? null : areaUnderCurve(probability.of, probability.positive),
    calibrationError:
      probability === null
        ? toneCalibration(asked, rows)
        : calibrationError(probability.of, probability.positive),
  };
}
