import type { Actor } from '../domain/case.ts';
import { Conflict } from '../domain/errors.ts';
import { buildLead, type Lead, type LeadContent, leadChannel, type RegisterLead } from '../domain/lead.ts';
import type { GatheredPost, Post } from '../domain/post.ts';
import { shanghaiInstant } from '../domain/time.ts';
import type { NewAuditEntry } from '../ports/audit-log.ts';

/** What both stores write of a lead: the post as any gathered one, and the facts beside it. */
export function buildLeadPost(content: LeadContent, externalId: string): GatheredPost {
  return {
    channelId: leadChannel.id,
    kind: 'lead',
    externalId,
    url: content.link ?? '',
    parentId: null,
    rootId: null,
    title: '',
    text: content.summary,
    publishedAt: content.receivedAt,
    publishedPrecision: 'minute',
    metrics: {},
    links: [],
    attachments: [],
  };
}

export type LeadAction = 'lead.registered' | 'lead.changed' | 'lead.withdrawn';

/** Ids and facts without text; what stood before a change can be read from the entry before. */
export function buildLeadAudit(
  action: LeadAction,
  { commandId, postId, lead }: { commandId: string; postId: string; lead: Lead },
  actor: Actor,
  at: string,
): NewAuditEntry {
  const { source, documentNumber, deadline, receivedAt, revision } = lead;
  const payload = { source, documentNumber, deadline, receivedAt, revision };
  return { id: commandId, log: 'audit', at, actorId: actor.id, action, subject: postId, payload };
}

/**
 * A command that comes again. Once the lead was changed there is nothing left to compare it with.
 * @throws Conflict for another content, or another person, under the same id
 */
export function assertSameLead(
  known: { lead: Lead; url: string; contentHash: string | null },
  command: RegisterLead,
  sent: { actor: Actor; contentHash: string },
): void {
  if (known.lead.revision > 1) return;
  const same =
    JSON.stringify(known.lead) === JSON.stringify({ ...buildLead(command, sent.actor.id) }) &&
    known.url === (command.link ?? '') &&
    (known.contentHash === null || known.contentHash === sent.contentHash);
  if (!same) throw new Conflict('同一编号的登记已经记录过，内容不同。');
}

/** From the first instant of a year in Shanghai to the first of the next. */
export function yearBounds(year: number): { from: string; to: string } {
  return { from: shanghaiInstant(year, 1, 1) ?? '', to: shanghaiInstant(year + 1, 1, 1) ?? '' };
}

export function asLeadPost(post: Post | null): (Post & { lead: Lead }) | null {
  return post === null || post.lead === null ? null : { ...post, lead: post.lead };
}
