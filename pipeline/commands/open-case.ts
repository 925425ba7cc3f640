import type { AccessClass } from '../domain/access-class.ts';
import { strictestAccess } from '../domain/access-class.ts';
import type { Actor, Case } from '../domain/case.ts';
import { isUndecided } from '../domain/case.ts';
import { Conflict, InvalidInput, NotFound } from '../domain/errors.ts';
import type { Post, PostText } from '../domain/post.ts';
import type { Rights, TextView } from '../domain/role.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { CaseEventWithNote } from '../ports/case-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/index.ts';
import { findPrevious, type PreviousCase } from './find-previous.ts';

export interface CasePorts {
  stores: Pick<Stores, 'cases' | 'posts' | 'reads'>;
  clock: Clock;
}

export interface OpenedCase {
  kind: 'case';
  case: Case;
  post: Post;
  /** Near copies, the latest first: of many only some. */
  otherPosts: Post[];
  /** Null when it has been erased. */
  text: PostText | null;
  /** How this person may see the text. */
  view: Exclude<TextView, 'none'>;
  verdict: Verdict | null;
  events: CaseEventWithNote[];
  inOwnQueue: boolean;
  previous: PreviousCase | null;
}

export interface ReferredCase {
  kind: 'referral';
  id: string;
  referredAt: string;
}

export interface OpenCaseRequest {
  caseId: string;
  /** Needed where the case is in none of the person's queues, and was in none before the decision that holds. */
  purpose: string | null;
  /** The claim to take, or null for reading only. */
  claim: { token: string } | null;
}

const leaseMinutes = 30;
const mostCopiesShown = 50;

export function leaseEnd(now: string): string {
  return new Date(Date.parse(now) + leaseMinutes * 60_000).toISOString();
}

/**
 * Everything that one person may see of a case. The reading is in the log before this returns (R23). Where the case is free,
 * undecided and in one's own queue, `claim` takes it; a case that another one holds is opened for reading.
 * @throws NotFound outside the person's access classes; InvalidInput (`purpose`)
 */
export async function openCase(
  request: OpenCaseRequest,
  reader: { actor: Actor; rights: Rights },
  ports: CasePorts,
): Promise<OpenedCase | ReferredCase> {
  const { cases } = ports.stores;
  const { rights } = reader;
  const found = await cases.findCase(request.caseId, rights);
  if (found === null) return readReferral(request.caseId, ports);
  const inOwnQueue = found.queues.some((queue) => rights.queues.includes(queue));
  const events = await cases.listEvents(found.id, rights);
  if (!inOwnQueue && request.purpose === null && !wasInOwnQueue(found, events, rights)) {
    throw new InvalidInput('purpose', '这条线索不在您的队列，请写明查看目的。', '例如：核对转办材料');
  }
  const mayClaim = inOwnQueue && isUndecided(found.state);
  const current = mayClaim && request.claim !== null ? await tryClaim(request, found, reader, ports) : found;
  const seen = await loadText(current, rights, ports);
  if (seen.text !== null) {
    await ports.stores.reads.record({
      id: ports.clock.newId(),
      at: ports.clock.now(),
      actorId: reader.actor.id,
      caseId: current.id,
      postId: seen.text.postId,
      textVersion: seen.text.textVersion,
      purpose: request.purpose ?? (request.claim === null ? '查看线索' : '处理线索'),
    });
  }
  const previous = await findPrevious(current, rights, ports.stores);
  return { kind: 'case', case: current, ...seen, events, inOwnQueue, previous };
}

/** A decision can take a case out of one's queue; who worked there may read it on, as they may take the decision back. */
function wasInOwnQueue(one: Case, events: readonly CaseEventWithNote[], rights: Rights): boolean {
  const holding = events.find((event) => event.id === one.decisionId);
  return holding?.before.queues.some((queue) => rights.queues.includes(queue)) ?? false;
}

async function readReferral(caseId: string, ports: CasePorts): Promise<ReferredCase> {
  const referral = await ports.stores.cases.findReferral(caseId);
  if (referral === null) throw new NotFound('没有这条线索。');
  return { kind: 'referral', id: caseId, referredAt: referral.referredAt };
}

async function tryClaim(
  request: OpenCaseRequest,
  found: Case,
  reader: { actor: Actor; rights: Rights },
  ports: CasePorts,
): Promise<Case> {
  const token = request.claim?.token ?? '';
  try {
    return await claimCase({ caseId: found.id, token }, reader, ports);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    return (await ports.stores.cases.findCase(found.id, reader.rights)) ?? found;
  }
}

/**
 * Takes or renews the lease.
 * @throws NotFound; Conflict while another one holds it
 */
export async function claimCase(
  claim: { caseId: string; token: string },
  { actor, rights }: { actor: Actor; rights: Rights },
  ports: CasePorts,
): Promise<Case> {
  const at = ports.clock.now();
  const { accessClasses } = rights;
  return ports.stores.cases.claimCase({
    caseId: claim.caseId,
    token: await findOwnToken(claim, { actor, rights }, ports),
    actorId: actor.id,
    at,
    expiresAt: leaseEnd(at),
    accessClasses,
  });
}

/**
 * The token that the person's claim has already, else the one given: a second tab lengthens the claim of the first, and does not
 * free it when it is closed.
 */
async function findOwnToken(
  { caseId, token }: { caseId: string; token: string },
  { actor, rights }: { actor: Actor; rights: Rights },
  { stores, clock }: CasePorts,
): Promise<string> {
  const claim = (await stores.cases.findCase(caseId, rights))?.claim ?? null;
  const isOwn = claim !== null && claim.actorId === actor.id && claim.expiresAt > clock.now();
  return isOwn ? claim.token : token;
}

async function loadText(current: Case, rights: Rights, ports: CasePorts) {
  const { posts } = ports.stores;
  const [firstId = '', ...otherIds] = current.postIds;
  const post = await posts.findPost(firstId);
  if (post === null) throw new NotFound('这条线索的信息已不存在。');
  const shownIds = otherIds.slice(-mostCopiesShown).reverse();
  const others = await Promise.all(shownIds.map((id) => posts.findPost(id)));
  const { accessClasses } = rights;
  const text = await posts.findText(firstId, { textVersion: current.textVersion, accessClasses });
  const classes: AccessClass[] = [current.accessClass, post.accessClass, text?.accessClass ?? 'open'];
  const view = rights.view[strictestAccess(classes)];
  if (view === 'none') throw new NotFound('没有这条线索。');
  return {
    post,
    otherPosts: others.filter((one) => one !== null).filter((one) => accessClasses.includes(one.accessClass)),
    text,
    view,
    verdict: await posts.findVerdict(firstId, current.textVersion),
  };
}
