import { z } from 'zod';
import { Sha256 } from '../../pipeline/domain/lawful-request.ts';
import { Removal, RemovalGround, RemovalPlatform, RemovalState } from '../../pipeline/domain/removal.ts';
import { LegalBasis } from '../../pipeline/domain/statute.ts';
import { Instant } from '../../pipeline/domain/time.ts';
import { EntryDetailOf, EntryOf, listing, ReceiptOf, reason, seen } from './docket.ts';
import { IdText, PageOf, TypedText } from './fields.ts';

/** What a person means to remove on the platform itself; ground and clause are required, and a second person (R10). */
export const RemovalForm = z
  .strictObject({
    commandId: z.uuid(),
    platform: RemovalPlatform,
    postId: IdText.nullable().default(null),
    link: TypedText(0, 1000).nullable().default(null),
    ground: RemovalGround,
    basis: LegalBasis,
    screenshotSha256: Sha256,
    explanation: TypedText(4, 500),
  })
  .meta({ id: 'RemovalForm' });
export type RemovalForm = z.input<typeof RemovalForm>;

export const RemovalRefusal = z.strictObject({ ...seen, reason }).meta({ id: 'RemovalRefusal' });
export const RemovalDone = z
  .strictObject({ ...seen, doneAt: Instant, toldThere: z.boolean() })
  .meta({ id: 'RemovalDone' });
export const RemovalAppeal = z
  .strictObject({ ...seen, receivedAt: Instant, appeal: TypedText(4, 1000) })
  .meta({ id: 'RemovalAppeal' });
export const RemovalAppealOutcome = z
  .strictObject({ ...seen, outcome: z.enum(['upheld', 'rejected']), reason })
  .meta({ id: 'RemovalAppealOutcome' });

export const RemovalListQuery = z.strictObject({ state: RemovalState.optional(), ...listing });
export const RemovalEntry = EntryOf(Removal).meta({ id: 'RemovalEntry' });
export type RemovalEntry = z.infer<typeof RemovalEntry>;
export const RemovalPage = PageOf(RemovalEntry).meta({ id: 'RemovalPage' });
export const RemovalDetail = EntryDetailOf(Removal).meta({ id: 'RemovalDetail' });
export type RemovalDetail = z.infer<typeof RemovalDetail>;
export const RemovalReceipt = ReceiptOf(Removal).meta({ id: 'RemovalReceipt' });
