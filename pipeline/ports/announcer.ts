import { z } from 'zod';
import { OutboxEntry } from '../domain/outbox.ts';

/** That something has changed. Ids only; what it is now stands in the store, for those who may see it. */
export const Announcement = z.object({
  /** Facts of the outbox; and what is no fact to keep: a claim taken or freed, a lead that is about to be judged. */
  topic: z.enum([...OutboxEntry.shape.topic.options, 'case.claimed', 'lead.registered']),
  subject: OutboxEntry.shape.subject,
});
export type Announcement = z.infer<typeof Announcement>;

/** Tells every process at once what changed, or tells nobody: whoever listens must find out without it too. */
export interface Announcer {
  /** Never waits, never fails; what cannot be told now is lost. */
  announce(event: Announcement): void;
  /** Hears what any process announces from about now on, its own process included. @returns stops listening */
  listen(handler: (event: Announcement) => void): () => void;
  /** Twice is harmless. */
  close(): Promise<void>;
}
