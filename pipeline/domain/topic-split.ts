import { leastItemsOfPhrase, type PhraseBackground, usualShare } from './key-phrase.ts';
import { emptyChange, type Topic, type TopicChange, type TopicMember } from './topic.ts';
import { weighShared } from './topic-evidence.ts';
import { keptPhrases, nameTopic } from './topic-profile.ts';

/** A member whose text lives, with its phrases. */
export interface LivingItem {
  member: TopicMember;
  phrases: readonly string[];
}

const recentDays = 7;
const leastUnits = 3;
const leastSpanMs = 86_400_000;

/** Items that hang together, by a phrase that says something or by the article they stand under. */
interface Part {
  units: Set<string>;
  phrases: Set<string>;
}

/** Which phrases mark a part: they stand in three different items and are not said of everything. */
function findMarks(items: readonly LivingItem[], background: PhraseBackground): Set<string> {
  const units = new Map<string, Set<string>>();
  for (const { member, phrases } of items)
    for (const phrase of phrases) units.set(phrase, (units.get(phrase) ?? new Set()).add(member.unitId));
  return new Set(
    [...units]
      .filter(([, in_]) => in_.size >= leastItemsOfPhrase)
      .map(([phrase]) => phrase)
      .filter((phrase) => weighShared(1, usualShare(background, phrase)) > 0),
  );
}

/** The parts of what was said: two items are in one if a chain of shared marks or articles leads from one to the other. */
function findParts(items: readonly LivingItem[], marks: ReadonlySet<string>): Part[] {
  const parentOf = new Map<string, string>();
  const rootOf = (key: string): string => {
    let root = key;
    for (let next = parentOf.get(root); next !== undefined; next = parentOf.get(root)) root = next;
    return root;
  };
  const join = (a: string, b: string) => {
    const [one, other] = [rootOf(a), rootOf(b)];
    if (one !== other) parentOf.set(other, one);
  };
  for (const { member, phrases } of items) {
    const unit = `unit ${member.unitId}`;
    if (member.rootId !== null) join(unit, `root ${member.rootId}`);
    for (const phrase of phrases) if (marks.has(phrase)) join(unit, `mark ${phrase}`);
  }
  const parts = new Map<string, Part>();
  for (const { member, phrases } of items) {
    const key = rootOf(`unit ${member.unitId}`);
    const part = parts.get(key) ?? { units: new Set(), phrases: new Set() };
    part.units.add(member.unitId);
    for (const phrase of phrases) if (marks.has(phrase)) part.phrases.add(phrase);
    parts.set(key, part);
  }
  return [...parts.values()];
}

function isClear({ units, phrases }: Part, items: readonly LivingItem[]): boolean {
  const times = items.filter(({ member }) => units.has(member.unitId)).map(({ member }) => member.at);
  const [first, last] = [times.toSorted()[0], times.toSorted().at(-1)];
  if (first === undefined || last === undefined || phrases.size === 0) return false;
  return units.size >= leastUnits && Date.parse(last) - Date.parse(first) >= leastSpanMs;
}

/**
 * Of a topic whose items of the last days fall into parts that share neither a phrase nor an article, the members of the part that
 * is another matter: the smaller one, of two alike the younger. Null where they hang together, and where a person put any of them here.
 * Pure: the same items, in whatever order, give the same answer.
 */
export function findSplit(
  living: readonly LivingItem[],
  { now, background }: { now: string; background: PhraseBackground },
): LivingItem[] | null {
  const since = new Date(Date.parse(now) - recentDays * 86_400_000).toISOString();
  const said = living.filter(({ member }) => member.speaker === 'public');
  const recent = said.filter(({ member }) => member.at >= since);
  const parts = findParts(recent, findMarks(recent, background)).filter((part) => isClear(part, recent));
  if (parts.length < 2) return null;
  // What was said before the last days goes with what it was said like.
  const whole = parts.map((part) => withEarlier(part, parts, living)).sort(largerFirst);
  const [, another] = whole;
  return another === undefined || another.some(({ member }) => member.isPinned) ? null : another;
}

function withEarlier(part: Part, parts: readonly Part[], living: readonly LivingItem[]): LivingItem[] {
  const units = new Set(part.units);
  for (const { member, phrases } of living) {
    const holds = (one: Part) => phrases.some((phrase) => one.phrases.has(phrase));
    const elsewhere = parts.some((one) => one !== part && (one.units.has(member.unitId) || holds(one)));
    if (holds(part) && !elsewhere) units.add(member.unitId);
  }
  return living
    .filter(({ member }) => units.has(member.unitId))
    .sort((a, b) => compare(a.member.at, b.member.at) || compare(a.member.postId, b.member.postId));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function largerFirst(a: readonly LivingItem[], b: readonly LivingItem[]): number {
  const [first, other] = [a[0]?.member, b[0]?.member];
  return (
    countUnits(b) - countUnits(a) ||
    compare(first?.at ?? '', other?.at ?? '') ||
    compare(first?.postId ?? '', other?.postId ?? '')
  );
}

const countUnits = (items: readonly LivingItem[]) => new Set(items.map(({ member }) => member.unitId)).size;

/** In how many different items each phrase stands. */
export function countPhrasesOf(items: readonly LivingItem[]): Map<string, number> {
  const units = new Map<string, Set<string>>();
  for (const { member, phrases } of items)
    for (const phrase of phrases) units.set(phrase, (units.get(phrase) ?? new Set()).add(member.unitId));
  return new Map([...units].map(([phrase, in_]) => [phrase, in_.size]));
}

/**
 * The topic that begins of a part. What a person parted from the old one, and took out of it, stays so.
 * @param bars posts that were taken out of the old one
 */
export function beginOf(
  old: Topic,
  part: readonly LivingItem[],
  how: { id: string; at: string; bars: readonly string[]; background: PhraseBackground },
): { begun: Topic; change: TopicChange } {
  const { id, at, bars, background } = how;
  const counts = countPhrasesOf(part);
  const units = countUnits(part);
  const begun: Topic = {
    ...{
      id,
      version: 1,
      namedBy: 'machine',
      state: 'active',
      isDismissed: old.isDismissed,
      mergedInto: null,
    },
    ...{ apartFrom: old.apartFrom, splitFrom: old.id, isJoined: false, noticedAt: at, units },
    firstSeenAt: part[0]?.member.at ?? at,
    lastItemAt: part.at(-1)?.member.at ?? at,
    name: nameTopic({ units, counts }, background),
    phrases: keptPhrases({ counts }),
  };
  const members = part.map(({ member }) => ({ ...member, topicId: id }));
  const kept = bars.map((postId) => ({ topicId: id, postId }));
  return { begun, change: { ...emptyChange(), topics: [begun], members, bars: kept } };
}
