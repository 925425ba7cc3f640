import type { NormalForm } from './normal-form.ts';
import { normaliseLink } from './normal-link.ts';
import { normaliseText } from './normal-text.ts';

/** A sealed draft of the channel, as far as it takes to find it. */
export interface DraftTraits {
  draftId: string;
  /** That the editor filled in for this channel, in `normaliseLink`'s form. */
  address: string | null;
  title: string;
  runs: Runs;
}

/** Runs of three characters of title and text; `few` are about one in sixteen of them, the same ones in every text. */
interface Runs {
  all: ReadonlySet<string>;
  few: ReadonlySet<string>;
}

/** Half of what both say must be the same; forms and routine notices that share less are not one article. */
const leastLikeness = 0.5;
const runLength = 3;
const oneIn = 16;
/** Of so many a first look tells who is far from it. */
const enoughFew = 24;
const leastByFew = 0.15;

function runsOf(text: string): Runs {
  const all = new Set<string>();
  const few = new Set<string>();
  for (let at = 0; at + runLength <= text.length; at += 1) {
    const run = text.slice(at, at + runLength);
    all.add(run);
    const mixed = text.charCodeAt(at) * 31 + text.charCodeAt(at + 1) * 17 + text.charCodeAt(at + 2);
    if (mixed % oneIn === 0) few.add(run);
  }
  return { all, few };
}

/** @param form normalised as `published` */
export function readTraits(
  from: { draftId: string; address: string | null },
  form: Pick<NormalForm, 'title' | 'text'>,
): DraftTraits {
  const address = from.address === null ? null : normaliseLink(from.address);
  return { draftId: from.draftId, address, title: form.title, runs: runsOf(form.title + form.text) };
}

export interface FoundDraft {
  draftId: string;
  by: 'address' | 'text';
  /** From 0 to 1. */
  likeness: number;
}

/** How much of two sets of runs is the same, from 0 to 1. For a short form: how much of it is the draft's. */
function shareOf(draft: ReadonlySet<string>, item: ReadonlySet<string>, isShortForm: boolean): number {
  if (draft.size === 0 || item.size === 0) return 0;
  let shared = 0;
  const [small, large] = draft.size < item.size ? [draft, item] : [item, draft];
  for (const run of small) if (large.has(run)) shared += 1;
  return isShortForm ? shared / item.size : (2 * shared) / (draft.size + item.size);
}

function likenessOf(draft: Runs, item: Runs, isShortForm: boolean): number {
  const isEnough = item.few.size >= enoughFew && draft.few.size >= enoughFew;
  if (isEnough && shareOf(draft.few, item.few, isShortForm) < leastByFew) return 0;
  return shareOf(draft.all, item.all, isShortForm);
}

/** Those that may be the item's draft, the likeliest first: by its address, else by what it says. */
export function findDrafts(
  item: { url: string; title: string; text: string; isShortForm: boolean },
  drafts: readonly DraftTraits[],
): FoundDraft[] {
  const address = normaliseLink(item.url);
  const title = normaliseText(item.title);
  const runs = runsOf(title + normaliseText(item.text));
  const found = drafts.flatMap((draft): FoundDraft[] => {
    if (address !== null && draft.address === address)
      return [{ draftId: draft.draftId, by: 'address', likeness: 1 }];
    const alike = likenessOf(draft.runs, runs, item.isShortForm);
    // Of a page that is all pictures only the title tells.
    const named = title.length >= 6 && title === draft.title ? Math.max(alike, 0.75) : alike;
    return named >= leastLikeness ? [{ draftId: draft.draftId, by: 'text', likeness: named }] : [];
  });
  const rank = ({ by, likeness }: FoundDraft) => (by === 'address' ? 2 : likeness);
  return found.sort((a, b) => rank(b) - rank(a) || (a.draftId < b.draftId ? 1 : -1));
}
