import type { DraftAttachment, DraftImage } from '../domain/draft-content.ts';
import { InvalidInput } from '../domain/errors.ts';
import type { FileFact } from '../domain/file-fact.ts';
import { findPictureMime } from '../domain/picture-mime.ts';
import { findPictureSize } from '../extract/picture-size.ts';
import { stripPicture } from '../extract/strip-picture.ts';
import type { Ports, Stores } from '../ports/index.ts';
import { assertNoSecrecyMark } from './assert-no-secrecy-mark.ts';
import {
  type DraftFilesReader,
  type FileReadingPorts,
  imageOf,
  readDraftAttachment,
  readDraftPicture,
} from './read-draft-files.ts';

export type AcceptingPorts = Pick<FileReadingPorts, 'files' | 'pictureText'> & {
  blobs: Pick<Ports['blobs'], 'put'>;
  stores: Pick<Stores, 'settings'>;
  /** Spares the check a second reading. */
  rememberPicture?: DraftFilesReader['rememberPicture'] | undefined;
};

export interface OfferedFile {
  /** `scan`: a signed paper, as a picture or PDF. */
  use: 'image' | 'attachment' | 'scan';
  name: string;
  bytes: Uint8Array;
}

export interface AcceptedFile {
  use: OfferedFile['use'];
  hash: string;
  image: DraftImage | null;
  attachment: DraftAttachment | null;
  /** In Chinese: what was taken out of it, or not looked into. */
  notes: string[];
}

/** Asked before anything is read. */
const mostBytes = { image: 20 * 1024 * 1024, attachment: 50 * 1024 * 1024, scan: 20 * 1024 * 1024 };
const field = 'file';

function assertSize({ use, name, bytes }: OfferedFile): void {
  if (bytes.length === 0) throw new InvalidInput(field, `文件“${name}”是空的。`);
  const most = mostBytes[use];
  if (bytes.length <= most) return;
  const [size, limit] = [bytes.length, most].map((one) => Math.ceil(one / 1024 / 1024));
  throw new InvalidInput(
    field,
    `文件“${name}”有 ${size} MB，最大 ${limit} MB，没有保存。`,
    '请压缩或拆分后再上传。',
  );
}

const refusals: Partial<Record<FileFact['kind'], string>> = {
  executable: '含有可以运行的程序或脚本',
  'test-virus': '含有病毒（或病毒测试码）',
};

/** What runs when somebody opens it is never offered to readers. */
function assertHarmless(name: string, facts: readonly FileFact[]): void {
  const found = facts.find(({ kind }) => refusals[kind] !== undefined);
  if (found === undefined) return;
  const where = found.part === null || found.part === name ? '' : `（压缩包内“${found.part}”）`;
  throw new InvalidInput(
    field,
    `文件“${name}”${where}${refusals[found.kind]}，没有保存。`,
    '请去掉程序、脚本、快捷方式后再上传；怀疑中毒请先查杀。',
  );
}

const removedWords: Partial<Record<FileFact['kind'], string>> = {
  position: '已去除图片里的拍摄位置',
  device: '已去除图片里的作者、设备信息',
};

const stayingWords: Partial<Record<FileFact['kind'], string>> = {
  position: '图片带有拍摄位置，无法去除，请另存为 JPG 或 PNG 后重新上传',
  device: '图片带有作者、设备信息，无法去除，请另存为 JPG 或 PNG 后重新上传',
};

async function acceptPicture(offered: OfferedFile, ports: AcceptingPorts): Promise<AcceptedFile> {
  const { use, name, bytes } = offered;
  const mime = findPictureMime(bytes);
  if (mime === null)
    throw new InvalidInput(
      field,
      `“${name}”不是 JPG、PNG、GIF、WebP 或 BMP 图片，没有保存。`,
      '请另存为 JPG 或 PNG。',
    );
  const read = await readDraftPicture(bytes, ports);
  await assertUnmarked(name, [read?.text ?? '', ...(read?.codes ?? [])].join('\n'), ports);
  const stripped = stripPicture(bytes);
  const hash = await ports.blobs.put('publication', stripped);
  const facts = read?.facts ?? [];
  // A damaged picture, or one of a form that is not taken apart, is kept with all that it tells: then the check has to say so.
  const isStripped = stripped !== bytes;
  const staying = isStripped ? facts.filter(({ kind }) => kind === 'ai-made') : facts;
  if (read !== null) ports.rememberPicture?.(hash, { ...imageOf(read), facts: staying });
  const words = isStripped ? removedWords : stayingWords;
  const notes = facts.map(({ kind }) => words[kind]).filter((note) => note !== undefined);
  const aiMark = facts.find(({ kind }) => kind === 'ai-made');
  if (aiMark !== undefined) notes.push(`图片自称由算法生成（${aiMark.detail}），已标为 AI 生成，请核对`);
  const size = findPictureSize(stripped);
  const image: DraftImage = {
    ...{ hash, name, mime, bytes: stripped.length },
    width: size?.width ?? null,
    height: size?.height ?? null,
    ...{ source: null, licence: 'unknown', licenceUntil: null, showsMap: false, mapNumber: null },
    aiGenerated: aiMark !== undefined,
  };
  return {
    ...{ use, hash, attachment: null },
    image: use === 'image' ? image : null,
    notes: [...new Set(notes), ...(read?.notes ?? ['图片没有读出，图中文字、二维码未检查'])],
  };
}

async function assertUnmarked(name: string, text: string, { stores }: Pick<AcceptingPorts, 'stores'>) {
  const { governance } = await stores.settings.read();
  assertNoSecrecyMark(
    [
      { field, called: '文件名', text: name },
      { field, called: `文件“${name}”`, text },
    ],
    { restrictedSeries: governance?.restrictedSeries ?? [] },
  );
}

async function acceptAttachment(offered: OfferedFile, ports: AcceptingPorts): Promise<AcceptedFile> {
  const { use, name, bytes } = offered;
  if (use === 'scan' && Buffer.from(bytes.subarray(0, 5)).toString('latin1') !== '%PDF-')
    throw new InvalidInput(field, `签批单“${name}”要是图片或 PDF，没有保存。`, '请扫描或拍照后上传。');
  const read = await readDraftAttachment({ name, bytes }, ports);
  assertHarmless(name, read.facts);
  await assertUnmarked(name, read.text, ports);
  const kept = findPictureMime(bytes) === null ? bytes : stripPicture(bytes);
  const hash = await ports.blobs.put('publication', kept);
  const unread = read.unread.length === 0 ? [] : [`未能检查：${read.unread.slice(0, 5).join('；')}`];
  return {
    ...{ use, hash, image: null },
    attachment: use === 'attachment' ? { hash, name, bytes: kept.length } : null,
    notes: [...new Set([...read.notes, ...unread])],
  };
}

/**
 * Looks into a file, and keeps it where it may be kept: size first, then what runs, then secrecy marks, all before anything is stored.
 * A picture is kept without what it tells of its origin.
 * @throws InvalidInput `file`, in Chinese; nothing was stored
 */
export async function acceptDraftFile(offered: OfferedFile, ports: AcceptingPorts): Promise<AcceptedFile> {
  assertSize(offered);
  const isPicture = findPictureMime(offered.bytes) !== null;
  if (offered.use === 'image' || (offered.use === 'scan' && isPicture)) return acceptPicture(offered, ports);
  return acceptAttachment(offered, ports);
}
