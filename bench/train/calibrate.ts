import type { HeadPlan, HeldOutRow } from './head.ts';

/** Calibrated log-odds are `logit × slope + offset`, by output. */
export interface Calibration {
  slopes: number[];
  offsets: number[];
}

const rounds = 60;

function softmaxLoss(rows: readonly HeldOutRow[], slope: number): number {
  let loss = 0;
  for (const { example, logits } of rows) {
    const label = example.label ?? logits.length;
    const among = example.among ?? [...logits.keys(), logits.length];
    const at = (k: number) => slope * (k < logits.length ? (logits[k] ?? 0) : 0);
    const highest = Math.max(...among.map(at));
    loss += highest + Math.log(among.reduce((sum, k) => sum + Math.exp(at(k) - highest), 0)) - at(label);
  }
  return loss;
}

/** The slope with the least loss, by golden section on a logarithmic scale. */
function findSlope(rows: readonly HeldOutRow[]): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let low = Math.log(0.05);
  let high = Math.log(20);
  for (let round = 0; round < rounds / 2; round += 1) {
    const a = high - golden * (high - low);
    const b = low + golden * (high - low);
    if (softmaxLoss(rows, Math.exp(a)) < softmaxLoss(rows, Math.exp(b))) high = b;
    else low = a;
  }
  return Math.exp((low + high) / 2);
}

/** Slope and offset of one output with the least loss (Platt), by Newton's method. */
function findLine(points: readonly { logit: number; label: number; weight: number }[]): {
  slope: number;
  offset: number;
} {
  let slope = 1;
  let offset = 0;
  for (let round = 0; round < rounds; round += 1) {
    let [ga, gb, haa, hab, hbb] = [0, 0, 1e-6, 0, 1e-6];
    for (const { logit, label, weight } of points) {
      const p = 1 / (1 + Math.exp(-(slope * logit + offset)));
      const miss = (p - label) * weight;
      const bend = Math.max(p * (1 - p), 1e-9) * weight;
      ga += miss * logit;
      gb += miss;
      haa += bend * logit * logit;
      hab += bend * logit;
      hbb += bend;
    }
    const det = haa * hbb - hab * hab;
    const da = (ga * hbb - gb * hab) / det;
    const db = (gb * haa - ga * hab) / det;
    if (!Number.isFinite(da + db)) break;
    slope -= Math.max(-1, Math.min(1, da));
    offset -= Math.max(-1, Math.min(1, db));
    if (Math.abs(da) + Math.abs(db) < 1e-7) break;
  }
  return slope > 0 ? { slope, offset } : { slope: 1, offset: 0 };
}

/** From rows that the model has not learned from. */
export function calibrate(plan: HeadPlan, rows: readonly HeldOutRow[]): Calibration {
  // Log-likelihood was the aim of every output, and the pull towards zero is weak.
  if (plan.link === 'mixed') return { slopes: plan.outputs.map(() => 1), offsets: plan.outputs.map(() => 0) };
  if (plan.link === 'softmax') {
    const slope = findSlope(rows);
    return { slopes: plan.outputs.map(() => slope), offsets: plan.outputs.map(() => 0) };
  }
  const lines = plan.outputs.map((_, k) =>
    findLine(
      rows.flatMap(({ example, logits }) => {
        const label = example.labels?.[k] ?? null;
        return label === null ? [] : [{ logit: logits[k] ?? 0, label, weight: example.weight ?? 1 }];
      }),
    ),
  );
  return { slopes: lines.map(({ slope }) => slope), offsets: lines.map(({ offset }) => offset) };
}

export function calibrated(rows: readonly HeldOutRow[], { slopes, offsets }: Calibration): HeldOutRow[] {
  return rows.map(({ example, logits }) => ({
    example,
    logits: logits.map((logit, k) => logit * (slopes[k] ?? 1) + (offsets[k] ?? 0)),
  }));
}
