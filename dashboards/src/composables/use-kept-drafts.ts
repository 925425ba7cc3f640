import { shallowReactive } from 'vue';
import type { DecisionDraft } from '../lib/decision-draft.ts';

/** What was written for a case and not sent yet. In memory only: a note may quote, so that nothing of it goes to the disk. */
export interface KeptDrafts {
  get(caseId: string): DecisionDraft | null;
  set(caseId: string, draft: DecisionDraft): void;
  delete(caseId: string): void;
  clear(): void;
  /** From now on they are this person's: another one's are dropped. */
  belongTo(personId: string): void;
}

/** Outlives a session that ran out, so that whoever signs in again finds what they wrote; nobody else does. */
export function useKeptDrafts(): KeptDrafts {
  const drafts = shallowReactive(new Map<string, DecisionDraft>());
  let ownerId: string | null = null;
  return {
    get: (caseId) => drafts.get(caseId) ?? null,
    set: (caseId, draft) => void drafts.set(caseId, draft),
    delete: (caseId) => void drafts.delete(caseId),
    clear: () => drafts.clear(),
    belongTo(personId) {
      if (ownerId !== personId) drafts.clear();
      ownerId = personId;
    },
  };
}
