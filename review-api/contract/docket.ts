import { z } from 'zod';
import { DocketTextName } from '../../pipeline/domain/docket.ts';
import { ConsentStep } from '../../pipeline/domain/docket-consent.ts';
import { Instant } from '../../pipeline/domain/time.ts';
import { Cursor, PageLimit, TypedText } from './fields.ts';

/** Of the version that the person saw, and of the intention: a repeated request with the same id changes nothing. */
export const seen = { commandId: z.uuid(), version: z.int().positive() };
export const SeenRequest = z.strictObject(seen).meta({ id: 'DocketSeen' });

export const reason = TypedText(4, 500);

/** In the order they were done, by name; null for the public, and for an account that is gone. */
const DocketMoveView = z.object({
  kind: z.string(),
  at: Instant,
  byName: z.string().nullable(),
  onBehalfOfName: z.string().nullable(),
});

/** What all registers say of an entry: facts without texts, its history, and who the ids stand for. */
export function EntryOf<T extends z.ZodType>(facts: T) {
  return z.object({
    id: z.string(),
    number: z.string(),
    version: z.int().positive(),
    openedAt: Instant,
    facts,
    moves: z.array(DocketMoveView),
    people: z.array(z.object({ id: z.string(), name: z.string() })),
  });
}

/** With those of its texts that the person may see and that have not expired. */
export function EntryDetailOf<T extends z.ZodType>(facts: T) {
  return EntryOf(facts).extend({
    texts: z.array(z.object({ name: DocketTextName, text: z.string() })),
    /** Approving, refusing and settling: those that would be taken from this very person now. */
    consents: z.array(ConsentStep),
  });
}

/** Answers every change; `repeated` when this very command was recorded before. */
export function ReceiptOf<T extends z.ZodType>(facts: T) {
  return z.object({ entry: EntryOf(facts), repeated: z.boolean() });
}

export const listing = { cursor: Cursor.optional(), limit: PageLimit.default(30) };
