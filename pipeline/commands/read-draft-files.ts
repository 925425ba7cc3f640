import type { ReadFiles } from '../domain/build-check-input.ts';
import type { ReadAttachment, ReadImage } from '../domain/check.ts';
import type { DraftContent } from '../domain/draft-content.ts';
import type { FileFact } from '../domain/file-fact.ts';
import type { Extraction, UnreadReason } from '../extract/extraction.ts';
import type { FileReader } from '../extract/file-reader.ts';
import { findEndingFacts, findNameFacts } from '../extract/name-facts.ts';
import type { PictureRead } from '../extract/read-picture.ts';
import { describeUnread } from '../extract/unread-words.ts';
import type { Ports } from '../ports/index.ts';

export interface FileReadingPorts {
  blobs: Pick<Ports['blobs'], 'find'>;
  files: Pick<FileReader, 'read' | 'readPicture'>;
  /** Is the text in pictures read? */
  pictureText: boolean;
}

export type AttachmentRead = Pick<ReadAttachment, 'text' | 'notes' | 'unread' | 'facts'>;
export type ImageRead = Pick<ReadImage, 'codes' | 'text' | 'notes' | 'facts'>;

const factsByReason: Partial<Record<UnreadReason, FileFact['kind']>> = {
  encrypted: 'locked',
  damaged: 'damaged',
  crashed: 'damaged',
  'too-large': 'bomb',
  'too-many': 'bomb',
  'too-deep': 'bomb',
  'too-hungry': 'bomb',
  'too-slow': 'bomb',
};

/** What could not be read is a fact about the file as well, once for each reason. */
function unreadFacts(unread: Extraction['unread']): FileFact[] {
  const facts = new Map<string, FileFact>();
  for (const { part, reason } of unread) {
    const kind = factsByReason[reason];
    if (kind !== undefined && !facts.has(kind)) facts.set(kind, { kind, part, detail: null });
  }
  return [...facts.values()];
}

/** A picture that is offered as a file is read as a picture. */
export function attachmentOf(name: string, read: Extraction, picture: PictureRead | null): AttachmentRead {
  const { text, notes, unread, facts, kind } = read;
  const isPicture = kind === 'picture' && picture !== null;
  return {
    text: isPicture ? [picture.text ?? '', ...picture.codes].join('\n').trim() : text,
    notes: [...notes, ...(isPicture ? picture.notes : [])],
    unread: isPicture ? picture.notes : unread.map(describeUnread),
    facts: [
      ...facts,
      ...(isPicture ? picture.facts : []),
      ...unreadFacts(unread),
      ...findNameFacts(name),
      ...findEndingFacts(name, kind),
    ],
  };
}

/** With the text in it, or where that takes too long without; null where it cannot be read at all. */
export async function readDraftPicture(
  bytes: Uint8Array,
  { files, pictureText }: Pick<FileReadingPorts, 'files' | 'pictureText'>,
  signal?: AbortSignal,
): Promise<PictureRead | null> {
  const whole = pictureText ? await files.readPicture(bytes, { text: true }, signal) : null;
  return whole ?? files.readPicture(bytes, { text: false }, signal);
}

export async function readDraftAttachment(
  { name, bytes }: { name: string; bytes: Uint8Array },
  ports: Pick<FileReadingPorts, 'files' | 'pictureText'>,
  signal?: AbortSignal,
): Promise<AttachmentRead> {
  const read = await ports.files.read(bytes, {}, signal);
  const picture = read.kind === 'picture' ? await readDraftPicture(bytes, ports, signal) : null;
  return attachmentOf(name, read, picture);
}

const notThere = '文件不在库里，没有读取';

export function imageOf(read: PictureRead | null): ImageRead {
  if (read === null)
    return { codes: [], text: null, notes: ['图片没有读出，图中文字、二维码未检查'], facts: [] };
  const { codes, text, notes, facts } = read;
  return { codes, text, notes, facts };
}

