import { type Calibration, calibrate, calibrated } from './calibrate.ts';
import type { DataFolder } from './data-folder.ts';
import { type Fitted, fitHead, logitsOf } from './fit.ts';
import { drawFolds } from './folds.ts';
import type { Example, Figure, HeadPlan, HeldOutRow } from './head.ts';
import { keepOnly, type Vectors, vectorise } from './vectors.ts';

export interface LearnOptions {
  seed: number;
  folds: number;
  /** Told what is being done, in a few words. */
  progress(step: string): void;
}

interface Learnable {
  examples: readonly Example[];
  vectors: Vectors;
  folds: Uint8Array;
}

function prepare(plan: HeadPlan, data: DataFolder, { seed, folds }: LearnOptions): Learnable {
  const examples = plan.readExamples(data);
  const texts = examples.map(({ text }) => text);
  const likes = examples.map(({ text, foldText }) => foldText ?? text);
  return { examples, vectors: vectorise(texts), folds: drawFolds(likes, folds, seed) };
}

/** Every row judged by a model that has learned from the other folds only. */
function holdOut(plan: HeadPlan, learnable: Learnable, options: LearnOptions): HeldOutRow[] {
  const { examples, vectors, folds } = learnable;
  const all = Int32Array.from(examples.keys());
  const held: HeldOutRow[] = [];
  for (let fold = 0; fold < options.folds; fold += 1) {
    options.progress(`${plan.name}: fold ${fold + 1} of ${options.folds}`);
    const fitted = fitHead(
      plan,
      vectors,
      examples,
      all.filter((row) => folds[row] !== fold),
      options.seed,
    );
    for (const row of all) {
      const example = examples[row];
      if (folds[row] !== fold || example === undefined || example.onlyLearned === true) continue;
      held.push({ example, logits: logitsOf(fitted, vectors, row) });
    }
  }
  return held;
}

export interface Learned {
  plan: HeadPlan;
  rows: number;
  vectors: Vectors;
  examples: readonly Example[];
  /** Null when only figures were asked for. */
  fitted: Fitted | null;
  calibration: Calibration;
  settings: Record<string, number>;
  figures: Figure[];
}

/** One head: figures and calibration from rows held out, then the weights from all rows. */
export function learnHead(
  plan: HeadPlan,
  data: DataFolder,
  options: LearnOptions & { figuresOnly: boolean },
): Learned {
  options.progress(`${plan.name}: reading`);
  const learnable = prepare(plan, data, options);
  const held = holdOut(plan, learnable, options);
  const calibration = calibrate(plan, held);
  const rows = calibrated(held, calibration);
  const settings = plan.tune?.(rows) ?? {};
  let fitted: Fitted | null = null;
  if (!options.figuresOnly) {
    options.progress(`${plan.name}: all rows`);
    const all = Int32Array.from(learnable.examples.keys());
    fitted = fitHead(plan, learnable.vectors, learnable.examples, all, options.seed);
  }
  return {
    plan,
    rows: learnable.examples.length,
    vectors: learnable.vectors,
    examples: learnable.examples,
    fitted,
    calibration,
    settings,
    figures: plan.measure(rows, settings),
  };
}

/**
 * Learned anew with the n-grams that found room: what the others knew goes over to them, instead of being lost. Calibration
 * and figures stay those of the rows held out.
 */
export function learnAgain(
  learned: Learned,
  isKept: (hash: number) => boolean,
  { seed, progress }: Pick<LearnOptions, 'seed' | 'progress'>,
): Learned {
  const { plan, vectors, examples } = learned;
  progress(`${plan.name}: all rows, with the n-grams that are kept`);
  const kept = keepOnly(vectors, isKept);
  return { ...learned, fitted: fitHead(plan, kept, examples, Int32Array.from(examples.keys()), seed) };
}
