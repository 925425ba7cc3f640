import { z } from 'zod';
import type { Case } from './case.ts';
import type { PostKind } from './post.ts';
import type { Verdict } from './verdict.ts';

/** Judged, and for nobody's queue: counted, and nothing more. */
export const PassedAs = z.enum(['praise', 'noise']);
export type PassedAs = z.infer<typeof PassedAs>;

/** Only what others wrote is counted, and nothing that a person has or had to look at. */
export function passedAs(
  kind: PostKind,
  verdict: Pick<Verdict, 'queues' | 'noise' | 'service' | 'accessClass'>,
  current: Case | null,
): PassedAs | null {
  if (kind !== 'comment' || current !== null || verdict.queues.length > 0) return null;
  if (verdict.noise) return 'noise';
  return verdict.service?.kind === 'praise' ? 'praise' : null;
}
