import { z } from 'zod';
import type { AccessClass } from './access-class.ts';
import type { LawfulRequest } from './lawful-request.ts';
import type { PublicRequest } from './public-request.ts';
import type { Removal } from './removal.ts';
import { expiresAt } from './retention-class.ts';
import { Instant } from './time.ts';

/** The registers 登记簿 that rules ask for: requests by authorities (R20), removals (R10), requests by the public (R13). */
export const DocketKind = z.enum(['lawful-request', 'removal', 'public-request']);
export type DocketKind = z.infer<typeof DocketKind>;

const numberWords: Record<DocketKind, string> = {
  'lawful-request': '依调',
  removal: '依处',
  'public-request': '异议',
};

/** As 异议〔2026〕3号: numbers run through a Shanghai year without a gap. */
export function docketNumber(kind: DocketKind, year: number, serial: number): string {
  return `${numberWords[kind]}〔${year}〕${serial}号`;
}

/** What was done to an entry, by whom and when; never overwritten, and free of text. */
export const DocketMove = z.object({
  id: z.string(),
  kind: z.string(),
  at: Instant,
  /** Null for the public, and for the machine. */
  actorId: z.string().nullable(),
  /** In whose stead, where a stand-in acted. */
  onBehalfOf: z.string().nullable(),
});
export type DocketMove = z.infer<typeof DocketMove>;

/** By kind; the facts of each hold no text of anybody and stay when the texts have expired. */
export interface DocketFacts {
  'lawful-request': LawfulRequest;
  removal: Removal;
  'public-request': PublicRequest;
}

export interface DocketEntry<K extends DocketKind = DocketKind> {
  id: string;
  kind: K;
  number: string;
  version: number;
  openedAt: string;
  facts: DocketFacts[K];
  moves: DocketMove[];
}

export const DocketTextName = z.enum([
  'scope',
  'explanation',
  'statement',
  'quote',
  'link',
  'reason',
  'answer',
  'appeal',
  'outcome',
  'contact',
  'file',
]);
export type DocketTextName = z.infer<typeof DocketTextName>;

/** What people typed, or what was taken from posts: it has a class and an end of its own (R8, R19). */
export interface DocketText {
  name: DocketTextName;
  text: string;
  accessClass: AccessClass;
  expiresAt: string;
  /** Posts it may quote: with their texts it goes, too. */
  postIds: readonly string[];
}

export interface DocketStep<K extends DocketKind = DocketKind> {
  facts: DocketFacts[K];
  /** Each replaces the text of its name. */
  texts?: readonly DocketText[];
  /** New ends for texts that stand, by name. */
  ends?: Partial<Record<DocketTextName, string>>;
}

/** For what a person of ours does in no appointment of note. */
export function moveBy(id: string | null): Pick<DocketMove, 'actorId' | 'onBehalfOf'> {
  return { actorId: id, onBehalfOf: null };
}

/** A typed text may quote a comment, so that it has a comment's term (R8). */
export function buildDocketText(
  name: DocketTextName,
  text: string,
  more: { at: string; accessClass?: AccessClass; postIds?: readonly string[] },
): DocketText {
  const end = expiresAt('comment', more.at) ?? more.at;
  return { name, text, accessClass: more.accessClass ?? 'open', expiresAt: end, postIds: more.postIds ?? [] };
}

/** The text-free record goes after the term of case records, counted from its opening. */
export function docketExpiresAt(openedAt: string): string {
  return expiresAt('record', openedAt) ?? openedAt;
}
