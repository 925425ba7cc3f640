import { z } from 'zod';
import { DraftDocument, FileHash } from './draft-document.ts';
import { Instant } from './time.ts';

/** `publicity` is a 公示, which has to be taken down; `recruiting` advertises (admission, training), and advertising law holds for it. */
export const Genre = z.enum(['news', 'notice', 'publicity', 'recruiting', 'statement', 'other']);
export type Genre = z.infer<typeof Genre>;

/** What is known of a picture. Where it stands, and its alt text, is in the document. */
export const DraftImage = z.strictObject({
  hash: FileHash,
  name: z.string().max(200),
  /** By its bytes. */
  mime: z.enum(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/bmp']),
  bytes: z.int().positive(),
  width: z.int().positive().nullable().default(null),
  height: z.int().positive().nullable().default(null),
  /** Who made it, or where it is from. */
  source: z.string().max(200).nullable().default(null),
  licence: z.enum(['own', 'licensed', 'public-domain', 'with-consent', 'unknown']).default('unknown'),
  licenceUntil: z.iso.date().nullable().default(null),
  /** A map is shown: then it needs a 审图号. */
  showsMap: z.boolean().default(false),
  mapNumber: z.string().max(60).nullable().default(null),
  aiGenerated: z.boolean().default(false),
});
export type DraftImage = z.infer<typeof DraftImage>;

export const DraftAttachment = z.strictObject({
  hash: FileHash,
  /** As readers will see it, with its extension. */
  name: z.string().min(1).max(200),
  bytes: z.int().positive(),
});
export type DraftAttachment = z.infer<typeof DraftAttachment>;

export const Declarations = z.strictObject({
  /** `labelled`: how readers are told, once it is more than help. */
  ai: z
    .strictObject({
      use: z.enum(['none', 'assisted', 'generated']),
      labelled: z.string().max(200).nullable().default(null),
    })
    .default({ use: 'none', labelled: null }),
  personalData: z
    .strictObject({
      contains: z.boolean(),
      /** On what basis it may be published (a regulation on 公示, consent). */
      basis: z.string().max(300).nullable().default(null),
      masked: z.boolean().default(false),
    })
    .default({ contains: false, basis: null, masked: false }),
  /** Of a 公示: first and last day, in Shanghai. */
  publicity: z.strictObject({ from: z.iso.date(), until: z.iso.date() }).nullable().default(null),
  /** 保密审查: done by whom in the unit, with which result. */
  secrecy: z
    .strictObject({ reviewed: z.boolean(), opinion: z.string().max(300).nullable().default(null) })
    .default({ reviewed: false, opinion: null }),
});
export type Declarations = z.infer<typeof Declarations>;

export const DraftSource = z.strictObject({
  kind: z.enum(['original', 'reprint', 'compiled']),
  /** Of a reprint: who published it first, and where. */
  from: z.string().max(200).nullable().default(null),
  url: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
});
export type DraftSource = z.infer<typeof DraftSource>;

/** Everything of a draft that readers will see, or that was said about it: what a version holds and a review is about. */
export const DraftContent = z.strictObject({
  title: z.string().max(200),
  document: DraftDocument,
  genre: Genre.default('news'),
  images: z.array(DraftImage).max(200).default([]),
  attachments: z.array(DraftAttachment).max(50).default([]),
  /** Ids of the channels it is meant for. */
  channels: z.array(z.string()).max(30).default([]),
  plannedAt: Instant.nullable().default(null),
  source: DraftSource.default({ kind: 'original', from: null, url: null }),
  declarations: Declarations.prefault({}),
});
export type DraftContent = z.infer<typeof DraftContent>;
