import type {
  CheckFinding,
  DraftAttachment,
  DraftContent,
  DraftDocument,
  DraftImage,
} from '../../../review-api/contract/draft-text.ts';

/** What the editor needs of the server, in its own words; `draft-client.ts` says it in those of the contract. */

interface PersonName {
  id: string;
  name: string;
}

/** A draft as it was opened: the newest version of its text. */
export interface OpenDraft {
  id: string;
  /** Every write names the revision that it was made on. */
  revision: number;
  contentVersion: number;
  content: DraftContent;
  savedAt: string;
  savedBy: PersonName;
  /** Null where it may be written; else why not, in a sentence. */
  closed: string | null;
  /** Keys of `block` findings that the writer asked to be let through, and those that were. */
  asked: readonly string[];
  allowed: readonly string[];
}

/** @see ShownFinding.answered */
export interface FindingAnswer {
  reason: string;
  by: PersonName | null;
  at: string;
  /** Remembered for all drafts of the unit. */
  forUnit: boolean;
}

/** A finding as the writer sees it. `id` is that of its place in this answer alone. */
export interface ShownFinding extends CheckFinding {
  id: string;
  /** Null while nobody said that it is none; of the unit's memory or of this draft. */
  answered: FindingAnswer | null;
}

export interface CheckAnswer {
  findings: ShownFinding[];
  unchecked: { stage: string; part: string | null; reason: string }[];
  checkedAt: string;
}

export interface DraftSave {
  revision: number;
  content: DraftContent;
  /** This version stays: the next save begins a new one. */
  keep: boolean;
}

export interface SavedDraft {
  revision: number;
  contentVersion: number;
  savedAt: string;
}

/** What a layout or a Word text became: nothing is dropped in silence. */
interface ImportedText {
  /** Where the source has one. */
  title: string | null;
  document: DraftDocument;
  images: DraftImage[];
  attachments: DraftAttachment[];
  notes: string[];
}

/** `notes`: what was taken out of it. */
interface Uploaded {
  image: DraftImage | null;
  attachment: DraftAttachment | null;
  notes: string[];
}

interface CommentReply {
  id: string;
  by: PersonName;
  at: string;
  text: string;
}

/** A comment 批注 on a phrase of one version. */
export interface DraftComment extends CommentReply {
  version: number;
  /** Where its words stand in the flat text of the version that counts; null: on the whole, or outdated. */
  phrase: { text: string; start: number; end: number } | null;
  /** The words it was made on; null: on the whole. */
  words: string | null;
  /** 过时: its words are in no saved text any more. */
  isOutdated: boolean;
  /** May say that it is done with, or open it again. */
  maySettle: boolean;
  suggestion: string | null;
  resolved: { by: PersonName; at: string } | null;
  replies: CommentReply[];
}

interface NewComment {
  /** In which the phrase stands. */
  version: number;
  phrase: { start: number; end: number; text: string } | null;
  text: string;
  suggestion: string | null;
}

export interface ListedVersion {
  version: number;
  savedAt: string;
  savedBy: PersonName;
  /** Submitted or kept: it stays. */
  isKept: boolean;
}

interface WordRun {
  kind: 'same' | 'gone' | 'new';
  text: string;
}

export interface VersionDiff {
  /** By part: the title, the text, and what else was changed, in Chinese. */
  title: WordRun[];
  body: WordRun[];
  others: string[];
}

export interface DraftApi {
  open(id: string): Promise<OpenDraft>;
  /** The same again, because no answer came, changes nothing more. */
  save(id: string, sent: DraftSave): Promise<SavedDraft>;
  check(id: string, content: DraftContent, signal: AbortSignal): Promise<CheckAnswer>;
  /** “不是错误”: of all findings of one key. */
  answer(
    id: string,
    sent: { key: string; rule: string; text: string; reason: string; forUnit: boolean },
  ): Promise<void>;
  takeBackAnswer(id: string, key: string): Promise<void>;
  /** Asks the final reviewer to let findings through. */
  askAllowance(
    id: string,
    sent: { revision: number; keys: string[]; reason: string },
  ): Promise<{ revision: number }>;
  importText(id: string, sent: { from: 'html' | 'word'; name: string; file: Blob }): Promise<ImportedText>;
  upload(id: string, sent: { use: 'image' | 'attachment'; file: File }): Promise<Uploaded>;
  /** Where the bytes are shown from. */
  fileUrl(id: string, hash: string): string;
  /** The derived page, whole. */
  render(id: string, content: DraftContent): Promise<string>;
  listComments(id: string): Promise<DraftComment[]>;
  comment(id: string, made: NewComment): Promise<void>;
  reply(id: string, commentId: string, text: string): Promise<void>;
  resolve(id: string, commentId: string): Promise<void>;
  reopen(id: string, commentId: string): Promise<void>;
  listVersions(id: string): Promise<ListedVersion[]>;
  diff(id: string, versions: { from: number; to: number }): Promise<VersionDiff>;
  listChannels(): Promise<{ id: string; name: string }[]>;
}