/** What could not be read may be read another time; but not at every pause in typing. */
const failedForMs = 600_000;

/** In characters of what was read out of them; what a draft holds is asked for at every pause in typing. */
const mostKept = 4_000_000;

/** Keeps what it was given last, by the hash of a file: the same bytes read the same. */
class KeptReads<T> {
  readonly #kept = new Map<string, { read: T; size: number; untilMs: number }>();
  #size = 0;

  find(key: string): T | null {
    const found = this.#kept.get(key);
    if (found === undefined) return null;
    this.#drop(key);
    if (found.untilMs <= performance.now()) return null;
    this.#kept.set(key, found);
    this.#size += found.size;
    return found.read;
  }

  #drop(key: string): void {
    this.#size -= this.#kept.get(key)?.size ?? 0;
    this.#kept.delete(key);
  }

  keep(key: string, read: T, forMs = Number.POSITIVE_INFINITY): void {
    const size = JSON.stringify(read).length;
    this.#drop(key);
    this.#kept.set(key, { read, size, untilMs: performance.now() + forMs });
    this.#size += size;
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= mostKept || this.#kept.size === 1) break;
      this.#drop(oldest);
    }
  }
}

export interface DraftFilesReader {
  (content: Pick<DraftContent, 'images' | 'attachments'>, signal?: AbortSignal): Promise<ReadFiles>;
  /** A picture that was read while it was brought in need not be read again. @param hash of the bytes that were kept */
  rememberPicture(hash: string, read: ImageRead): void;
}

/**
 * What is in the pictures and attachments of a content, by hash. One file at a time, in a process apart; nothing of it is stored.
 * What cannot be read says so.
 * @throws what the signal was aborted with
 */
export function openDraftFiles(ports: FileReadingPorts): DraftFilesReader {
  const kept = new KeptReads<AttachmentRead | ImageRead>();

  async function readOnce<T extends AttachmentRead | ImageRead>(
    key: string,
    hash: string,
    { missing, read }: { missing: T; read: (bytes: Uint8Array) => Promise<{ found: T; failed: boolean }> },
  ): Promise<T> {
    const known = kept.find(key);
    if (known !== null) return known as T;
    const bytes = await ports.blobs.find('publication', hash);
    if (bytes === null) return missing;
    const { found, failed } = await read(bytes);
    kept.keep(key, found, failed ? failedForMs : undefined);
    return found;
  }

  const readFiles = async (
    { images, attachments }: Pick<DraftContent, 'images' | 'attachments'>,
    signal?: AbortSignal,
  ) => {
    const read: { images: Map<string, ImageRead>; attachments: Map<string, AttachmentRead> } = {
      images: new Map(),
      attachments: new Map(),
    };
    for (const { hash } of images) {
      const image = await readOnce<ImageRead>(`image ${hash}`, hash, {
        missing: { codes: [], text: null, notes: [notThere], facts: [] },
        read: async (bytes) => {
          const picture = await readDraftPicture(bytes, ports, signal);
          return { found: imageOf(picture), failed: picture === null || picture.text === null };
        },
      });
      read.images.set(hash, image);
    }
    for (const { hash, name } of attachments) {
      const attachment = await readOnce<AttachmentRead>(`file ${hash} ${name}`, hash, {
        missing: { text: '', notes: [], unread: [notThere], facts: [] },
        read: async (bytes) => {
          const found = await readDraftAttachment({ name, bytes }, ports, signal);
          return { found, failed: found.facts.some(({ kind }) => kind === 'bomb' || kind === 'damaged') };
        },
      });
      read.attachments.set(hash, attachment);
    }
    return read;
  };
  return Object.assign(readFiles, {
    rememberPicture: (hash: string, read: ImageRead) =>
      kept.keep(`image ${hash}`, read, read.text === null ? failedForMs : undefined),
  });
}
