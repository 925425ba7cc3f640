import type { Extraction, ExtractLimits } from './extraction.ts';
import type { TablesRead } from './read-tables.ts';

/** What the reading process is asked: one file at a time. */
export interface ReadRequest {
  id: number;
  bytes: Uint8Array;
  /** Its text, or the cells of its sheets. */
  want: 'text' | 'tables';
  limits: Partial<ExtractLimits>;
}

/** `ready`: everything is loaded. */
export type ReadReply = 'ready' | { id: number; found: Extraction | TablesRead };

/** By this the process ends itself where its memory is not in the heap, which has a limit of its own. Nothing else sends it. */
export const tooHungrySignal = 'SIGUSR2';
