import type { Draft } from '../domain/draft.ts';
import { NotFound } from '../domain/errors.ts';
import { normaliseDraft } from '../domain/normal-form.ts';
import {
  canonicalJson,
  type SealedFile,
  type SealHands,
  type SealVerdict,
  verifySeal,
} from '../domain/seal.ts';
import type { SealRecord } from '../domain/seal-record.ts';
import type { Stores } from '../ports/index.ts';

export interface SealedPorts {
  stores: Pick<Stores, 'drafts'>;
  seal: SealHands;
}

export interface SealedReading {
  file: SealedFile;
  /** What is kept, held against what was signed. */
  verdict: SealVerdict;
}

/** The report that the seal names, as it is kept; the newest where none fits, so that the difference shows. */
async function findReportDigest(draft: Draft, seal: SealRecord, ports: SealedPorts): Promise<string | null> {
  let newest: string | null = null;
  for (let round = draft.round; round > 0; round -= 1) {
    const report = await ports.stores.drafts.findReport(draft.id, round);
    if (report === null) continue;
    const digest = ports.seal.sha256(canonicalJson(report));
    if (digest === seal.reportDigest) return digest;
    newest ??= digest;
  }
  return newest;
}

/** A seal with what it covers, read out of the record as it stands now. @throws NotFound */
export async function readSealed(draft: Draft, seal: SealRecord, ports: SealedPorts): Promise<SealedReading> {
  const version = await ports.stores.drafts.findVersion(draft.id, seal.version);
  if (version === null) throw new NotFound('没有这个版本。');
  const form = normaliseDraft(version.content);
  const reportDigest = await findReportDigest(draft, seal, ports);
  const { id: draftId, number } = draft;
  return {
    file: { format: 'guanlan-sealed/1', draftId, number, form, reportDigest, seal },
    verdict: verifySeal(seal, { form, reportDigest }, ports.seal),
  };
}
