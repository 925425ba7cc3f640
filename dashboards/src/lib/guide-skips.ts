import type { GuideStep } from './guide-steps.ts';

const keptAs = 'guanlan.guide';

/** The plateaus that were put off on this device. */
export function readGuideSkips(): GuideStep[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keptAs) ?? '[]');
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

export function keepGuideSkips(skipped: readonly GuideStep[]): void {
  localStorage.setItem(keptAs, JSON.stringify(skipped));
}
