import { z } from 'zod';
import { strictestAccess } from '../../domain/access-class.ts';
import type { Actor, Case } from '../../domain/case.ts';
import { CaseState } from '../../domain/case.ts';
import { Conflict, NotFound } from '../../domain/errors.ts';
import {
  buildLead,
  type ChangeLead,
  type Lead,
  LeadSource,
  type RegisterLead,
  type WithdrawLead,
} from '../../domain/lead.ts';
import { changeLead, type LeadOutcome, withdrawLead } from '../../domain/lead-change.ts';
import { type Post, postId } from '../../domain/post.ts';
import type { LeadCount, LeadQuery, LeadStore, ListedLead, RecordedLead } from '../../ports/lead-store.ts';
import type { Page } from '../../ports/page.ts';
import { contentHash } from '../content-hash.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { buildDecisionAudit, buildDecisionOutbox } from '../decision-record.ts';
import {
  asLeadPost,
  assertSameLead,
  buildLeadAudit,
  buildLeadPost,
  type LeadAction,
  yearBounds,
} from '../lead-record.ts';
import { insertAudit, insertOutbox } from './audit-rows.ts';
import { findCaseRow, insertEvent, updateCase } from './case-rows.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';
import { findNewestCase } from './fingerprint-rows.ts';
import { followCase } from './handover-rows.ts';
import { findPostRow, findTextRow, parsePost } from './post-rows.ts';
import { insertNote } from './record-decision.ts';
import { insertPost, insertText, markEdited } from './store-posts.ts';

type Sight = Parameters<LeadStore['change']>[2];

export function openLeadStore(db: SqliteDatabase): LeadStore {
  return {
    register: async (command, actor, at) => inTransaction(db, () => register(db, command, actor, at)),
    change: async (command, actor, sight) => inTransaction(db, () => change(db, command, actor, sight)),
    withdraw: async (command, actor, sight) => inTransaction(db, () => withdraw(db, command, actor, sight)),
    list: async (query) => list(db, query),
    countYear: async (year, accessClasses) => countYear(db, year, accessClasses),
  };
}

function getLead(db: SqliteDatabase, id: string): Post & { lead: Lead } {
  const post = asLeadPost(findPostRow(db, id));
  if (post === null) throw new NotFound('没有这条登记。');
  return post;
}

function register(db: SqliteDatabase, command: RegisterLead, actor: Actor, at: string): RecordedLead {
  const post = buildLeadPost(command, command.commandId);
  const id = postId(post);
  const known = asLeadPost(findPostRow(db, id));
  if (known !== null) {
    const stored = findTextRow(db, id, 1)?.contentHash ?? null;
    const sent = { actor, contentHash: contentHash(post) };
    assertSameLead({ lead: known.lead, url: known.url, contentHash: stored }, command, sent);
    return { post: known, repeated: true };
  }
  const lead = buildLead(command, actor.id);
  insertPost(db, post, at, lead);
  insertText(db, id, 1, { post, snapshotHash: null }, at);
  insertAudit(
    db,
    buildLeadAudit('lead.registered', { commandId: command.commandId, postId: id, lead }, actor, at),
  );
  return { post: getLead(db, id), repeated: false };
}

/** What the person may see of it, and whether the command was recorded before. */
function find(
  db: SqliteDatabase,
  command: ChangeLead | WithdrawLead,
  action: LeadAction,
  { accessClasses }: Sight,
): { post: Post & { lead: Lead }; current: Case | null; repeated: boolean } {
  const post = getLead(db, command.postId);
  const current = findNewestCase(db, post.id);
  const access = strictestAccess([post.accessClass, current?.accessClass ?? 'open']);
  if (!accessClasses.includes(access)) throw new NotFound('没有这条登记。');
  const known = statement<[string, string], { action: string; subject: string }>(
    db,
    'SELECT action, subject FROM audit_entry WHERE id IN (?, ?) ORDER BY length(id) DESC LIMIT 1',
  ).get(command.commandId, `${command.commandId}/lead`);
  if (known === undefined) return { post, current, repeated: false };
  if (known.action !== action || known.subject !== post.id) {
    throw new Conflict('同一编号的操作已经记录过，内容不同。');
  }
  return { post, current, repeated: true };
}

function change(db: SqliteDatabase, command: ChangeLead, actor: Actor, sight: Sight): RecordedLead {
  const { post, current, repeated } = find(db, command, 'lead.changed', sight);
  if (repeated) return { post, repeated };
  const stored = findTextRow(db, post.id);
  if (stored === null) throw new Conflict('登记的摘要已按期限清除，不能再修改。');
  const before = { summary: stored.text, link: post.url };
  const content = { ...command, summary: command.summary ?? stored.text };
  const outcome = changeLead({ lead: post.lead, current, before }, content, actor, sight.at);
  const gathered = buildLeadPost(content, post.externalId);
  if (contentHash(gathered) !== stored.contentHash) {
    insertText(db, post.id, post.textVersion + 1, { post: gathered, snapshotHash: null }, sight.at);
    markEdited(db, post, gathered, sight.at);
  }
  statement(db, 'UPDATE posts SET url = ?, published_at = ? WHERE id = ?').run(
    gathered.url,
    gathered.publishedAt,
    post.id,
  );
  write(db, { post, outcome, commandId: command.commandId, action: 'lead.changed' }, actor, sight.at);
  return { post: getLead(db, post.id), repeated: false };
}

