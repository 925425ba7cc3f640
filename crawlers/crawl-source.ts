import type { CrawledChannel, SourceChannel } from '../pipeline/domain/channel.ts';
import { metLists, readsWhole } from '../pipeline/domain/completeness.ts';
import type { CrawlRun, LedgerPage } from '../pipeline/domain/crawl.ts';
import { CredentialExpired, RetryLater } from '../pipeline/domain/errors.ts';
import type { Access } from './access.ts';
import type { Crawl, SourceCrawl } from './crawl.ts';
import { findPages } from './find-pages.ts';
import { type GatherGate, openGatherGate } from './gather-gate.ts';
import { grantCall } from './grant-call.ts';
import { later } from './ledger.ts';
import type { Source, SourceScope } from './source.ts';
import { isOff, visitCall } from './visit-call.ts';

const callsBetweenUpdates = 10;
const dayMs = 86_400_000;
/** Addresses of single items that a source is told of. */
const mostKnown = 2000;
/** What the run before may have missed by a minute. */
const overlapMs = 3_600_000;

/**
 * Back to the oldest open gap, else to shortly before the last run that went through, else as far as a first run goes. A list that
 * cannot be paged back has only to meet the last time that it was read.
 */
async function readBackTo({ deps, channel, run }: Crawl, pagesBack: boolean): Promise<string> {
  const { ledger } = deps.stores;
  const runs = (await ledger.listRuns(channel.id, 50)).filter(({ id }) => id !== run.id);
  const gap = await ledger.findOldestGap(channel.id);
  if (!pagesBack) {
    // Where none of the last runs saw it, and there were some, the gap tells since when.
    const met = runs.find(metLists)?.startedAt ?? gap?.from;
    return met === undefined ? run.startedAt : later(met, -overlapMs);
  }
  const whole = runs.find(readsWhole);
  const known = whole?.startedAt ?? later(run.startedAt, -backDaysOf(channel) * dayMs);
  return later(gap === null || gap.from > known ? known : gap.from, -overlapMs);
}

function backDaysOf(channel: CrawledChannel): number {
  return 'backDays' in channel ? channel.backDays : 90;
}

async function buildScope(
  crawl: Crawl<SourceChannel>,
  gate: GatherGate,
  pagesBack: boolean,
): Promise<SourceScope<SourceChannel>> {
  const { run, channel } = crawl;
  const since = await readBackTo(crawl, pagesBack);
  const known = await readKnown(crawl);
  return { channel, now: run.startedAt, secret: null, since, known, ...keepTo(crawl, gate) };
}

async function readKnown({ deps, channel }: Crawl): Promise<LedgerPage[]> {
  const pages = await deps.stores.ledger.listPages(channel.id, ['done', 'due', 'gone'], mostKnown);
  return pages.filter(({ role }) => role === 'status' || role === 'comments');
}

/** What is forbidden is told with the run (R21). */
function keepTo(crawl: Crawl, { commentsOff, isForbidden, isObjector }: GatherGate) {
  if (isForbidden) crawl.notice = commentsOff;
  return { commentsOff, isObjector };
}

/** Before anything is asked: is there what lets us in? */
async function isLetIn({ crawl, access }: SourceCrawl): Promise<boolean> {
  if (access === null) return true;
  crawl.run.credential = await access.standing();
  try {
    await access.secret();
    return true;
  } catch (error) {
    if (error instanceof CredentialExpired) {
      crawl.halt = { outcome: 'credential', note: error.message, nextStep: `${error.who}: ${error.message}` };
      return false;
    }
    if (error instanceof RetryLater) {
      crawl.halt = { outcome: 'refused', note: error.message, nextStep: null };
      crawl.run.retryAt = later(crawl.deps.clock.now(), error.delayMs);
      return false;
    }
    throw error;
  }
}

function findAccess(crawl: Crawl<SourceChannel>, source: Source<SourceChannel>): Access | null {
  const { channel, deps } = crawl;
  const kind = source.needs.credential(channel);
  if (kind === null) return null;
  return deps.openAccess?.(channel, kind) ?? noAccess(channel);
}

/** Reads what is due by calls to a platform. A refusal ends it, and says who must do what. */
export async function crawlSource(
  crawl: Crawl<SourceChannel>,
  source: Source<SourceChannel>,
  onPage: (run: Readonly<CrawlRun>, url: string) => void,
): Promise<void> {
  const { deps, run, frontier, signal, channel } = crawl;
  const readGate = openGatherGate(deps, channel);
  const work: SourceCrawl = {
    crawl,
    source,
    access: findAccess(crawl, source),
    scope: await buildScope(crawl, await readGate(), source.pagesBack),
  };
  if (!(await isLetIn(work))) return;
  await findPages(crawl, source.startPages(channel), true);
  for (let calls = 1; !signal.aborted && crawl.halt === null; calls += 1) {
    const page = await frontier.next();
    if (page === null) return;
    work.scope = { ...work.scope, ...keepTo(crawl, await readGate()) };
    // What comes after it is less urgent, and taken from the same grant.
    if (!isOff(work, page) && !(await grantCall(work, page))) return;
    await visitCall(work, page);
    if (calls % callsBetweenUpdates === 0) await deps.stores.ledger.updateRun(run);
    onPage(run, page.url);
  }
}

function noAccess(channel: SourceChannel): Access {
  const missing = () =>
    Promise.reject(
      new CredentialExpired(channel.responsible ?? channel.unit, 'no credential is stored for this channel'),
    );
  return { secret: missing, renew: missing, refused: async () => {}, standing: async () => 'missing' };
}
