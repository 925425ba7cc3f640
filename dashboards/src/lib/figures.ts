/** A confidence in [0, 1] as whole per cent; never 0 % or 100 %, which no machine can claim. */
export function formatConfidence(confidence: number): string {
  return `${Math.min(99, Math.max(1, Math.round(confidence * 100)))}%`;
}

/** A signed part of a score: `+12`, `−3.5`, `0`. One decimal at most. */
export function formatPart(part: number): string {
  const rounded = Math.round(part * 10) / 10;
  if (rounded === 0) return '0';
  return rounded > 0 ? `+${rounded}` : `−${Math.abs(rounded)}`;
}

/** How much of the whole score a part is, in per cent of the bar: 6 of 100 looks like 6 of 100. */
export function partShare(part: number): number {
  return Math.min(100, Math.abs(part));
}
