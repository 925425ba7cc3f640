import { z } from 'zod';
import type { Declarations, DraftAttachment, DraftImage, DraftSource, Genre } from './draft-content.ts';
import type { FileFact } from './file-fact.ts';
import type { LinkReport } from './link-report.ts';

/** What a draft may be found wrong in (R17: the school's own text only). */
export const EditorialCategory = z.enum([
  'typo',
  'punctuation',
  'numeral',
  'term',
  'title-order',
  'personal-data',
  'secrecy-mark',
  'ad-absolute',
  'link',
  'date',
  'source',
  'image-licence',
  'map-number',
  'ai-label',
  'accessibility',
  'file',
]);
export type EditorialCategory = z.infer<typeof EditorialCategory>;

/** `block` stops submission; `warn` asks for an answer; `info` is shown and asks for nothing. */
export const CheckLevel = z.enum(['block', 'warn', 'info']);
export type CheckLevel = z.infer<typeof CheckLevel>;

/**
 * Where it stands. `start` and `end` (UTF-16) refer to the text of the part: `title` the title, `body` the flat text of the document
 * (`flattenDocument`), `attachment` and `image` what was read out of the file `ref` (its hash), `form` the field `ref`:
 * `images.<hash>.licence`, `attachments.<hash>.name`, `declarations.publicity`.
 */
export const CheckPlace = z.object({
  part: z.enum(['title', 'body', 'attachment', 'image', 'form']),
  ref: z.string().nullable().default(null),
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
});
export type CheckPlace = z.infer<typeof CheckPlace>;

export const CheckFinding = z.object({
  category: EditorialCategory,
  level: CheckLevel,
  /** Which check said so, and by which version of its list. */
  stage: z.string(),
  rule: z.string(),
  version: z.string(),
  place: CheckPlace,
  /** `text.slice(start, end)` of the part; of personal data masked. */
  text: z.string(),
  /** What to write instead of exactly `text`; empty to leave it out; null where only a person can tell. */
  suggestion: z.string().nullable(),
  /** In Chinese: what is wrong, and why. One or two sentences. */
  message: z.string(),
  /** Findings of one key are one question: answered together, remembered by unit. No personal data in it. */
  key: z.string(),
});
export type CheckFinding = z.infer<typeof CheckFinding>;

/** What could not be checked; it never means clean. */
export const Unchecked = z.object({ stage: z.string(), part: z.string().nullable(), reason: z.string() });
export type Unchecked = z.infer<typeof Unchecked>;

export const CheckResult = z.object({
  findings: z.array(CheckFinding),
  unchecked: z.array(Unchecked),
  /** Name and version of every check that ran, in order. */
  stages: z.array(z.object({ name: z.string(), version: z.string() })),
});
export type CheckResult = z.infer<typeof CheckResult>;

/** A file of the draft, as it was read in a process apart. */
export interface ReadAttachment {
  file: DraftAttachment;
  /** Everything in it, hidden parts marked; empty where nothing could be read. */
  text: string;
  /** In Chinese, for a person: hidden sheets, comments, tracked changes, a number of pictures … */
  notes: string[];
  /** Beside the text: macros, an extension that does not fit, who wrote it … */
  facts: FileFact[];
  /** Parts that could not be read, with the reason in Chinese. */
  unread: string[];
}

export interface ReadImage {
  image: DraftImage;
  /** As the document has it, of its first place. Null: nobody has said. */
  alt: string | null;
  /** Offset in the flat text of its first place. */
  at: number;
  /** Texts of QR codes. */
  codes: string[];
  /** Text in the picture; null where it was not read. */
  text: string | null;
  /** In Chinese: what was not read of it, and why. */
  notes: string[];
  /** Positions, devices, what says that a machine made it. */
  facts: FileFact[];
}

/** What the checks are given: everything flat and read, so that each is a pure function. */
export interface CheckInput {
  title: string;
  /** Flat text of the document; paragraphs end with \n, cells of a table row are separated by \t. */
  body: string;
  /** Where links stand in `body`. */
  links: { href: string; start: number; end: number }[];
  /** What came of asking for them; empty where nobody has asked yet. */
  linkReports: LinkReport[];
  genre: Genre;
  /** The day it is judged for (planned publication, else today), YYYY-MM-DD in Shanghai. */
  day: string;
  source: DraftSource;
  declarations: Declarations;
  images: ReadImage[];
  attachments: ReadAttachment[];
}
