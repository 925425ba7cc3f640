import type { OpenedCase } from '../../pipeline/commands/open-case.ts';
import type { Actor } from '../../pipeline/domain/case.ts';
import { isHeldAgainst } from '../../pipeline/domain/decision.ts';
import type { Lead } from '../../pipeline/domain/lead.ts';
import type { Post } from '../../pipeline/domain/post.ts';
import { rightsFor } from '../../pipeline/domain/role.ts';
import type { ListedLead } from '../../pipeline/ports/lead-store.ts';
import type { LeadFacts, LeadView } from '../contract/lead.ts';
import type { RouteDeps } from '../http/call.ts';

export function presentLeadFacts({ id, lead }: Pick<Post, 'id'> & { lead: Lead }): LeadFacts {
  const { source, documentNumber, deadline, receivedAt, revision, withdrawnAt } = lead;
  return { id, source, documentNumber, deadline, receivedAt, revision, withdrawnAt };
}

export async function presentLead(
  { post, case: one }: ListedLead,
  { directory }: Pick<RouteDeps, 'directory'>,
): Promise<LeadView> {
  const registeredByName = await directory.colleagueName(post.lead.registeredBy);
  return { ...presentLeadFacts(post), registeredAt: post.gatheredAt, registeredByName, case: one };
}

/** The command checks again; this only keeps screens from offering what it refuses. */
export function mayChangeLead({ post, case: one, text }: OpenedCase, actor: Actor, now: string): boolean {
  const { permitted, accessClasses } = rightsFor(actor.roles, 'lead.register');
  const isThere = post.lead !== null && post.lead.withdrawnAt === null && text !== null;
  return permitted && isThere && accessClasses.includes(one.accessClass) && !isHeldAgainst(one, actor, now);
}
