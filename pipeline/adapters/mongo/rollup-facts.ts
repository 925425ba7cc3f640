import type { ClientSession, Collection } from 'mongodb';
import type { Case, DecisionKind, ReasonCode } from '../../domain/case.ts';
import { buildCaseFact, buildHandoverFact } from '../../domain/case-fact.ts';
import { buildItemFact, type FactPost, type FactVerdict } from '../../domain/item-fact.ts';
import type { Fact } from '../../domain/rollup.ts';
import { type CaseCollections, parseCaseDocument } from './case-documents.ts';
import { parseSlipDocument } from './handover-documents.ts';
import { type PostCollections, textId, wholeBatch } from './post-documents.ts';

export type SourceCollections = Pick<PostCollections, 'posts' | 'verdicts'> &
  Pick<CaseCollections, 'cases' | 'events' | 'handovers'>;

/** Whose facts are asked for. */
export interface Subjects {
  items: ReadonlySet<string>;
  cases: ReadonlySet<string>;
  handovers: ReadonlySet<string>;
}

interface Scope {
  at: SourceCollections;
  session: ClientSession;
}

/** What it read, by id. */
interface Sources {
  posts: ReadonlyMap<string, FactPost>;
  /** Of each post's newest text. */
  verdicts: ReadonlyMap<string, FactVerdict>;
  cases: ReadonlyMap<string, Case>;
  decisions: ReadonlyMap<string, Holding>;
}
type Holding = { kind: DecisionKind; reason: ReasonCode };

const postFields = {
  ...{ bucketHour: 1, channelId: 1, kind: 1, official: 1, accessClass: 1, textVersion: 1 },
} as const;
const verdictFields = {
  ...{ postId: 1, 'verdict.findings': 1, 'verdict.service': 1, 'verdict.sentiment': 1, 'verdict.risk': 1 },
} as const;

/**
 * The facts as they are now, of what was asked for and of what hangs on it: cases that were opened on one of the posts, and the
 * slips of the cases. Seven reads at most, however much is asked for.
 * @returns `known`: of whom it tells; those of them that are not among `facts` are no more
 */
export async function readFacts(
  scope: Scope,
  asked: Subjects,
): Promise<{ known: Subjects; facts: Map<string, Fact> }> {
  const { at, session } = scope;
  const holding = await findCases(scope, { postIds: { $in: [...asked.items] } }, asked.items.size);
  const openedOn = holding.filter(({ postIds }) => asked.items.has(postIds[0] ?? ''));
  const caseIds = new Set([...asked.cases, ...openedOn.map(({ id }) => id)]);
  const slips = await findSlips(scope, asked.handovers, caseIds);
  const cases = new Map(holding.map((one) => [one.id, one]));
  const further = [...caseIds, ...slips.map(({ caseId }) => caseId)].filter((id) => !cases.has(id));
  for (const one of await findCases(scope, { _id: { $in: further } }, further.length)) cases.set(one.id, one);
  const told = [...caseIds].flatMap((id) => cases.get(id) ?? []);
  const posts = await findPosts(scope, [...asked.items, ...told.map(({ postIds }) => postIds[0] ?? '')]);
  const sources = {
    ...{ posts, cases },
    verdicts: await findVerdicts(at, session, posts),
    decisions: await findDecisions(at, session, told),
  };
  const facts = new Map<string, Fact>();
  const units = newestUnits(holding);
  for (const id of asked.items) addFact(facts, id, itemFact(sources, id, units.get(id) ?? null));
  for (const one of told) addFact(facts, one.id, caseFact(sources, one));
  for (const slip of slips) {
    const one = cases.get(slip.caseId);
    if (one !== undefined) addFact(facts, slip.id, { kind: 'handover', fact: buildHandoverFact(slip, one) });
  }
  const handovers = new Set([...asked.handovers, ...slips.map(({ id }) => id)]);
  return { known: { items: asked.items, cases: caseIds, handovers }, facts };
}

