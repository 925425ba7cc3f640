import type { JudgedRow } from './judge-rows.ts';
import { countAtLeast, thresholdAtRecall } from './measures.ts';
import type { SetFigures } from './set-figures.ts';
import type { SetName } from './sets.ts';

/** One of the figures that the judgement is held to. */
export interface HouseFigure {
  name: string;
  /** Null when the sets that it needs are not there. */
  value: number | null;
  atLeast: number;
  aim: number;
  /** Is more better? */
  better: 'more' | 'less';
  /** What it was worked out from, or what was missing. */
  from: string;
}

export interface Measured {
  sets: ReadonlyMap<SetName, SetFigures>;
  rows: ReadonlyMap<SetName, readonly JudgedRow[]>;
  /** Headlines judged as our own articles, not as comments; null when they are not there. */
  ownHeadlines: readonly JudgedRow[] | null;
}

const wantedRecall = 0.85;
const emotionSets = ['smp2020_ewect_usual', 'smp2020_ewect_virus'] as const;
const ordinarySets = [...emotionSets, 'thucnews_title10', 'weibo2018', 'weibo_senti_100k'] as const;

type Limits = Pick<HouseFigure, 'atLeast' | 'aim' | 'better'>;
const more = (atLeast: number, aim: number): Limits => ({ atLeast, aim, better: 'more' });
const less = (atLeast: number, aim: number): Limits => ({ atLeast, aim, better: 'less' });

function ofSet(
  measured: Measured,
  set: SetName,
  name: string,
  pick: (figures: SetFigures) => number | null,
  limits: Limits,
): HouseFigure {
  const figures = measured.sets.get(set);
  const from = figures === undefined ? `needs ${set}` : `${figures.rows} rows`;
  return { name, value: figures === undefined ? null : pick(figures), ...limits, from };
}

const accuracyOf = ({ classification }: SetFigures): number | null => classification?.accuracy ?? null;
const macroF1Of = ({ classification }: SetFigures): number | null => classification?.macroF1 ?? null;

function emotions(measured: Measured): JudgedRow[] {
  return emotionSets.flatMap((set) => [...(measured.rows.get(set) ?? [])]);
}

const selfHarmOf = (rows: readonly JudgedRow[]): number[] => rows.map(({ selfHarm }) => selfHarm);

/** Both are read at the threshold that finds 85 % of the posts at high risk. */
function selfHarmFigures(measured: Measured): HouseFigure[] {
  const precision = { name: 'self-harm: precision at recall 0.85, against sad posts', ...more(0.55, 0.7) };
  const alarms = { name: 'self-harm: alarms per 10,000 ordinary posts, same threshold', ...less(60, 20) };
  const high = selfHarmOf((measured.rows.get('sos_hl_1k') ?? []).filter(({ label }) => label === '1'));
  const threshold = thresholdAtRecall(high, wantedRecall);
  const everyday = emotions(measured);
  const missing = threshold === null ? 'needs sos_hl_1k' : 'needs smp2020_ewect_usual or _virus';
  if (threshold === null || everyday.length === 0) {
    return [
      { ...precision, value: null, from: missing },
      { ...alarms, value: null, from: missing },
    ];
  }
  const found = countAtLeast(high, threshold);
  const sad = selfHarmOf(everyday.filter(({ label }) => label === 'sad'));
  const wrong = countAtLeast(sad, threshold);
  const headlines = measured.rows.get('thucnews_title10') ?? [];
  const ordinary = selfHarmOf([...everyday.filter(({ label }) => label !== 'sad'), ...headlines]);
  const at = `threshold ${threshold.toFixed(4)}`;
  return [
    {
      ...precision,
      value: found / (found + wrong),
      from: `${high.length} at high risk, ${sad.length} sad posts, ${at}`,
    },
    {
      ...alarms,
      value: ordinary.length === 0 ? null : (countAtLeast(ordinary, threshold) / ordinary.length) * 10_000,
      from: `${ordinary.length} ordinary posts, ${at}`,
    },
  ];
}

/** Which findings raised ordinary text above `low`, most frequent first: what to repair. */
export function countAlarms(rows: readonly JudgedRow[]): { id: string; rows: number }[] {
  const counts = new Map<string, number>();
  for (const id of rows.flatMap(({ alarms }) => alarms)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].map(([id, count]) => ({ id, rows: count })).sort((a, b) => b.rows - a.rows);
}

function alarmFigure(name: string, rows: readonly JudgedRow[], missing: string): HouseFigure {
  const raised = rows.filter(({ alarms }) => alarms.length > 0).length;
  return {
    name: `findings above low: ${name}`,
    value: rows.length === 0 ? null : raised / rows.length,
    ...less(0.02, 0.005),
    from: rows.length === 0 ? `needs ${missing}` : `${raised} of ${rows.length} rows`,
  };
}

function alarmFigures(measured: Measured): HouseFigure[] {
  const bySet = ordinarySets.map((set) => alarmFigure(set, measured.rows.get(set) ?? [], set));
  const together = [...emotions(measured), ...(measured.rows.get('thucnews_title10') ?? [])];
  return [
    alarmFigure('ordinary headlines and posts', together, 'smp2020 or thucnews'),
    ...bySet,
    alarmFigure('headlines as our own articles', measured.ownHeadlines ?? [], 'thucnews_title10'),
  ];
}

/** Every figure that these sets can give, in the order of the list they are held to. */
export function houseFigures(measured: Measured): HouseFigure[] {
  return [
    ofSet(measured, 'weibo2018', 'weibo2018 accuracy', accuracyOf, more(0.895, 0.91)),
    ofSet(
      measured,
      'weibo_senti_100k',
      'weibo_senti_100k accuracy, emoticons stripped',
      accuracyOf,
      more(0.765, 0.8),
    ),
    ofSet(measured, 'chnsenticorp', 'chnsenticorp accuracy', accuracyOf, more(0.885, 0.91)),
    ofSet(measured, 'smp2020_ewect_usual', 'smp2020 usual macro-F1', macroF1Of, more(0.725, 0.78)),
    ofSet(measured, 'smp2020_ewect_virus', 'smp2020 virus macro-F1', macroF1Of, more(0.765, 0.8)),
    ofSet(measured, 'cold', 'cold macro-F1 at 0.5', macroF1Of, more(0.795, 0.81)),
    ofSet(measured, 'cold', 'cold AUC', ({ auc }) => auc, more(0.87, 0.89)),
    ...selfHarmFigures(measured),
    ofSet(measured, 'fbs_spam_sms', 'fbs fraud against advert, macro-F1', macroF1Of, more(0.95, 0.98)),
    ...alarmFigures(measured),
  ];
}

export function standing({
  value,
  atLeast,
  aim,
  better,
}: HouseFigure): 'aim' | 'reached' | 'missed' | 'not measured' {
  if (value === null) return 'not measured';
  const isAsGood = (limit: number): boolean => (better === 'more' ? value >= limit : value <= limit);
  return isAsGood(aim) ? 'aim' : isAsGood(atLeast) ? 'reached' : 'missed';
}
