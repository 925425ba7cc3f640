import type { SheetTable } from '../domain/sheet-table.ts';

/** Reads the workbooks of strangers where they can do no harm. */
export interface TableReader {
  /** `unread`: in one word, why there are no tables. @throws what the signal was aborted with */
  readTables(
    bytes: Uint8Array,
    signal?: AbortSignal,
  ): Promise<{ tables: SheetTable[]; unread: string | null }>;
}
