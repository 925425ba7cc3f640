import { buildDocketText } from '../domain/docket.ts';
import { InvalidInput } from '../domain/errors.ts';
import { parseLink } from '../domain/lead.ts';
import { maskNicknames } from '../domain/mentions.ts';
import type { Official } from '../domain/official.ts';
import {
  appealRemoval,
  approveRemoval,
  assertLawfulGround,
  type Removal,
  recordRemovalDone,
  refuseRemoval,
  settleAppeal,
} from '../domain/removal.ts';
import type { Rights } from '../domain/role.ts';
import { clockToleranceMs } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/index.ts';
import type { Seen } from './lawful-requests.ts';

export interface RemovalPorts {
  stores: Pick<Stores, 'docket' | 'posts'>;
  clock: Clock;
}

export interface ProposeRemoval
  extends Pick<Removal, 'platform' | 'postId' | 'ground' | 'basis' | 'screenshotSha256'> {
  commandId: string;
  /** Public address of the item; never fetched. */
  link: string | null;
  explanation: string;
}

interface Acting {
  official: Official;
  rights: Rights;
}

/**
 * Registers that somebody thinks an item must be removed on its platform, which only a person can do there. Nothing proposes this
 * by itself: the one caller is the form (R10).
 * @throws InvalidInput (`postId`, `link`, `law`, `explanation`), Conflict
 */
export async function proposeRemoval(
  typed: ProposeRemoval,
  { official, rights }: Acting,
  { stores, clock }: RemovalPorts,
) {
  const at = clock.now();
  const { commandId, explanation, platform, postId, ground, basis, screenshotSha256 } = typed;
  assertLawfulGround(ground, basis, explanation);
  const post = postId === null ? null : await stores.posts.findPost(postId);
  const unseen = post === null || !rights.accessClasses.includes(post.accessClass);
  if (postId !== null && unseen) throw new InvalidInput('postId', '没有这条信息，请核对编号。');
  const link = parseLink(typed.link);
  if (postId === null && link === null) throw new InvalidInput('link', '请填写信息编号或公开地址。');
  const more = {
    ...{ at, accessClass: post?.accessClass ?? ('open' as const) },
    postIds: postId === null ? [] : [postId],
  };
  return stores.docket.open({
    ...{ commandId, kind: 'removal', asked: typed, at, actorId: official.id, onBehalfOf: null },
    facts: {
      ...{ kind: 'removal', state: 'proposed', platform, postId, ground, basis, screenshotSha256 },
      ...{ proposedBy: official.id, approval: null, done: null, appeal: null },
    },
    texts: [
      buildDocketText('explanation', maskNicknames(explanation), more),
      ...(link === null ? [] : [buildDocketText('link', link, more)]),
    ],
  });
}

const moving = (seen: Seen, move: string, official: Official, at: string, asked: object = {}) => ({
  ...{ ...seen, kind: 'removal' as const, move, at, actorId: official.id, onBehalfOf: null },
  asked: { ...asked, version: seen.version },
});

/** The second person. @throws NotFound, NotPermitted, Conflict */
export function approveRemovalProposal(seen: Seen, { official }: Acting, { stores, clock }: RemovalPorts) {
  const at = clock.now();
  return stores.docket.move(moving(seen, 'approved', official, at), ({ facts }) => ({
    facts: approveRemoval(facts, official, at),
  }));
}

/** @throws NotFound, NotPermitted, Conflict */
export function refuseRemovalProposal(
  { reason, ...seen }: Seen & { reason: string },
  { official }: Acting,
  { stores, clock }: RemovalPorts,
) {
  const at = clock.now();
  return stores.docket.move(moving(seen, 'refused', official, at, { reason }), ({ facts }) => ({
    facts: refuseRemoval(facts, official),
    texts: [buildDocketText('reason', reason, { at, postIds: postsOf(facts) })],
  }));
}

const postsOf = ({ postId }: Removal) => (postId === null ? [] : [postId]);

function assertPast(field: string, instant: string, now: string): void {
  if (Date.parse(instant) > Date.parse(now) + clockToleranceMs) {
    throw new InvalidInput(field, '时间不能晚于现在。');
  }
}

/** A person has removed it on the platform. @throws NotFound, InvalidInput (`doneAt`), Conflict */
export async function recordRemoval(
  { doneAt, toldThere, ...seen }: Seen & { doneAt: string; toldThere: boolean },
  { official }: Acting,
  { stores, clock }: RemovalPorts,
) {
  const at = clock.now();
  assertPast('doneAt', doneAt, at);
  const done = { at: doneAt, by: official.id, toldThere };
  return stores.docket.move(moving(seen, 'done', official, at, { doneAt, toldThere }), ({ facts }) => ({
    facts: recordRemovalDone(facts, done),
  }));
}

/** @throws NotFound, InvalidInput (`receivedAt`), Conflict */
export async function registerAppeal(
  { receivedAt, appeal, ...seen }: Seen & { receivedAt: string; appeal: string },
  { official }: Acting,
  { stores, clock }: RemovalPorts,
) {
  const at = clock.now();
  assertPast('receivedAt', receivedAt, at);
  return stores.docket.move(moving(seen, 'appealed', official, at, { receivedAt, appeal }), ({ facts }) => ({
    facts: appealRemoval(facts, receivedAt),
    texts: [buildDocketText('appeal', maskNicknames(appeal), { at, postIds: postsOf(facts) })],
  }));
}

/** @throws NotFound, NotPermitted, Conflict */
export function settleRemovalAppeal(
  { outcome, reason, ...seen }: Seen & { outcome: 'upheld' | 'rejected'; reason: string },
  { official }: Acting,
  { stores, clock }: RemovalPorts,
) {
  const at = clock.now();
  return stores.docket.move(moving(seen, 'settled', official, at, { outcome, reason }), ({ facts }) => ({
    facts: settleAppeal(facts, { outcome, at }, official),
    texts: [buildDocketText('outcome', reason, { at, postIds: postsOf(facts) })],
  }));
}
