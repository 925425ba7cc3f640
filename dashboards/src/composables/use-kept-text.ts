import { shallowReactive } from 'vue';
import type { TemplatesView } from '../../../review-api/contract/briefs.ts';
import type { AuthorityTable } from '../lib/authority-draft.ts';
import type { Entry, SchoolCalendar } from '../lib/calendar-draft.ts';

/** What was typed into one kind of form and not sent yet, by what it is about. */
interface KeptText<T> {
  get(id: string): T | null;
  set(id: string, typed: T): void;
  delete(id: string): void;
}

/** In memory only: what people type may quote, so that nothing of it goes to the disk. */
export function createKeptTexts() {
  const kinds: { clear(): void }[] = [];
  let ownerId: string | null = null;

  function clear() {
    for (const kind of kinds) kind.clear();
  }

  return {
    clear,
    /** A kind of its own, for one kind of form. */
    of<T>(): KeptText<T> {
      const kept = shallowReactive(new Map<string, T>());
      kinds.push(kept);
      return {
        get: (id) => kept.get(id) ?? null,
        set: (id, typed) => void kept.set(id, typed),
        delete: (id) => void kept.delete(id),
      };
    },
    /** From now on they are this person's: another one's are dropped. */
    belongTo(personId: string) {
      if (ownerId !== personId) clear();
      ownerId = personId;
    },
  };
}

/** Outlives a page that is left and a session that ran out; whoever signs in again finds it, and nobody else. */
export const keptTexts = createKeptTexts();

/** The office's words of a card, by the card's id. */
export const keptCards = keptTexts.of<{
  gist: string;
  nextStep: string;
  answerId: string;
  /** Of the words that they were to replace. */
  version: number;
}>();

/** What goes along when a card is submitted or answered with an instruction, by the card's id. */
export const keptStarts = keptTexts.of<{ text: string; leaderId: string }>();

/** What was typed into a brief, by its id and then by field. */
export const keptBriefs = keptTexts.of<Record<string, string>>();

/** The authority table edited and not saved; there is one. */
export const keptTables = keptTexts.of<AuthorityTable>();

/** The school's calendar edited and not saved, with what it was edited from; there is one. */
export const keptCalendars = keptTexts.of<{ entries: Entry[]; base: SchoolCalendar }>();

/** The templates of briefs edited and not saved, with what they were edited from; there is one set. */
export const keptTemplates = keptTexts.of<Record<'typed' | 'base', TemplatesView['templates']>>();
