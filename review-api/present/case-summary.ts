import type { Case } from '../../pipeline/domain/case.ts';
import type { Post } from '../../pipeline/domain/post.ts';
import type { CaseSummary, ClaimView } from '../contract/case-summary.ts';
import type { RouteDeps } from '../http/call.ts';
import { presentLeadFacts } from './lead.ts';

/** An expired lease is no claim. */
export async function presentClaim(
  claim: Case['claim'],
  viewerId: string,
  { clock, directory }: Pick<RouteDeps, 'clock' | 'directory'>,
): Promise<ClaimView | null> {
  if (claim === null || claim.expiresAt <= clock.now()) return null;
  const byMe = claim.actorId === viewerId;
  const byName = byMe ? null : await directory.colleagueName(claim.actorId);
  return { byMe, byName, expiresAt: claim.expiresAt };
}

export async function presentCaseSummary(
  shown: { case: Case; post: Post; excerpt: string | null },
  viewerId: string,
  deps: Pick<RouteDeps, 'clock' | 'directory'>,
): Promise<CaseSummary> {
  const { case: one, post } = shown;
  const settings = await deps.directory.settings();
  const { id, version, state, queues, accessClass, level, riskScore, lifeSafety, categories, service } = one;
  return {
    ...{ id, version, state, queues, accessClass, level, riskScore, lifeSafety, categories, service },
    channel: deps.directory.channel(settings, one.channelId),
    postKind: post.kind,
    excerpt: shown.excerpt,
    publishedAt: post.publishedAt,
    publishedPrecision: post.publishedPrecision,
    openedAt: one.openedAt,
    decidedAt: one.decidedAt,
    lead: post.lead === null ? null : presentLeadFacts({ ...post, lead: post.lead }),
    replySeenAt: one.replySeenAt,
    postCount: one.postIds.length,
    claim: await presentClaim(one.claim, viewerId, deps),
  };
}
