import { z } from 'zod';
import { DraftState } from '../../pipeline/domain/draft.ts';
import { StepName } from '../../pipeline/domain/review-chain.ts';
import { Instant } from '../../pipeline/domain/time.ts';
import { Named } from './draft.ts';
import { IdText } from './fields.ts';

/** The token is shown this once. It belongs behind the `#` of an address, which goes to no server. */
export const NewDraftLink = z
  .object({ id: z.string(), token: z.string(), expiresAt: Instant })
  .meta({ id: 'NewDraftLink' });

export const DraftLinkParams = z.strictObject({ id: IdText, linkId: IdText });

/** What a one-time link shows, on its one device: to be read. Whoever acts on it signs in. */
export const LinkedDraft = z
  .object({
    id: z.string(),
    number: z.string().nullable(),
    title: z.string(),
    state: DraftState,
    unit: Named,
    channels: z.array(Named),
    plannedAt: Instant.nullable(),
    contentVersion: z.int(),
    /** The text was changed after the link was made; it still shows what it was made for. */
    isOlder: z.boolean(),
    /** The derived page as a fragment; pictures stand at `/api/draft-links/:id/files/:hash`. */
    html: z.string(),
    attachments: z.array(z.object({ hash: z.string(), name: z.string(), bytes: z.int() })),
    passes: z.array(
      z.object({ step: StepName, byName: z.string().nullable(), at: Instant, opinion: z.string() }),
    ),
    openSteps: z.array(StepName),
    expiresAt: Instant,
  })
  .meta({ id: 'LinkedDraft' });
export type LinkedDraft = z.infer<typeof LinkedDraft>;
