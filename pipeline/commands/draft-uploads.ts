import { createHash } from 'node:crypto';
import type { Draft } from '../domain/draft.ts';
import { mayWrite } from '../domain/draft-moves.ts';
import type { DraftMover } from '../domain/draft-steps.ts';
import { NotFound, NotPermitted } from '../domain/errors.ts';
import { rightsOf } from '../domain/role.ts';
import type { Ports, Stores } from '../ports/index.ts';
import {
  type AcceptedFile,
  type AcceptingPorts,
  acceptDraftFile,
  type OfferedFile,
} from './accept-draft-file.ts';
import { filesOf } from './assert-draft-content.ts';

export interface UploadPorts extends Omit<AcceptingPorts, 'stores' | 'blobs'> {
  stores: Pick<Stores, 'drafts' | 'draftFiles' | 'settings'>;
  blobs: Pick<Ports['blobs'], 'put' | 'find'>;
  clock: Ports['clock'];
}

/** Noted before it is put: what no draft comes to name is erased again. */
export async function acceptFile(offered: OfferedFile, ports: UploadPorts): Promise<AcceptedFile> {
  const { blobs, stores, clock } = ports;
  const put: UploadPorts['blobs']['put'] = async (retention, bytes) => {
    await stores.draftFiles.noteUpload(createHash('sha256').update(bytes).digest('hex'), clock.now());
    return blobs.put(retention, bytes);
  };
  return acceptDraftFile(offered, { ...ports, blobs: { put } });
}

/** @throws NotPermitted: writers bring what readers will see, recorders a signed paper */
export function assertMayUpload(draft: Draft, use: OfferedFile['use'], mover: DraftMover): void {
  const mayRecord = rightsOf(mover.appointments, 'draft.record-offline').permitted;
  if (use === 'scan' ? mayRecord || mayWrite(draft, mover) : mayWrite(draft, mover)) return;
  throw new NotPermitted('您不能为这篇稿件上传文件。');
}

export interface DraftFile {
  bytes: Uint8Array;
  /** As the draft calls it; null for a scan, and for what is not saved in it yet. */
  name: string | null;
}

/** What a version, a pass or an event of the draft names. */
async function findName(
  draft: Draft,
  hash: string,
  { stores }: Pick<UploadPorts, 'stores'>,
): Promise<{ name: string | null } | null> {
  const isScan = draft.passes.some(({ offline }) => offline?.scan === hash);
  if (isScan || (await stores.drafts.listEvents(draft.id)).some(({ details }) => details.scan === hash))
    return { name: null };
  const versions = (await stores.drafts.listVersions(draft.id)).map(({ version }) => version);
  for (const version of versions.toReversed()) {
    const content = (await stores.drafts.findVersion(draft.id, version))?.content;
    if (content === undefined || !filesOf(content).includes(hash)) continue;
    const named = [...content.attachments, ...content.images].find((file) => file.hash === hash);
    return { name: named?.name ?? null };
  }
  return null;
}

/**
 * A file that a draft refers to.
 * @param isProven it was brought into this very draft, and is not saved in it yet
 * @throws NotFound
 */
export async function readDraftFile(
  draft: Draft,
  { hash, isProven }: { hash: string; isProven: boolean },
  ports: Pick<UploadPorts, 'stores' | 'blobs'>,
): Promise<DraftFile> {
  const named = isProven ? { name: null } : await findName(draft, hash, ports);
  const bytes = named === null ? null : await ports.blobs.find('publication', hash);
  if (named === null || bytes === null) throw new NotFound('没有这个文件。');
  return { bytes, name: named.name };
}
