import type { ClientSession } from 'mongodb';
import type { Case } from '../../domain/case.ts';
import { hideReplies } from './answer-documents.ts';
import type { CaseCollections } from './case-documents.ts';
import { reclassifyInstructions } from './instruction-documents.ts';

export type WritingCollections = Pick<CaseCollections, 'instructions' | 'cards' | 'replies' | 'notes'>;

/**
 * Whoever writes something about a case, which leaves the case as it is, meets here whoever changes it at the same moment: one of
 * them looks again. Otherwise words that were begun before a referral would stand beside those that it hid (R19).
 */
export async function meetAtCase(
  { cases }: Pick<CaseCollections, 'cases'>,
  session: ClientSession,
  caseId: string,
): Promise<void> {
  // A write that changes nothing is none to the server.
  await cases.updateOne({ _id: caseId }, { $inc: { version: 1 } }, { session });
  await cases.updateOne({ _id: caseId }, { $inc: { version: -1 } }, { session });
}

/**
 * What people wrote about a case follows its class, whether a person or the machine changed it. With those on duty, notes and
 * drafts stay there for good (R19). In the transaction of that change.
 */
export async function reclassifyWritings(
  at: WritingCollections,
  session: ClientSession,
  one: Pick<Case, 'id' | 'accessClass'>,
): Promise<void> {
  await reclassifyInstructions(at, session, one);
  if (one.accessClass !== 'safety') return;
  await hideReplies(at, session, one.id);
  await at.notes.updateMany({ caseId: one.id }, { $set: { accessClass: 'safety' } }, { session });
}
