import { windowDays } from './topic.ts';
import { topicSettings } from './topic-evidence.ts';
import type { TopicProfile } from './topic-profile.ts';
import type { TopicWindow } from './topic-window.ts';

const dayMs = 86_400_000;
const leastItems = 3;
/** What has gone on for longer is spoken of everywhere, and takes nothing in for the place where it is said. */
const longestHostDays = 10;

const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / dayMs;

/**
 * The larger topic of which so much is that stands around the items of a young one, that the young one is the same matter in other
 * words: a sentence that many repeat begins a topic of its own. Null for one whose items do not all live in the window, where too
 * little stands around them, and where a person named, joined or dismissed.
 */
export function findHost(
  young: TopicProfile,
  profiles: ReadonlyMap<string, TopicProfile>,
  window: TopicWindow,
): TopicProfile | null {
  const { namedBy, isDismissed, isJoined, firstSeenAt, lastItemAt } = young.topic;
  if (namedBy === 'person' || isDismissed || isJoined) return null;
  if (daysBetween(firstSeenAt, lastItemAt) > windowDays) return null;
  const { items, around } = lookAround(young, window);
  const [hostId, share] = [...around].sort((a, b) => b[1] - a[1])[0] ?? ['', 0];
  const host = profiles.get(hostId);
  if (host === undefined || items < leastItems || share < topicSettings.around * items) return null;
  const isTooOld = daysBetween(host.topic.firstSeenAt, lastItemAt) > longestHostDays;
  return isTooOld || host.topic.isDismissed || host.units <= young.units ? null : host;
}

/** By topic, its share of what others said under the same post, summed over the items. */
function lookAround(
  { topic, members }: TopicProfile,
  window: TopicWindow,
): { items: number; around: Map<string, number> } {
  const under = new Map<string, number>();
  for (const { postId, rootId, speaker } of members.values())
    if (speaker === 'public' && rootId !== null && window.find(postId) !== undefined)
      under.set(rootId, (under.get(rootId) ?? 0) + 1);
  const around = new Map<string, number>();
  let items = 0;
  for (const [rootId, count] of under) {
    const others = [...window.underRoot(rootId)]
      .map((postId) => window.find(postId)?.topicId ?? null)
      .filter((topicId) => topicId !== topic.id);
    items += count;
    for (const topicId of others)
      if (topicId !== null) around.set(topicId, (around.get(topicId) ?? 0) + count / (others.length + 1));
  }
  return { items, around };
}
