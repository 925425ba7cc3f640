import type { Draft, KeptSeal } from './draft.ts';
import { type Comparison, comparePublished, isSame, type PublishedItem } from './live-compare.ts';
import type { LiveFinding, LiveNote } from './live-match.ts';
import type { NormalForm } from './normal-form.ts';
import type { PublishedPrecision } from './time.ts';
import { laterBy, shanghaiDay } from './time.ts';

/** A draft with everything that was ever approved of it. */
export interface SealedDraft {
  draft: Pick<Draft, 'id' | 'state'>;
  /** Oldest first; `form` normalised as `published`. Seals that were denied are none. */
  sealed: readonly { kept: KeptSeal; form: NormalForm }[];
}

export interface DatedItem extends PublishedItem {
  publishedAt: string | null;
  publishedPrecision: PublishedPrecision | null;
  /** When it was first met: stands in for a date that the page does not tell. */
  gatheredAt: string;
}

export type JudgedLive = Pick<LiveFinding, 'result' | 'notes' | 'sealedVersion' | 'comparison'>;

/** Clocks of systems run apart. */
const clockSlackMs = 10 * 60_000;

/**
 * The newest approved version is what should be live; an older one that is live instead is a change, and said to be one.
 * @param sealed not empty
 */
export function judgeAgainst(item: DatedItem, { draft, sealed }: SealedDraft): JudgedLive {
  const compared = sealed.map(({ kept, form }) => ({ kept, comparison: comparePublished(form, item) }));
  const newest = compared.at(-1);
  if (newest === undefined) throw new Error('a draft without a seal is compared with nothing');
  const older = compared.slice(0, -1).findLast(({ comparison }) => isSame(comparison));
  const first = compared[0]?.kept.seal.at ?? newest.kept.seal.at;
  const notes: LiveNote[] = isBefore(item, first) ? ['before-approval'] : [];
  if (draft.state === 'recalled') notes.push('recalled');
  const same = isSame(newest.comparison);
  if (!same && older !== undefined) notes.push('old-version');
  const sealedVersion = newest.kept.seal.version;
  const comparison = newest.comparison;
  const isCorrection = compared.some(({ kept }) => kept.endedBy === 'corrected');
  const result =
    !same || draft.state === 'recalled' ? 'changed' : isCorrection ? 'corrected-with-approval' : 'match';
  return { result, notes: [...notes, ...notesOn(comparison)], sealedVersion, comparison };
}

function notesOn({ isExcerpt, images, links, attachments }: Comparison): LiveNote[] {
  return [
    ...(isExcerpt ? (['excerpt'] as const) : []),
    ...(images.result === 'not-compared' ? (['images-not-compared'] as const) : []),
    ...(links.notCompared.length > 0 ? (['links-not-compared'] as const) : []),
    ...(attachments.notCompared.length > 0 ? (['attachments-not-compared'] as const) : []),
  ];
}

function isBefore({ publishedAt, publishedPrecision }: DatedItem, sealedAt: string): boolean {
  if (publishedAt === null) return false;
  if (publishedPrecision === 'day') return shanghaiDay(publishedAt) < shanghaiDay(sealedAt);
  return laterBy(publishedAt, clockSlackMs) < sealedAt;
}

/** No draft is this item's. Compulsory is approval from the channel's 启用日 on, by the day of publication. */
export function judgeWithout(item: DatedItem, reviewFrom: string | null): JudgedLive {
  const day = shanghaiDay(item.publishedAt ?? item.gatheredAt);
  const isDue = reviewFrom !== null && day >= reviewFrom;
  return {
    result: isDue ? 'published-without-approval' : 'not-required',
    ...{ notes: [], sealedVersion: null, comparison: null },
  };
}

/** What was approved may wait for a good hour; after this nobody waits any more. */
const publishGraceMs = 24 * 3_600_000;

/** From when on it should be live: planned, else approved, and a day more. Null while nothing is approved. */
export function missingFrom(
  draft: Pick<Draft, 'state' | 'seal' | 'plannedAt' | 'approvedAt'>,
): string | null {
  if (draft.seal === null || (draft.state !== 'approved' && draft.state !== 'published')) return null;
  const { approvedAt, plannedAt } = draft;
  const from =
    plannedAt !== null && plannedAt > (approvedAt ?? '') ? plannedAt : (approvedAt ?? draft.seal.at);
  return laterBy(from, publishGraceMs);
}
