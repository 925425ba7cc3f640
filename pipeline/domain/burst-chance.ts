const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];

/** The logarithm of the gamma function, for x > 0; to about twelve figures. */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const above = x - 1;
  const t = above + 7.5;
  let sum = 0.9999999999998099;
  for (const [index, coefficient] of lanczos.entries()) sum += coefficient / (above + index + 1);
  return 0.5 * Math.log(2 * Math.PI) + (above + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Beyond this share of the sum a further term says nothing. */
const negligible = 1e-12;

/** Terms from `start` on, each made of the one before, until they say nothing. */
function sumTail(first: number, start: number, ratio: (k: number) => number): number {
  let [term, sum] = [first, first];
  for (let k = start; term > sum * negligible && k < start + 100_000; k += 1) {
    term *= ratio(k);
    sum += term;
  }
  return sum;
}

/**
 * The chance of `observed` or more where `mean` is expected: negative binomial, which is Poisson with a mean that itself varies.
 * @param spread variance of that mean as a share of its square: variance = mean + spread × mean²
 */
export function chanceOf(observed: number, mean: number, spread: number): number {
  if (observed <= 0) return 1;
  if (mean <= 0) return 0;
  // Below this the two cannot be told apart, and the formula would lose its figures.
  const size = 1 / Math.max(spread, 1e-6);
  const share = mean / (mean + size);
  const first =
    logGamma(observed + size) -
    logGamma(size) -
    logGamma(observed + 1) +
    size * Math.log1p(-share) +
    observed * Math.log(share);
  // Near or below the mean the terms still grow: count what lies below instead.
  if (observed <= mean + 1) return Math.max(0, 1 - sumBelow(observed, size, share));
  return Math.min(
    1,
    sumTail(Math.exp(first), observed, (k) => ((k + size) / (k + 1)) * share),
  );
}

function sumBelow(observed: number, size: number, share: number): number {
  let term = Math.exp(size * Math.log1p(-share));
  let sum = term;
  for (let k = 0; k < observed - 1; k += 1) {
    term *= ((k + size) / (k + 1)) * share;
    sum += term;
  }
  return sum;
}