export const factKey = (kind: Fact['kind'], id: string) => `${kind} ${id}`;

function addFact(facts: Map<string, Fact>, id: string, fact: Fact | null): void {
  if (fact !== null) facts.set(factKey(fact.kind, id), fact);
}

/** Newest first. */
async function findCases(
  { at, session }: Scope,
  filter: Parameters<Collection<{ _id: string; postIds: string[] }>['find']>[0],
  count: number,
): Promise<Case[]> {
  if (count === 0) return [];
  const found = await at.cases.find(filter, { session, ...wholeBatch }).toArray();
  return found.map(parseCaseDocument).sort((a, b) => (isNewer(a, b) ? -1 : 1));
}

function isNewer(a: Case, b: Case): boolean {
  return a.openedAt === b.openedAt ? a.id > b.id : a.openedAt > b.openedAt;
}

/** By post: the unit that its newest case was handed to. @param holding newest first */
function newestUnits(holding: readonly Case[]): Map<string, string | null> {
  const units = new Map<string, string | null>();
  for (const { postIds, unitId } of holding) {
    for (const id of postIds) if (!units.has(id)) units.set(id, unitId);
  }
  return units;
}

async function findSlips({ at, session }: Scope, ids: ReadonlySet<string>, caseIds: ReadonlySet<string>) {
  if (ids.size + caseIds.size === 0) return [];
  const wanted = { $or: [{ _id: { $in: [...ids] } }, { caseId: { $in: [...caseIds] } }] };
  const found = await at.handovers
    .find(wanted, { session, projection: { facts: 1 }, ...wholeBatch })
    .toArray();
  return found.map(parseSlipDocument);
}

type VersionedPost = FactPost & { textVersion: number };

async function findPosts(
  { at, session }: Scope,
  ids: readonly string[],
): Promise<Map<string, VersionedPost>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const found = await at.posts
    .find({ _id: { $in: wanted } }, { session, projection: postFields, ...wholeBatch })
    .toArray();
  return new Map(found.map(({ _id: id, official = false, ...post }) => [id, { id, official, ...post }]));
}

async function findVerdicts(
  { verdicts }: SourceCollections,
  session: ClientSession,
  posts: ReadonlyMap<string, VersionedPost>,
): Promise<Map<string, FactVerdict>> {
  const ids = [...posts].map(([id, { textVersion }]) => textId(id, textVersion));
  if (ids.length === 0) return new Map();
  const found = await verdicts
    .find({ _id: { $in: ids } }, { session, projection: verdictFields, ...wholeBatch })
    .toArray();
  return new Map(found.map(({ postId, verdict }) => [postId, verdict]));
}

async function findDecisions(
  { events }: SourceCollections,
  session: ClientSession,
  cases: readonly Case[],
): Promise<Map<string, Holding>> {
  const ids = cases.flatMap(({ decisionId }) => decisionId ?? []);
  if (ids.length === 0) return new Map();
  const found = await events
    .find({ _id: { $in: ids } }, { session, projection: { decision: 1 }, ...wholeBatch })
    .toArray();
  return new Map(found.flatMap(({ _id, decision }) => (decision === null ? [] : [[_id, decision]])));
}

function itemFact({ posts, verdicts }: Sources, id: string, handedTo: string | null): Fact | null {
  const post = posts.get(id);
  if (post === undefined) return null;
  return { kind: 'item', fact: buildItemFact(post, verdicts.get(id) ?? null, handedTo) };
}

function caseFact({ verdicts, decisions }: Sources, one: Case): Fact {
  const holding = one.decisionId === null ? undefined : decisions.get(one.decisionId);
  const { decision, reason } = { decision: holding?.kind ?? null, reason: holding?.reason ?? null };
  const directoryUnitId = verdicts.get(one.postIds[0] ?? '')?.service?.unitId ?? null;
  return { kind: 'case', fact: buildCaseFact(one, { decision, reason, directoryUnitId }) };
}
