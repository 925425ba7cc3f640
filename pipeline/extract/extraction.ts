import type { FileFact } from '../domain/file-fact.ts';

/** What a file is, by its bytes and never by its name. */
export type FileKind =
  | 'docx'
  | 'xlsx'
  | 'pptx'
  | 'ofd'
  | 'odf'
  | 'sheet'
  | 'doc'
  | 'ppt'
  | 'rtf'
  | 'pdf'
  | 'text'
  | 'html'
  | 'zip'
  | 'archive'
  | 'picture'
  | 'media'
  | 'unknown';

/**
 * Why something was not read. None of them means clean: a person must look.
 * `scanned`: pictures of text; `garbled`: characters that cannot be told; `cut-off`: more text than is kept; `too-large`: unpacks to
 * more than is allowed; `too-slow`, `too-hungry`, `crashed`: the process that read it had to be ended.
 */
export type UnreadReason =
  | 'encrypted'
  | 'scanned'
  | 'garbled'
  | 'damaged'
  | 'picture'
  | 'unsupported'
  | 'unknown-kind'
  | 'cut-off'
  | 'empty'
  | 'too-large'
  | 'too-many'
  | 'too-deep'
  | 'too-slow'
  | 'too-hungry'
  | 'crashed';

/** @property part names it as it stands in the file, so it is text like the rest (R8); null for the file as a whole */
export interface Unread {
  part: string | null;
  reason: UnreadReason;
}

/** A sheet, a page, a footnote apparatus, a member of an archive. `hidden`: a reader of the file does not see it at once. */
export interface ExtractedPart {
  name: string;
  hidden: boolean;
  text: string;
}

/** What the readers of one format hand over. */
export interface ReadFile {
  kind: FileKind;
  parts: ExtractedPart[];
  /** In Chinese, for a reviewer: what is unusual about the file. */
  notes: string[];
  unread: Unread[];
}

/** `text` is what is judged and shown: every part under its name in 【】, what is hidden marked as such. */
export interface Extraction extends ReadFile {
  text: string;
  /** Some of the text was left out for its length; `unread` says of which part. */
  truncated: boolean;
  /** Beside the text: what runs, who wrote it. Of the files within it too. */
  facts: FileFact[];
}

export interface ExtractLimits {
  /** UTF-16 code units of `Extraction.text`, but for the marks. */
  maxTextLength: number;
  /** Of everything that is unpacked from one file, members of members included. */
  maxUnpackedBytes: number;
  /** Of one member of an archive. */
  maxMemberBytes: number;
  /** Of one archive; and pages, slides, sheets of one document. */
  maxMembers: number;
  /** Archives and embedded files within one another: 1 reads a member, but no member of a member. */
  maxDepth: number;
}

export const defaultExtractLimits: ExtractLimits = {
  maxTextLength: 200_000,
  maxUnpackedBytes: 256 * 1_048_576,
  maxMemberBytes: 96 * 1_048_576,
  maxMembers: 500,
  maxDepth: 2,
};

/** One file with what it may still use up; shared by the files within it, so that a nest of archives has no more than one has. */
export interface ExtractJob {
  bytes: Uint8Array;
  limits: ExtractLimits;
  depth: number;
  spent: { unpackedBytes: number };
  /** Shared like `spent`: each file adds what it is, besides text. */
  facts: FileFact[];
  /** As it is called inside of the file around it; null for that itself. */
  part: string | null;
  /** Reads a file that was found inside this one, under that name. @throws Unreadable `too-deep` */
  readInner(bytes: Uint8Array, part: string): Promise<ReadFile>;
}

/** A reader gives up on its file; what it has read so far is lost. */
export class Unreadable extends Error {
  readonly reason: UnreadReason;
  constructor(reason: UnreadReason) {
    super(reason);
    this.reason = reason;
  }
}

export function reasonOf(error: unknown): UnreadReason {
  return error instanceof Unreadable ? error.reason : 'damaged';
}

export function unreadFile(kind: FileKind, reason: UnreadReason): ReadFile {
  return { kind, parts: [], notes: [], unread: [{ part: null, reason }] };
}
