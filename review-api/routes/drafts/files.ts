import {
  acceptFile,
  assertMayUpload,
  readDraftFile as read,
} from '../../../pipeline/commands/draft-uploads.ts';
import { importText } from '../../../pipeline/commands/import-text.ts';
import { mayWrite } from '../../../pipeline/domain/draft-moves.ts';
import { InvalidInput, NotPermitted } from '../../../pipeline/domain/errors.ts';
import { findPictureMime } from '../../../pipeline/domain/picture-mime.ts';
import type { Call, Handler } from '../../http/call.ts';
import type { FileAnswer } from '../../http/file-answer.ts';
import { moverOf, readOwn } from './sight.ts';

/** That a file was brought into this draft: shown with its address until it is saved in it. */
function proofOf(draftId: string, hash: string, { digestName }: Pick<Call['deps'], 'digestName'>): string {
  return digestName(`draft-file ${draftId} ${hash}`);
}

const isPdf = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-';

/** Pictures are shown, everything else is saved; what it is, its bytes say. */
export function presentFile(
  hash: string,
  { bytes, name }: { bytes: Uint8Array; name: string | null },
): FileAnswer {
  const picture = findPictureMime(bytes);
  if (picture !== null) return { bytes, mime: picture, name: name ?? hash.slice(0, 12), as: 'shown' };
  const mime = isPdf(bytes) ? 'application/pdf' : 'application/octet-stream';
  return { bytes, mime, name: name ?? `${hash.slice(0, 12)}${isPdf(bytes) ? '.pdf' : ''}`, as: 'saved' };
}

export const uploadDraftFile: Handler<'uploadDraftFile'> = async (call) => {
  const { query, file, deps } = call;
  const draft = await readOwn(call);
  assertMayUpload(draft, query.use, moverOf(call));
  const accepted = await acceptFile({ ...query, bytes: file ?? new Uint8Array() }, deps);
  return { ...accepted, proof: proofOf(draft.id, accepted.hash, deps) };
};

export const readDraftFile: Handler<'readDraftFile'> = async (call) => {
  const { params, query, deps } = call;
  const draft = await readOwn(call);
  const isProven = query.proof !== undefined && query.proof === proofOf(draft.id, params.hash, deps);
  return presentFile(params.hash, await read(draft, { hash: params.hash, isProven }, deps));
};

export const importIntoDraft: Handler<'importIntoDraft'> = async (call) => {
  const { query, file, deps, signal } = call;
  const draft = await readOwn(call);
  if (!mayWrite(draft, moverOf(call))) throw new NotPermitted('您不能修改这篇稿件。');
  if (file === null || file.length === 0) throw new InvalidInput('file', '没有收到内容。');
  const as = query.from === 'html' ? 'html' : 'file';
  const imported = await importText({ bytes: file, as }, deps, signal);
  return presentImported(draft.id, imported, deps);
};

export function presentImported(
  draftId: string,
  imported: Awaited<ReturnType<typeof importText>>,
  deps: Pick<Call['deps'], 'digestName'>,
) {
  const proofs = imported.images.map(({ hash }) => [hash, proofOf(draftId, hash, deps)] as const);
  return { ...imported, attachments: [], proofs: Object.fromEntries(proofs) };
}
