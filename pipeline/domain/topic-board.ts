import type { PhraseBackground } from './key-phrase.ts';
import {
  emptyChange,
  type Topic,
  type TopicBar,
  type TopicChange,
  type TopicEvent,
  type TopicMember,
} from './topic.ts';
import { findBirth, type Surroundings } from './topic-birth.ts';
import { type TopicItem, tellingPhrases, topicSettings, withoutParts } from './topic-evidence.ts';
import { findHost } from './topic-host.ts';
import { earlier, keptPhrases, later, likeness, nameTopic, TopicProfile } from './topic-profile.ts';
import { type Placed, TopicWindow } from './topic-window.ts';

export interface BoardStart {
  topics: readonly Topic[];
  members: readonly TopicMember[];
  bars: readonly TopicBar[];
  /** Of the last days, in the order of `compareItems`: those with a member are in its topic. */
  items: readonly TopicItem[];
}

/**
 * Groups items into topics as they come; each is looked at once. Deterministic: the same items in the same order give the same
 * topics. What a person did is never undone: a pinned post stays, a barred one never comes back, what was parted is never merged.
 */
export class TopicBoard {
  readonly #profiles = new Map<string, TopicProfile>();
  readonly #window = new TopicWindow();
  readonly #members = new Map<string, TopicMember>();
  readonly #bars: Set<string>;
  #background: PhraseBackground;
  readonly #newId: () => string;
  #change = emptyChange();
  readonly #touched = new Set<string>();

  constructor(start: BoardStart, background: PhraseBackground, newId: () => string) {
    this.#background = background;
    this.#newId = newId;
    this.#bars = new Set(start.bars.map(barKey));
    for (const topic of start.topics) this.#profiles.set(topic.id, new TopicProfile(topic));
    for (const member of start.members) this.#members.set(member.postId, member);
    for (const item of start.items) this.#remember(item, this.#members.get(item.postId) ?? null);
  }

  useBackground(background: PhraseBackground): void {
    this.#background = background;
  }

