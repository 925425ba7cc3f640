import type { Guide } from '../../../review-api/contract/guide.ts';

/** The plateaus of a new office, in their order; each is of use without those that follow. */
export const guideSteps = ['site', 'people', 'credentials', 'assessment'] as const;
export type GuideStep = (typeof guideSteps)[number];
export type StepState = 'done' | 'skipped' | 'open';

const doneBy: Record<GuideStep, (guide: Guide) => boolean> = {
  site: ({ site }) => site.crawled.length > 0,
  people: ({ people }) => people.accounts > 1 && people.hasReviewer,
  credentials: ({ credentials }) =>
    credentials.length > 0 && credentials.every(({ standing }) => ['ok', 'expiring'].includes(standing)),
  assessment: ({ assessment }) => assessment.endsOn !== null,
};

/** What there is decides; what was put off is done all the same once it is there. */
export function stateOf(step: GuideStep, guide: Guide, skipped: readonly GuideStep[]): StepState {
  if (doneBy[step](guide)) return 'done';
  return skipped.includes(step) ? 'skipped' : 'open';
}

/** Where one goes on; null once nothing is left. */
export function findCurrent(guide: Guide, skipped: readonly GuideStep[]): GuideStep | null {
  return guideSteps.find((step) => stateOf(step, guide, skipped) === 'open') ?? null;
}

/** The first run of a site that is still being read, or has not begun: the page asks again until it has ended. */
export function isReading({ site }: Guide): boolean {
  return site.crawled.some(
    ({ kind, lastRun }) => kind === 'site' && (lastRun === null || lastRun.state === 'running'),
  );
}

/** What a person types for the address of a home page, as an address; null where it is none. */
export function readAddress(typed: string): string | null {
  const text = typed.trim();
  const whole = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  if (text === '' || /\s/.test(text) || !URL.canParse(whole)) return null;
  const { hostname, href } = new URL(whole);
  return hostname.includes('.') || hostname === 'localhost' ? href : null;
}
