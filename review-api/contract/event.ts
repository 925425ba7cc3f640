import { z } from 'zod';

/**
 * Server-sent events for pages that show queues, beside the table of routes: an answer that does not end fits none of its
 * handlers. Needs a session with the right `case.list`; keeps no session alive.
 */
export const eventsPath = '/api/events';

/**
 * The `data` of one event: in a queue of the reader's something has changed. Which case, and what, is asked for elsewhere.
 * `case.claimed`: a claim was taken or freed; `lead.registered`: a colleague has entered a lead, which is judged in a moment.
 */
export const ChangeEvent = z.strictObject({
  topic: z.enum(['case.opened', 'case.decided', 'case.claimed', 'lead.registered']),
});
export type ChangeEvent = z.infer<typeof ChangeEvent>;
