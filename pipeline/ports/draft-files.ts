/**
 * Which files of the blob store (`publication`) drafts still need. A file is brought first and named by a version afterwards; one
 * that no draft names, or none any more, is loose.
 */
export interface DraftFiles {
  /** That these bytes were brought, before they are put: from now on they may be loose. Saying it again begins its time anew. */
  noteUpload(hash: string, at: string): Promise<void>;
  /** Brought before then, and named by no version and no event of any draft. */
  listLoose(before: string, limit: number): Promise<string[]>;
  /** After their bytes are erased. Those that were brought again meanwhile stay noted. */
  forgetLoose(hashes: readonly string[], before: string): Promise<void>;
}