function withdraw(db: SqliteDatabase, command: WithdrawLead, actor: Actor, sight: Sight): RecordedLead {
  const { post, current, repeated } = find(db, command, 'lead.withdrawn', sight);
  if (repeated) return { post, repeated };
  const outcome = withdrawLead({ lead: post.lead, current }, command, actor, sight.at);
  // A judgement that is under way comes too late.
  statement(db, "UPDATE posts SET state = 'judged', due_at = NULL WHERE id = ?").run(post.id);
  write(db, { post, outcome, commandId: command.commandId, action: 'lead.withdrawn' }, actor, sight.at);
  return { post: getLead(db, post.id), repeated: false };
}

function write(
  db: SqliteDatabase,
  done: { post: Post; outcome: LeadOutcome; commandId: string; action: LeadAction },
  actor: Actor,
  at: string,
): void {
  const { post, outcome, action } = done;
  const { lead, case: moved, note } = outcome;
  statement(db, 'UPDATE posts SET lead = ? WHERE id = ?').run(JSON.stringify(lead), post.id);
  if (moved !== null) {
    const before = findCaseRow(db, moved.next.id);
    updateCase(db, moved.next, moved.next.version - 1);
    insertEvent(db, moved.event, null);
    insertNote(db, moved.event, moved.next, note);
    insertAudit(db, buildDecisionAudit(moved.event, actor));
    insertOutbox(db, buildDecisionOutbox(moved.event));
    if (before !== null) followCase(db, { before, after: moved.next, cause: moved.event });
  }
  const commandId = `${done.commandId}/lead`;
  insertAudit(db, buildLeadAudit(action, { commandId, postId: post.id, lead }, actor, at));
}

const LeadCursor = z.tuple([z.string(), z.string()]);
const CaseOfLead = z.object({ case_id: z.string().nullable(), case_state: CaseState.nullable() });

function list(db: SqliteDatabase, query: LeadQuery): Page<ListedLead> {
  const [at, id] = query.cursor === null ? ['9', ''] : parseCursor(query.cursor, LeadCursor);
  // A question of its own each: a condition that may be empty would use no index.
  const ofNumber = query.documentKey === undefined ? '' : "AND p.lead ->> 'documentKey' = @key";
  const rows = statement(
    db,
    `SELECT p.*, c.id AS case_id, c.state AS case_state FROM posts p
       LEFT JOIN cases c ON c.id = (SELECT n.id FROM cases n JOIN case_posts m ON m.case_id = n.id WHERE m.post_id = p.id
         ORDER BY n.opened_at DESC, n.id DESC LIMIT 1)
       WHERE p.lead IS NOT NULL AND p.access_class IN (SELECT value FROM json_each(@classes))
         ${ofNumber} AND (p.gathered_at, p.id) < (@at, @id)
       ORDER BY p.gathered_at DESC, p.id DESC LIMIT @limit`,
  ).all({
    classes: JSON.stringify(query.accessClasses),
    ...(query.documentKey === undefined ? {} : { key: query.documentKey }),
    at,
    id,
    limit: query.limit + 1,
  });
  const items = rows.slice(0, query.limit).flatMap((row): ListedLead[] => {
    const post = asLeadPost(parsePost(row));
    const { case_id: caseId, case_state: state } = CaseOfLead.parse(row);
    const one = caseId === null || state === null ? null : { id: caseId, state };
    return post === null ? [] : [{ post, case: one }];
  });
  const last = items.at(-1)?.post;
  const more = rows.length > query.limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.gatheredAt, last.id]) : null };
}

const CountRow = z.object({ source: LeadSource, registered: z.number(), withdrawn: z.number() });

function countYear(db: SqliteDatabase, year: number, accessClasses: readonly string[]): LeadCount[] {
  const rows = statement(
    db,
    `SELECT lead ->> 'source' AS source, count(*) AS registered, count(lead ->> 'withdrawnAt') AS withdrawn FROM posts
       WHERE lead IS NOT NULL AND gathered_at >= @from AND gathered_at < @to
         AND access_class IN (SELECT value FROM json_each(@classes)) GROUP BY 1 ORDER BY 1`,
  ).all({ ...yearBounds(year), classes: JSON.stringify(accessClasses) });
  return rows.map((row) => CountRow.parse(row));
}
