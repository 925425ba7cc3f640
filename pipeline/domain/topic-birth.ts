import { type PhraseBackground, rareShare, usualShare } from './key-phrase.ts';
import {
  chanceOfSoMany,
  compareItems,
  joinChances,
  type TopicItem,
  topicSettings,
  weighShared,
  withoutParts,
} from './topic-evidence.ts';
import { weighPair } from './topic-profile.ts';
import type { Placed, TopicWindow } from './topic-window.ts';

/** Different items that must speak of one matter before it is a topic; or so many copies of one. */
const leastUnits = 3;
const leastCopies = 5;

/** What an item is looked at among. */
export interface Surroundings {
  window: TopicWindow;
  background: PhraseBackground;
  /** It belongs nowhere, or so loosely that a topic of its own words may take it. */
  isFree(placed: Placed): boolean;
}

/** The members of the topic that begins with this item, in the order of time; empty where there is no cause for one. */
export function findBirth(placed: Placed, here: Surroundings): Placed[] {
  const group = findGroup(here, placed);
  const units = new Map<string, Placed[]>();
  const said = group.filter(({ item }) => item.speaker === 'public');
  for (const one of said) units.set(one.unitId, [...(units.get(one.unitId) ?? []), one]);
  const copies = Math.max(...[...units.values()].map((same) => same.length));
  if (units.size < leastUnits && copies < leastCopies) return [];
  const firsts = [...units.values()].flatMap(([first]) => first ?? []);
  const counts = new Map<string, number>();
  for (const { item } of [...firsts, ...group.filter((one) => !said.includes(one))])
    for (const phrase of item.phrases) counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
  const core = [...counts].filter(([phrase, n]) => n >= leastUnits && chanceOf(here, phrase, n) < 1);
  const isAnchored = said.length < group.length || isUnderOne(firsts);
  const sizes = new Map(core);
  const chances = withoutParts([...sizes.keys()]).map((phrase) =>
    chanceOf(here, phrase, sizes.get(phrase) ?? 0),
  );
  const isCause = joinChances(chances, isAnchored) < topicSettings.chance;
  if (!isCause && (copies < leastCopies || !isUnusual(here, firsts))) return [];
  return isCause ? ofOneMatter(group, new Map(core)) : group;
}

/** Of those that were found, what bears a phrase of all, or stands under the article. */
function ofOneMatter(group: readonly Placed[], core: ReadonlyMap<string, number>): Placed[] {
  const article = group.find((one) => one.item.speaker === 'school')?.item.postId;
  return group.filter(
    ({ item }) => item.phrases.some((phrase) => core.has(phrase)) || item.rootId === article,
  );
}

/** Five times `说得对` is no matter. */
function isUnusual(here: Surroundings, said: readonly Placed[]): boolean {
  const phrases = new Set(said.flatMap(({ item }) => item.phrases));
  return [...phrases].some((phrase) => chanceOf(here, phrase, 0) < topicSettings.chance);
}

/** How likely so many items of these days have it without a cause. */
function chanceOf(here: Surroundings, phrase: string, inGroup: number): number {
  const usual = usualShare(here.background, phrase);
  if (weighShared(1, usual) === 0) return 1;
  const all = Math.max(inGroup, here.window.withPhrase(phrase).size);
  const expected = Math.max(usual * topicSettings.seasonal, rareShare(here.background));
  return chanceOfSoMany(all, expected * here.window.size);
}

/** Those that speak of the same as this one and belong nowhere yet; what stands with it under an article that it speaks of. */
function findGroup(here: Surroundings, placed: Placed): Placed[] {
  const { item } = placed;
  const near = new Set<string>();
  for (const phrase of item.phrases) {
    if (weighShared(1, usualShare(here.background, phrase)) === 0) continue;
    for (const postId of here.window.withPhrase(phrase)) near.add(postId);
  }
  const root = item.rootId === null ? undefined : here.window.find(item.rootId);
  const speaksOfRoot = (one: TopicItem) =>
    root !== undefined &&
    one.rootId === root.item.postId &&
    weighPair(one, root.item, here.background) >= topicSettings.linkRoot;
  if (speaksOfRoot(item)) for (const postId of here.window.underRoot(item.rootId ?? '')) near.add(postId);
  const group = [placed];
  if (root !== undefined && root.topicId === null && speaksOfRoot(item)) group.push(root);
  for (const postId of near) {
    const other = here.window.find(postId);
    if (other === undefined || other === placed || !here.isFree(other)) continue;
    const linked =
      other.unitId === placed.unitId ||
      weighPair(item, other.item, here.background) >= topicSettings.link ||
      (group.length > 1 && group[1] === root && speaksOfRoot(other.item));
    if (linked) group.push(other);
  }
  return group.sort((a, b) => compareItems(a.item, b.item));
}

const isUnderOne = (placed: readonly Placed[]): boolean =>
  new Set(placed.map(({ item }) => item.rootId)).size === 1 && placed[0]?.item.rootId !== null;
