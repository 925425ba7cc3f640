import { z } from 'zod';
import { DraftAttachment, DraftImage } from '../../pipeline/domain/draft-content.ts';
import { DraftDocument, FileHash } from '../../pipeline/domain/draft-document.ts';
import { Instant } from '../../pipeline/domain/time.ts';
import { IdText, TypedText } from './fields.ts';

/** 50 MB for a file; pictures 20 MB. */
export const mostFileBytes = 50 * 1024 * 1024;

const FileUse = z.enum(['image', 'attachment', 'scan']);

export const UploadQuery = z.strictObject({
  use: FileUse,
  name: TypedText(1, 200).meta({ description: 'As readers will see it, with its extension' }),
});

/** A picture goes into `images`, a file into `attachments`; of a scan its hash goes with the move. */
export const UploadedFile = z
  .object({
    use: FileUse,
    hash: FileHash,
    image: DraftImage.nullable(),
    attachment: DraftAttachment.nullable(),
    /** In Chinese: what was taken out of it, or not looked into. */
    notes: z.array(z.string()),
    /** Shows the file before the draft was saved with it: as `proof` of its address. */
    proof: z.string(),
  })
  .meta({ id: 'UploadedFile' });
export type UploadedFile = z.infer<typeof UploadedFile>;

export const FileParams = z.strictObject({ id: IdText, hash: FileHash });
export const FileProofQuery = z.strictObject({ proof: TypedText(1, 200).optional() });

export const ImportQuery = z.strictObject({
  /** A Word file as it is; HTML as UTF-8. */
  from: z.enum(['word', 'html']),
  name: TypedText(0, 200).default(''),
});
/** Nothing is dropped in silence. The pictures are in the draft's files; the text is for the page to save. */
export const ImportedText = z
  .object({
    /** Where the source has one. */
    title: z.string().nullable(),
    document: DraftDocument,
    images: z.array(DraftImage),
    attachments: z.array(DraftAttachment),
    /** In Chinese. */
    notes: z.array(z.string()),
    /** By hash, as of an uploaded file. */
    proofs: z.record(z.string(), z.string()),
  })
  .meta({ id: 'ImportedText' });
export type ImportedText = z.infer<typeof ImportedText>;

export const WechatBoxQuery = z.strictObject({
  channelId: IdText,
  offset: z.coerce.number().int().nonnegative().default(0),
});
export const WechatBox = z
  .object({
    items: z.array(
      z.object({ mediaId: z.string(), index: z.int(), title: z.string(), changedAt: Instant.nullable() }),
    ),
    total: z.int(),
    nextOffset: z.int().nullable(),
  })
  .meta({ id: 'WechatBox' });
export const WechatImportRequest = z
  .strictObject({ channelId: IdText, mediaId: z.string().min(1).max(300), index: z.int().min(0).max(20) })
  .meta({ id: 'WechatImportRequest' });
export const WechatSendRequest = z
  .strictObject({ commandId: z.uuid(), channelId: IdText })
  .meta({ id: 'WechatSendRequest' });
export const WechatSendAnswer = z
  .object({ mediaId: z.string(), at: Instant, notes: z.array(z.string()) })
  .meta({ id: 'WechatSendAnswer' });

export const FormQuery = z.strictObject({ as: z.enum(['docx', 'pdf']).default('pdf') });
