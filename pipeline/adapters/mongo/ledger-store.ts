import { type ClientSession, MongoBulkWriteError } from 'mongodb';
import {
  CrawlRun,
  LedgerPage,
  ledgerErrorLength,
  priorities,
  rankOfRole,
  roleRanks,
} from '../../domain/crawl.ts';
import { NotFound } from '../../domain/errors.ts';
import type { DiscoveredPage, LedgerStore, PageOutcome } from '../../ports/ledger-store.ts';
import { insertFacts } from './audit-documents.ts';
import { openMongoCompleteness } from './completeness-documents.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import {
  type LedgerCollections,
  ledgerCollections,
  type PageDocument,
  pageId,
  parsePageDocument,
  parseRunDocument,
  type RunDocument,
} from './ledger-documents.ts';
import { duplicateKey, isDuplicateKey } from './mongo-errors.ts';

export function openMongoLedgerStore(connection: MongoConnection): LedgerStore {
  const { client, db } = connection;
  const at = ledgerCollections(db);
  return {
    ...openMongoCompleteness(connection),
    discover: (channelId, pages, now) => discover(at, { channelId, pages, now }),
    listDue: async (channelId, now, limit) => {
      const due = at.pages
        .find({
          channelId,
          roleRank: { $in: [...roleRanks] },
          priority: { $in: storedPriorities },
          dueAt: { $lte: now },
        })
        .sort({ roleRank: 1, priority: -1, dueAt: 1, url: 1 })
        .limit(limit);
      return (await due.toArray()).map(parsePageDocument);
    },
    findPage: async (channelId, url) => {
      const found = await at.pages.findOne({ _id: pageId(channelId, url) });
      return found === null ? null : parsePageDocument(found);
    },
    settle: async (channelId, url, outcome) => {
      const page = parseOutcome({ channelId, url, ...outcome });
      // Only an unknown page is news for its keeper; any other outcome is one write of one document.
      if (page.state !== 'unknown-page') await writeOutcome(at, page);
      else await inMongoTransaction(client, (session) => settleUnknown(at, page, session));
    },
    listPages: async (channelId, states, limit) => {
      const found = at.pages
        .find({ channelId, state: { $in: [...states] } })
        .sort({ fetchedAt: -1, url: 1 })
        .limit(limit);
      return (await found.toArray()).map(parsePageDocument);
    },
    listStaleLists: async (channelId, before, limit) => {
      const isFirst = { roleRank: { $in: [0, 1] }, pageNumber: 0 };
      const found = at.pages
        .find({ channelId, ...isFirst, newestItemAt: { $gt: '', $lt: before } })
        .sort({ newestItemAt: 1, url: 1 })
        .limit(limit);
      return (await found.toArray()).map(parsePageDocument);
    },
    startRun: (run) => startRun(at, CrawlRun.parse(run)),
    updateRun: (run) => updateRun(at, CrawlRun.parse(run)),
    listRuns: async (channelId, limit) => {
      const found = at.runs.find({ channelId }).sort({ startedAt: -1, _id: -1 }).limit(limit);
      return (await found.toArray()).map(parseRunDocument);
    },
    // In a transaction, since a run may end just now: outside of one, a compatible server does not look again.
    closeInterruptedRuns: (channelId, endedAt) =>
      inMongoTransaction(client, async (session) => {
        const closed = await at.runs.updateMany(
          { channelId, state: 'running' },
          { $set: { state: 'interrupted', endedAt } },
          { session },
        );
        return closed.modifiedCount;
      }),
  };
}

interface Discovery {
  channelId: string;
  pages: readonly DiscoveredPage[];
  now: string;
}

/** Most of what a list leads to is known: so it looks first, and inserts only what is new. */
async function discover(at: LedgerCollections, { channelId, pages, now }: Discovery): Promise<number> {
  const found = new Map<string, PageDocument>();
  for (const page of pages) {
    const document = newPage(channelId, page, now);
    if (!found.has(document._id)) found.set(document._id, document);
  }
  const known = at.pages.find({ _id: { $in: [...found.keys()] } }, { projection: { _id: 1 } });
  for await (const { _id } of known) found.delete(_id);
  return found.size === 0 ? 0 : insertNew(at, [...found.values()]);
}

/** As in the documents, where null stands for a field that is lacking. All of them named, so that an index answers in its order. */
const storedPriorities = priorities.map((priority) => (priority === 0 ? null : priority));

function newPage(channelId: string, found: DiscoveredPage, dueAt: string): PageDocument {
  const { url, role, pageNumber } = found;
  const { priority, ...page } = LedgerPage.parse({
    priority: found.priority,
    channelId,
    url,
    role,
    pageNumber,
    state: 'due',
    dueAt,
    attempts: 0,
    fetchedAt: null,
    status: null,
    etag: null,
    lastModified: null,
    contentHash: null,
    snapshotHash: null,
    error: null,
    postId: null,
    newestItemAt: null,
  });
  const ranked = { ...page, roleRank: rankOfRole(role), ...(priority === 0 ? {} : { priority }) };
  return { _id: pageId(channelId, url), ...ranked };
}

/** What another crawler has discovered meanwhile is left as it is, and is not counted here. */
async function insertNew(at: LedgerCollections, documents: PageDocument[]): Promise<number> {
  try {
    return (await at.pages.insertMany(documents, { ordered: false })).insertedCount;
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error;
    if (![error.writeErrors].flat().every(({ code }) => code === duplicateKey)) throw error;
    return error.insertedCount;
  }
}

type SettledPage = PageOutcome & Pick<LedgerPage, 'channelId' | 'url'>;
const SettledPage = LedgerPage.omit({ role: true, pageNumber: true });

function parseOutcome(page: SettledPage): SettledPage {
  return SettledPage.parse({ ...page, error: page.error?.slice(0, ledgerErrorLength) ?? null });
}

/** @returns the state before @throws NotFound */
async function writeOutcome(
  at: LedgerCollections,
  page: SettledPage,
  options: { session?: ClientSession } = {},
): Promise<LedgerPage['state']> {
  const { channelId, url, priority, ...outcome } = page;
  const change =
    priority === 0
      ? { $set: outcome, $unset: { priority: '' as const } }
      : { $set: { ...outcome, priority } };
  const before = await at.pages.findOneAndUpdate({ _id: pageId(channelId, url) }, change, {
    ...options,
    projection: { state: 1 },
    returnDocument: 'before',
  });
  if (before === null) throw new NotFound(`The ledger of channel ${channelId} does not know ${url}.`);
  return before.state;
}

async function settleUnknown(
  at: LedgerCollections,
  page: SettledPage,
  session: ClientSession,
): Promise<void> {
  const before = await writeOutcome(at, page, { session });
  if (before === 'unknown-page' || page.fetchedAt === null) return;
  const id = `${page.fetchedAt} ${pageId(page.channelId, page.url)}`;
  const entry = { id, topic: 'page.changed', subject: page.url, createdAt: page.fetchedAt } as const;
  await insertFacts(at, session, [], [entry]);
}

function toRunDocument({ id, ...fields }: CrawlRun): RunDocument {
  return { _id: id, ...fields };
}

async function startRun(at: LedgerCollections, run: CrawlRun): Promise<void> {
  try {
    await at.runs.insertOne(toRunDocument(run));
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

async function updateRun(at: LedgerCollections, run: CrawlRun): Promise<void> {
  const { _id, channelId: _channelId, startedAt: _startedAt, ...change } = toRunDocument(run);
  const updated = await at.runs.updateOne({ _id }, { $set: change });
  if (updated.matchedCount === 0) throw new NotFound(`There is no crawl run ${run.id}.`);
}
