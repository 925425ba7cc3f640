import type { Db } from 'mongodb';
import { auditCollections } from '../../pipeline/adapters/mongo/audit-documents.ts';
import { caseCollections } from '../../pipeline/adapters/mongo/case-documents.ts';
import { postCollections } from '../../pipeline/adapters/mongo/post-documents.ts';
import type { CaseEvent } from '../../pipeline/domain/case.ts';
import { isUndecided } from '../../pipeline/domain/case.ts';
import { countFates } from './posts-in-flight.ts';

/** What stands in the database when the dust has settled. Every list names what is amiss, and is empty where nothing is. */
export interface EndState {
  waiting: number;
  judged: number;
  failed: number;
  verdicts: number;
  indexed: number;
  /** By access class. */
  cases: { victim: number; safety: number; open: number };
  decisions: number;
  /** Posts in more than one undecided case. */
  inTwoCases: string[];
  /** Cases whose history is not one event for each of their versions, the first of them their opening. */
  oddHistories: string[];
  /** Cases decided more than once. */
  decidedTwice: string[];
  /** Events without an audit entry, and audit entries of cases without an event. */
  unaudited: string[];
  /** Events that were neither told nor wait to be. */
  untold: string[];
  /** What waits to be told twice, or belongs to no event. */
  oddAnnouncements: string[];
}

/** As it must be: every post judged, one case where one is needed, and every fact once. */
export function buildWhole({ posts, decisions = 0 }: { posts: number; decisions?: number }): EndState {
  const { review, safety, service } = countFates(posts);
  return {
    ...{ waiting: 0, judged: posts, failed: 0, verdicts: posts, indexed: posts },
    cases: { victim: review, safety, open: service },
    decisions,
    ...{
      inTwoCases: [],
      oddHistories: [],
      decidedTwice: [],
      unaudited: [],
      untold: [],
      oddAnnouncements: [],
    },
  };
}

type EventRow = Pick<CaseEvent, 'caseId' | 'caseVersion' | 'kind'> & { _id: string };

const topics: Partial<Record<CaseEvent['kind'], string>> = { opened: 'case.opened', decided: 'case.decided' };
const announcementOf = (event: EventRow) => `${topics[event.kind]} ${event.caseId}`;

function findRepeated(values: readonly string[]): string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
}

/** @param readTold what relays have handed on, as `topic subject`; asked for after the outbox was read */
export async function readEndState(db: Db, readTold: () => readonly string[]): Promise<EndState> {
  const { posts, verdicts, index } = postCollections(db);
  const { cases, events } = caseCollections(db);
  const stored = await cases
    .find({}, { projection: { postIds: 1, state: 1, version: 1, accessClass: 1 } })
    .toArray();
  const facts: EventRow[] = await events
    .find({}, { projection: { caseId: 1, caseVersion: 1, kind: 1 } })
    .toArray();
  const undecided = stored.filter(({ state }) => isUndecided(state));
  const ofClass = (name: string) => stored.filter(({ accessClass }) => accessClass === name).length;
  const decided = facts.filter(({ kind }) => kind === 'decided').map(({ caseId }) => caseId);
  return {
    waiting: await posts.countDocuments({ state: 'pending' }),
    judged: await posts.countDocuments({ state: 'judged', dueAt: null }),
    failed: await posts.countDocuments({ state: 'failed' }),
    verdicts: await verdicts.countDocuments({}),
    indexed: await index.countDocuments({}),
    cases: { victim: ofClass('victim'), safety: ofClass('safety'), open: ofClass('open') },
    decisions: decided.length,
    inTwoCases: findRepeated(undecided.flatMap(({ postIds }) => postIds)),
    oddHistories: findOddHistories(stored, facts),
    decidedTwice: findRepeated(decided),
    unaudited: await findUnaudited(db, facts),
    ...(await findAnnouncements(db, facts, readTold)),
  };
}

function findOddHistories(
  stored: readonly { _id: string; version: number }[],
  facts: readonly EventRow[],
): string[] {
  const historyOf = new Map<string, EventRow[]>();
  for (const fact of facts) historyOf.set(fact.caseId, [...(historyOf.get(fact.caseId) ?? []), fact]);
  const odd = stored.filter(({ _id, version }) => {
    const history = (historyOf.get(_id) ?? []).sort((a, b) => a.caseVersion - b.caseVersion);
    historyOf.delete(_id);
    const inOrder = history.every(({ caseVersion }, place) => caseVersion === place + 1);
    return history.length !== version || !inOrder || history[0]?.kind !== 'opened';
  });
  return [...odd.map(({ _id }) => _id), ...historyOf.keys()];
}

async function findUnaudited(db: Db, facts: readonly EventRow[]): Promise<string[]> {
  const { audit } = auditCollections(db);
  const entries = await audit
    .find({ action: /^case\./ }, { projection: { subject: 1, action: 1 } })
    .toArray();
  const missing = new Map(facts.map((fact) => [fact._id, `${fact.caseId} case.${fact.kind}`]));
  const amiss: string[] = [];
  for (const { _id, subject, action } of entries) {
    if (missing.get(_id) !== `${subject} ${action}`) amiss.push(_id);
    missing.delete(_id);
  }
  return [...amiss, ...missing.keys()];
}

async function findAnnouncements(
  db: Db,
  facts: readonly EventRow[],
  readTold: () => readonly string[],
): Promise<Pick<EndState, 'untold' | 'oddAnnouncements'>> {
  const { outbox } = auditCollections(db);
  const entries = await outbox.find({ topic: /^case\./ }, { projection: { topic: 1, subject: 1 } }).toArray();
  const waiting = entries.map(({ topic, subject }) => `${topic} ${subject}`);
  const announced = new Set([...readTold(), ...waiting]);
  const meant = new Set(facts.map(announcementOf));
  return {
    untold: [...meant].filter((one) => !announced.has(one)),
    oddAnnouncements: [...findRepeated(waiting), ...waiting.filter((one) => !meant.has(one))],
  };
}
