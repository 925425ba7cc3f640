import { z } from 'zod';
import type { Governance } from '../domain/channel.ts';
import { whyCommentsOff } from '../domain/comments-gate.ts';
import { InvalidInput, NotPermitted } from '../domain/errors.ts';
import { GatheredPost, postId } from '../domain/post.ts';
import { bucketHour } from '../domain/time.ts';
import type { Ports, Stores } from '../ports/index.ts';
import type { GatheredItem, StoreOutcome } from '../ports/post-store.ts';
import { notePublished } from './note-published.ts';
import { wakeJudge } from './wake-judge.ts';

export interface StoreGatheredPorts extends Pick<Ports, 'queue' | 'clock'> {
  stores: Pick<Stores, 'posts' | 'settings' | 'live'>;
}

const Items = z.array(z.strictObject({ post: GatheredPost, snapshotHash: z.string().nullable() }));
const batchSize = 200;

/**
 * Comments are gathered only while somebody answers for it. Own articles need none of this.
 * @param today YYYY-MM-DD in Shanghai; the assessment holds until the end of its last day
 * @throws NotPermitted that lists what is missing
 */
export function assertCommentsAllowed(governance: Governance | null, today: string): void {
  const why = whyCommentsOff(governance, today);
  if (why !== null) throw new NotPermitted(why);
}

/** Half a surrogate pair cannot be stored as UTF-8: replaced here, one for one, so that offsets hold in every store. */
function wellFormed(text: string): string {
  return /\p{Surrogate}/u.test(text) ? text.replace(/\p{Surrogate}/gu, '\ufffd') : text;
}

const known = new WeakMap<object, { version: number; governance: Governance | null }>();

/** Handed in page by page: all settings are read again only when they have changed. */
async function readGovernance(
  settings: StoreGatheredPorts['stores']['settings'],
): Promise<Governance | null> {
  const version = await settings.readVersion();
  const before = known.get(settings);
  if (before?.version === version) return before.governance;
  const { governance } = await settings.read();
  known.set(settings, { version, governance });
  return governance;
}

/** @throws InvalidInput that names the item and the field, never its text */
function parseItems(input: unknown): GatheredItem[] {
  const parsed = Items.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.join('.') ?? 'items';
    throw new InvalidInput(
      field,
      `a gathered item is not well formed: ${field}: ${issue?.message ?? 'unknown'}`,
    );
  }
  return parsed.data.map(({ post, snapshotHash }) => ({
    post: { ...post, title: wellFormed(post.title), text: wellFormed(post.text) },
    snapshotHash,
  }));
}

/**
 * What every crawler hands its items to: checked, stored in batches, and the judge woken for those that are new or edited.
 * Repeating a call changes nothing; should the wake-up be lost, the sweeper finds the posts.
 * @throws InvalidInput (malformed item), NotPermitted (comments without governance); then nothing was written
 */
export async function storeGathered(
  ports: StoreGatheredPorts,
  input: readonly GatheredItem[],
): Promise<StoreOutcome[]> {
  const items = parseItems(input);
  const { stores, clock } = ports;
  if (items.some(({ post }) => post.kind === 'comment')) {
    assertCommentsAllowed(await readGovernance(stores.settings), bucketHour(clock.now()).slice(0, 10));
  }
  const outcomes: StoreOutcome[] = [];
  for (let start = 0; start < items.length; start += batchSize) {
    const batch = items.slice(start, start + batchSize);
    const stored = await stores.posts.storePosts(batch, clock.now());
    const changed = batch.filter((_, i) => stored[i] !== 'unchanged').map(({ post }) => postId(post));
    await wakeJudge(ports.queue, [...new Set(changed)]);
    // After the posts: cut off here, the crawler comes again, and tells it again.
    await notePublished(
      stores,
      batch.map(({ post }) => post),
      clock.now(),
    );
    outcomes.push(...stored);
  }
  return outcomes;
}