  /** One that stands here from before: its phrases are in the stored counts of its topic as far as they may be kept. */
  #remember(read: TopicItem, member: TopicMember | null): void {
    const item = { ...read, phrases: tellingPhrases(read.phrases, this.#background) };
    const unitId = member?.unitId ?? this.#window.findOriginal(item) ?? item.postId;
    this.#window.enter({ item, unitId, topicId: member?.topicId ?? null, isWeak: false });
    if (member === null) return;
    const profile = this.#profiles.get(member.topicId);
    if (profile === undefined) return;
    profile.take(item, { isNew: false, isCopy: unitId !== item.postId });
    if (unitId !== item.postId) return;
    const stored = new Set(profile.topic.phrases.map(({ phrase }) => phrase));
    for (const phrase of item.phrases)
      if (!stored.has(phrase)) profile.counts.set(phrase, (profile.counts.get(phrase) ?? 0) + 1);
  }

  /** Takes a new item, and puts it where it belongs. */
  place(read: TopicItem): void {
    if (this.#window.find(read.postId) !== undefined) return;
    const item = { ...read, phrases: tellingPhrases(read.phrases, this.#background) };
    this.#window.forgetBefore(item.at);
    const unitId = this.#window.findOriginal(item) ?? item.postId;
    const placed: Placed = { item, unitId, topicId: null, isWeak: false };
    this.#window.enter(placed);
    const kept = this.#members.get(item.postId);
    if (kept?.isPinned === true) {
      this.#join(placed, kept.topicId);
      return;
    }
    const found = this.#findTopic(placed);
    if (found !== null) {
      placed.isWeak = found.said < topicSettings.ownWords;
      this.#join(placed, found.id);
    }
    if (item.speaker === 'public' && (found === null || placed.isWeak)) this.#tryBirth(placed);
    if (placed.topicId !== null) this.#gatherAround(placed.topicId, item);
  }

  /** Once a topic is spoken of under an article, what was said there before and belongs nowhere may belong to it. */
  #gatherAround(topicId: string, { rootId }: TopicItem): void {
    const profile = this.#profiles.get(topicId);
    if (rootId === null || profile === undefined) return;
    for (const postId of [...this.#window.underRoot(rootId)]) {
      const sibling = this.#window.find(postId);
      if (sibling === undefined || sibling.topicId !== null) continue;
      const { score, said } = this.#scoreTopic(sibling, profile);
      if (score < topicSettings.join) continue;
      sibling.isWeak = said < topicSettings.ownWords;
      this.#join(sibling, topicId);
    }
  }

  /** No longer anybody's business here: of another class now, noise, erased, or to be read anew. */
  drop(postId: string, stored: readonly TopicMember[] = []): void {
    const placed = this.#window.find(postId);
    const member = this.#members.get(postId) ?? stored.find((one) => one.postId === postId);
    if (member !== undefined) this.#change.removed.push(postId);
    if (placed !== undefined) {
      this.#leave(placed);
      this.#window.forget(placed);
    } else if (member !== undefined) this.#touched.add(member.topicId);
    this.#members.delete(postId);
  }

  /** Takes it out of its topic, and what it said out of what is said there. */
  #leave(placed: Placed): void {
    const { item, topicId, unitId } = placed;
    const profile = topicId === null ? undefined : this.#profiles.get(topicId);
    placed.topicId = null;
    placed.isWeak = false;
    if (profile === undefined) return;
    profile.release(item, { isCopy: unitId !== item.postId && profile.members.has(unitId) });
    this.#touched.add(profile.topic.id);
  }

  #findTopic(placed: Placed): { id: string; said: number } | null {
    const { item, unitId } = placed;
    const original = unitId === item.postId ? null : (this.#window.find(unitId)?.topicId ?? null);
    if (original !== null && this.#mayJoin(placed, original))
      return { id: original, said: topicSettings.join };
    let best: { id: string; score: number; said: number } | null = null;
    for (const profile of this.#profiles.values()) {
      if (!profile.isNear(item)) continue;
      const { score, said } = this.#scoreTopic(placed, profile);
      if (score >= topicSettings.join && (best === null || score > best.score))
        best = { id: profile.topic.id, score, said };
    }
    return best;
  }

  /** Neither the item nor that of which it is a near copy was taken out by a person. */
  #mayJoin({ item: { postId }, unitId }: Placed, topicId: string): boolean {
    const isBarred = [postId, unitId].some((one) => this.#bars.has(barKey({ postId: one, topicId })));
    return this.#profiles.has(topicId) && !isBarred;
  }

  #scoreTopic(placed: Placed, profile: TopicProfile): { score: number; said: number } {
    const { topic } = profile;
    const { item } = placed;
    if (topic.mergedInto !== null || topic.state === 'ended' || !this.#mayJoin(placed, topic.id))
      return { score: 0, said: 0 };
    const said = profile.weigh(item.phrases, this.#background);
    const context = this.#contextOf(item, profile);
    const pace = topicSettings.pace * Math.log1p(profile.pace(item.at));
    if (said + context + pace < topicSettings.join || (said === 0 && context < topicSettings.silent))
      return { score: 0, said };
    const beside = withoutParts(item.phrases.filter((phrase) => !profile.counts.has(phrase))).length;
    const missed = Math.min(topicSettings.mostMissed, beside * topicSettings.miss);
    const idle = profile.idleDays(item.at) * topicSettings.idleDay;
    return { score: said + context + pace - missed - idle, said };
  }

  /** What its place says: what it answers, and how much of what is said under the same article is of the topic. */
  #contextOf(item: TopicItem, profile: TopicProfile): number {
    const replies = item.parentId !== null && profile.members.has(item.parentId) ? topicSettings.reply : 0;
    if (item.rootId === null) return replies;
    const here = profile.roots.get(item.rootId) ?? 0;
    if (here === 0) return replies;
    let placedHere = 0;
    let free = 0;
    for (const postId of this.#window.underRoot(item.rootId)) {
      if ((this.#window.find(postId)?.topicId ?? null) !== null) placedHere += 1;
      else free += 1;
    }
    const others = free * topicSettings.unplaced;
    return replies + (topicSettings.sameRoot * here) / (Math.max(here, placedHere) + others + 1);
  }

  #join(placed: Placed, topicId: string): void {
    const { item, unitId } = placed;
    const profile = this.#profiles.get(topicId);
    if (profile === undefined) return;
    placed.topicId = topicId;
    const isCopy = unitId !== item.postId && profile.members.has(unitId);
    profile.take(item, { isNew: true, isCopy });
    const was = this.#members.get(item.postId);
    const member: TopicMember = {
      ...{ postId: item.postId, topicId, at: item.at, channelId: item.channelId, speaker: item.speaker },
      ...{ rootId: item.rootId, unitId, isPinned: was?.isPinned ?? false },
    };
    this.#members.set(item.postId, member);
    this.#change.members.push(member);
    this.#touched.add(topicId);
    const { topic } = profile;
    const isAwake = topic.state === 'quiet' && item.at > topic.lastItemAt;
    if (isAwake) this.#tell(topic, 'active-again', { at: item.at, items: 1 });
    profile.topic = {
      ...topic,
      state: isAwake ? 'active' : topic.state,
      firstSeenAt: earlier(item.at, topic.firstSeenAt),
      lastItemAt: later(item.at, topic.lastItemAt),
    };
  }

  /** What a person brought together or parted stays where it is, however loosely it belongs there. */
  #isFree({ topicId, isWeak, item }: Placed): boolean {
    if (item.speaker !== 'public') return false;
    if (topicId === null) return true;
    const topic = this.#profiles.get(topicId)?.topic;
    const isSettled = topic?.isJoined === true || (topic?.apartFrom.length ?? 0) > 0;
    return isWeak && !isSettled && this.#members.get(item.postId)?.isPinned !== true;
  }

  #tryBirth(placed: Placed): void {
    const here: Surroundings = {
      window: this.#window,
      background: this.#background,
      isFree: (one) => this.#isFree(one),
    };
    const members = findBirth(placed, here);
    const first = members[0]?.item;
    const last = members.at(-1)?.item;
    if (first === undefined || last === undefined) return;
    const id = this.#newId();
    const profile = new TopicProfile({
      ...{ id, version: 1, name: '', namedBy: 'machine', state: 'active', isDismissed: false },
      ...{ mergedInto: null, apartFrom: [], splitFrom: null, isJoined: false, units: 0, phrases: [] },
      ...{ firstSeenAt: first.at, noticedAt: last.at, lastItemAt: last.at },
    });
    this.#profiles.set(id, profile);
    for (const one of members) {
      this.#leave(one);
      this.#join(one, id);
    }
    profile.topic = { ...profile.topic, name: nameTopic(profile, this.#background) };
    this.#tell(profile.topic, 'noticed', { at: last.at, items: members.length });
    this.#mergeIfOne(profile, last.at);
  }

  #tell(
    { id }: Topic,
    kind: TopicEvent['kind'],
    {
      at,
      items,
      other = null,
      reason = '',
    }: { at: string; items: number; other?: string | null; reason?: string },
  ): void {
    this.#change.events.push({
      ...{ id: this.#newId(), topicId: id, kind, at, actorId: null, reason, otherTopicId: other, items },
    });
    this.#touched.add(id);
  }

  #mergeIfOne(profile: TopicProfile, at: string): void {
    const other = this.#findAlike(profile) ?? findHost(profile, this.#profiles, this.#window);
    if (other !== null && this.#mayMerge(profile.topic, other.topic)) this.#merge(profile, other, at);
  }

  #findAlike(profile: TopicProfile): TopicProfile | null {
    const vector = profile.vector(this.#background);
    for (const other of this.#profiles.values()) {
      if (other === profile || !this.#mayMerge(profile.topic, other.topic)) continue;
      if (likeness(vector, other.vector(this.#background)) >= topicSettings.merge) return other;
    }
    return null;
  }

  #mayMerge(a: Topic, b: Topic): boolean {
    if (a.mergedInto !== null || b.mergedInto !== null || b.state === 'ended') return false;
    if (a.namedBy === 'person' && b.namedBy === 'person') return false;
    if (a.apartFrom.includes(b.id) || b.apartFrom.includes(a.id)) return false;
    return !this.#isHeldApart(a.id, b.id);
  }

  /** What a person put into one was taken out of the other. */
  #isHeldApart(a: string, b: string): boolean {
    return [...this.#bars].map(fromBarKey).some(({ topicId, postId }) => {
      if (topicId !== a && topicId !== b) return false;
      const member = this.#members.get(postId);
      return member?.isPinned === true && member.topicId === (topicId === a ? b : a);
    });
  }

  /** The older one goes on; what was said by a person stays said. */
  #merge(one: TopicProfile, other: TopicProfile, at: string): void {
    const isOlder =
      one.topic.noticedAt < other.topic.noticedAt ||
      (one.topic.noticedAt === other.topic.noticedAt && one.topic.id < other.topic.id);
    const [into, from] = isOlder ? [one, other] : [other, one];
    const { moved, left } = partMembers(this.#members.values(), from.topic.id, ({ postId, unitId }) =>
      [postId, unitId].every((one) => !this.#bars.has(barKey({ postId: one, topicId: into.topic.id }))),
    );
    for (const { postId } of left) {
      this.#change.removed.push(postId);
      this.#members.delete(postId);
      const placed = this.#window.find(postId);
      if (placed !== undefined) this.#leave(placed);
    }
    for (const member of moved) {
      const next = { ...member, topicId: into.topic.id };
      this.#members.set(member.postId, next);
      this.#change.members.push(next);
      const placed = this.#window.find(member.postId);
      if (placed === undefined) continue;
      placed.topicId = into.topic.id;
      into.members.set(member.postId, placed.item);
    }
    into.takeOver(from);
    this.#keepApart(from, into);
    from.topic = { ...from.topic, state: 'ended', mergedInto: into.topic.id };
    this.#tell(into.topic, 'took-over', { at, items: moved.length, other: from.topic.id });
    this.#tell(from.topic, 'merged', { at, items: moved.length, other: into.topic.id });
  }

  /** What a person parted from the one that ends is parted from the one that goes on. */
  #keepApart(from: TopicProfile, into: TopicProfile): void {
    const [was, now] = [from.topic.id, into.topic.id];
    into.topic = { ...into.topic, isJoined: into.topic.isJoined || from.topic.isJoined };
    for (const key of [...this.#bars]) {
      const { topicId, postId } = fromBarKey(key);
      const moved = { topicId: now, postId };
      if (topicId !== was || this.#bars.has(barKey(moved))) continue;
      this.#bars.add(barKey(moved));
      this.#change.bars.push(moved);
      const member = this.#members.get(postId);
      if (member?.topicId === now) this.drop(postId);
    }
    for (const id of from.topic.apartFrom) {
      const other = this.#profiles.get(id);
      if (other === undefined) continue;
      other.topic = { ...other.topic, apartFrom: [...new Set([...other.topic.apartFrom, now])] };
      this.#touched.add(id);
    }
  }

  /** Of what was touched since the last time, which topics are one now. */
  tidy(at: string): void {
    for (const id of [...this.#touched].sort()) {
      const profile = this.#profiles.get(id);
      if (profile !== undefined && profile.topic.mergedInto === null) this.#mergeIfOne(profile, at);
    }
  }

  /** What is to be stored; the board goes on from there. */
  takeChange(): TopicChange {
    const change = this.#change;
    change.topics = [...this.#touched].sort().flatMap((id) => {
      const profile = this.#profiles.get(id);
      if (profile === undefined) return [];
      const phrases = profile.topic.mergedInto === null ? keptPhrases(profile) : [];
      profile.topic = { ...profile.topic, units: profile.units, phrases };
      return [profile.topic];
    });
    // A post that moved twice stands where it came last.
    change.members = [...new Map(change.members.map((one) => [one.postId, one])).values()].filter(
      ({ postId }) => this.#members.has(postId),
    );
    for (const { id, mergedInto } of change.topics) if (mergedInto !== null) this.#profiles.delete(id);
    this.#change = emptyChange();
    this.#touched.clear();
    return change;
  }
}

const barKey = ({ postId, topicId }: TopicBar) => `${topicId} ${postId}`;

function fromBarKey(key: string): TopicBar {
  const blank = key.indexOf(' ');
  return { topicId: key.slice(0, blank), postId: key.slice(blank + 1) };
}

function partMembers(
  members: Iterable<TopicMember>,
  topicId: string,
  mayMove: (member: TopicMember) => boolean,
): { moved: TopicMember[]; left: TopicMember[] } {
  const all = [...members].filter((member) => member.topicId === topicId);
  return { moved: all.filter(mayMove), left: all.filter((member) => !mayMove(member)) };
}
