import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PostKind } from '../../pipeline/domain/post.ts';
import type { Judge } from '../../pipeline/stages/judge.ts';
import { countAlarms, type HouseFigure, houseFigures, standing } from './house-figures.ts';
import { type JudgedRow, judgeRows } from './judge-rows.ts';
import { readRows } from './read-rows.ts';
import { type SetFigures, setFigures } from './set-figures.ts';
import { isSetName, type KnownSet, knownSets, type SetName } from './sets.ts';

export interface EvalReport {
  /** What judged: versions of rules, models, dictionary. */
  versions: Judge['versions'];
  sets: SetFigures[];
  figures: (HouseFigure & { standing: ReturnType<typeof standing> })[];
  /** Rules and models that raised ordinary rows above `low`, by set; ids and counts, no text. */
  alarms: Record<string, { id: string; rows: number }[]>;
  /** Known sets that were not in the folder. */
  missing: SetName[];
  /** Files that were left aside, and why. */
  skipped: { file: string; why: string }[];
  /** Was it broken off? Then only the sets listed were measured. */
  interrupted: boolean;
}

interface Found {
  sets: SetName[];
  missing: SetName[];
  skipped: { file: string; why: string }[];
}

const suffix = '.jsonl';

function factsOf(set: SetName): KnownSet {
  return knownSets[set];
}

/** @param only one set, or null for all that are there */
function findSets(dir: string, only: SetName | null): Found {
  const measurable = (Object.keys(knownSets) as SetName[]).filter((set) => factsOf(set).task !== 'none');
  const wanted = measurable.filter((set) => only === null || set === only);
  const files = readdirSync(dir).filter((file) => file.endsWith(suffix));
  const skipped = files.flatMap((file) => {
    const name = file.slice(0, -suffix.length);
    if (!isSetName(name)) return [{ file, why: 'not a known set' }];
    return factsOf(name).task === 'none'
      ? [{ file, why: 'for spelling, which the judge does not check' }]
      : [];
  });
  const there = new Set(files.map((file) => file.slice(0, -suffix.length)));
  return {
    sets: wanted.filter((set) => there.has(set)),
    missing: wanted.filter((set) => !there.has(set)),
    skipped,
  };
}

export interface EvalOptions {
  dir: string;
  only: SetName | null;
  judge: Judge;
  /** One line about how far it is. */
  progress: (line: string) => void;
  signal: AbortSignal;
}

const headlines: SetName = 'thucnews_title10';

async function measureSet(
  set: SetName,
  kind: PostKind,
  { dir, judge, progress, signal }: EvalOptions,
): Promise<JudgedRow[]> {
  const prepare = factsOf(set).prepare ?? ((text: string) => text);
  const rows = (await readRows(join(dir, `${set}${suffix}`))).map((row) => ({
    ...row,
    text: prepare(row.text),
  }));
  const as = kind === 'comment' ? '' : ` as ${kind}`;
  progress(`${set}${as}: 0 of ${rows.length}`);
  return judgeRows(judge, rows, {
    kind,
    signal,
    told: (done) => progress(`${set}${as}: ${done} of ${rows.length}`),
  });
}

/**
 * Judges every row of the known sets in a folder and works out the figures. When interrupted, what was measured so far.
 * @throws BadRow with file and line; the file system's own error for an unreadable folder
 */
export async function runEval(options: EvalOptions): Promise<EvalReport> {
  const { sets, missing, skipped } = findSets(options.dir, options.only);
  const rows = new Map<SetName, readonly JudgedRow[]>();
  const figures = new Map<SetName, SetFigures>();
  let ownHeadlines: readonly JudgedRow[] | null = null;
  let interrupted = false;
  try {
    for (const set of sets) {
      const judged = await measureSet(set, 'comment', options);
      if (set === headlines) ownHeadlines = await measureSet(set, 'article', options);
      rows.set(set, judged);
      figures.set(set, setFigures(set, judged));
    }
  } catch (error) {
    if (!options.signal.aborted) throw error;
    interrupted = true;
  }
  const measured = { sets: figures, rows, ownHeadlines };
  return {
    versions: options.judge.versions,
    sets: [...figures.values()],
    figures: houseFigures(measured).map((one) => ({ ...one, standing: standing(one) })),
    alarms: Object.fromEntries([...rows].map(([set, judged]) => [set, countAlarms(judged).slice(0, 20)])),
    missing,
    skipped,
    interrupted,
  };
}
