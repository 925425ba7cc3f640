import type { Case } from '../domain/case.ts';
import type { Rights } from '../domain/role.ts';
import type { Stores } from '../ports/index.ts';

/** Where a case comes from: a person parted its text from another one, its source was edited, or it resembles one decided before. */
export interface PreviousCase {
  caseId: string;
  how: 'split' | 'edited' | 'similar';
}

/** Null where there is none, or none for this person's eyes. */
export async function findPrevious(
  current: Case,
  rights: Rights,
  { cases }: Pick<Stores, 'cases'>,
): Promise<PreviousCase | null> {
  if (current.previousCaseId === null) return null;
  const previous = await cases.findCase(current.previousCaseId, rights);
  if (previous === null) return null;
  const [firstId = ''] = current.postIds;
  const events = await cases.listEvents(previous.id, rights);
  const isParted = events.some(({ kind, postId }) => kind === 'split' && postId === firstId);
  const how = isParted ? 'split' : previous.postIds[0] === firstId ? 'edited' : 'similar';
  return { caseId: previous.id, how };
}
