import { z } from 'zod';
import { DraftState } from '../../pipeline/domain/draft.ts';
import { Instant } from '../../pipeline/domain/time.ts';
import { CaseChange } from './case-change.ts';

/** application/problem+json (RFC 9457). `detail`, `field` and `hint` say what to put right; a 5xx has none of them. */
export const Problem = z
  .object({
    type: z.string().meta({ description: 'urn:guanlan:problem:<code>' }),
    title: z.string(),
    status: z.int(),
    /** The error's code, one of a closed list in http/problems.ts. */
    code: z.string(),
    detail: z.string().optional(),
    field: z.string().optional(),
    hint: z.string().optional(),
    /** For 429 and 503. */
    retryAfterSeconds: z.int().optional(),
    /** For a 409 about a case: what has happened since the version named, oldest first, and the version that stands now. */
    changes: z.array(CaseChange).optional(),
    currentVersion: z.int().positive().optional(),
    /** The case went to those on duty meanwhile, and nothing else is said of it. */
    referredAt: Instant.optional(),
    /** For a 409 about a draft's text: what stands now, who saved it and when. */
    draft: z
      .object({
        revision: z.int().positive(),
        changedAt: Instant,
        state: DraftState,
        savedByName: z.string().nullable(),
      })
      .optional(),
    /** The request's id, as the server's log has it. */
    instance: z.string(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
