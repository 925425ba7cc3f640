import type { Extraction, ExtractLimits } from './extraction.ts';
import type { DocumentRead } from './read-document.ts';
import type { PictureRead } from './read-picture.ts';
import type { TablesRead } from './read-tables.ts';

/** What the reading process is asked: one file at a time. */
export interface ReadRequest {
  id: number;
  bytes: Uint8Array;
  /** Its text, the cells of its sheets, what a picture shows (without or with the text in it), or a draft's text. */
  want: 'text' | 'tables' | 'picture' | 'picture-text' | 'document' | 'pasted';
  limits: Partial<ExtractLimits>;
}

export type Found = Extraction | TablesRead | PictureRead | DocumentRead;

/** `ready`: everything is loaded. */
export type ReadReply = 'ready' | { id: number; found: Found };

/** By this the process ends itself where its memory is not in the heap, which has a limit of its own. Nothing else sends it. */
export const tooHungrySignal = 'SIGUSR2';
