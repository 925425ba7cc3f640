import type { SourceChannel } from '../pipeline/domain/channel.ts';
import type { LedgerPage } from '../pipeline/domain/crawl.ts';
import { CredentialExpired, InvalidInput } from '../pipeline/domain/errors.ts';
import { openGatherGate } from './gather-gate.ts';
import {
  type AnswerSummary,
  type Asked,
  fetchInto,
  type InspectDeps,
  type Inspection,
  newInspection,
  problemOf,
} from './inspection.ts';
import { later } from './ledger.ts';
import { platformAddress, platformAllowance } from './platforms.ts';
import type { FoundPage, Source, SourceReading } from './source.ts';
import { sourceOf } from './sources/index.ts';

const textShown = 120;
const dayMs = 86_400_000;

/** The credential, and the first call as a crawl would make it: what became of it. */
export async function inspectSource(
  channel: SourceChannel,
  { deps, url, signal }: Asked,
): Promise<Inspection> {
  const source = sourceOf(channel);
  const found = chooseStart(channel, source, url);
  const test = newInspection(channel, found.url);
  const kind = source.needs.credential(channel);
  const access = kind === null ? null : (deps.openAccess?.(channel, kind) ?? null);
  if (kind !== null) test.credential = (await access?.standing()) ?? 'missing';
  try {
    if (kind !== null && access === null) {
      throw new CredentialExpired(channel.unit, `no ${kind} is stored for channel ${channel.id}`);
    }
    const now = deps.clock.now();
    const page = ledgerPage(channel.id, found, now);
    await charge(channel, page, deps);
    const { commentsOff, isObjector } = await openGatherGate(deps, channel)();
    const scope = {
      channel,
      now,
      secret: (await access?.secret()) ?? null,
      since: later(now, -dayMs),
      commentsOff,
      isObjector,
    };
    const { url: callUrl, ...call } = source.buildCall(page, scope);
    const response = await fetchInto(
      test,
      {
        ...call,
        url: platformAddress(callUrl, deps.platforms),
        allowance: platformAllowance(source.buildAllowance(channel), deps.platforms),
        redirects: source.redirects,
        robots: source.robots,
        maxBytes: source.limits.pageBytes,
        signal,
      },
      deps,
    );
    if (response === null) return test;
    if (response.status >= 500) test.problem = `the platform answers with status ${response.status}`;
    else test.reading = summarise(source.read(page, response, scope));
  } catch (error) {
    signal.throwIfAborted();
    test.problem = error instanceof CredentialExpired ? `${error.who}: ${error.message}` : problemOf(error);
  }
  return test;
}

function ledgerPage(channelId: string, found: FoundPage, now: string): LedgerPage {
  return {
    channelId,
    url: found.url,
    role: found.role,
    state: 'due',
    dueAt: now,
    attempts: 0,
    fetchedAt: null,
    status: null,
    etag: null,
    lastModified: null,
    contentHash: null,
    snapshotHash: null,
    error: null,
    pageNumber: found.pageNumber,
    postId: null,
    priority: 0,
    newestItemAt: null,
  };
}

function chooseStart(channel: SourceChannel, source: Source<SourceChannel>, url: string | null): FoundPage {
  const starts = source.startPages(channel);
  const chosen =
    url === null
      ? starts[0]
      : (starts.find((one) => one.url === url) ?? { url, role: 'article', pageNumber: 0 });
  if (chosen !== undefined) return chosen as FoundPage;
  throw new InvalidInput('channel', `channel ${channel.id} has no page to start from: give one with --url`);
}

/** A test is a call like any other, and counts among those of the day. @throws InvalidInput when they are spent */
async function charge(channel: SourceChannel, page: LedgerPage, deps: InspectDeps): Promise<void> {
  for (const { name, limit, windowMs } of sourceOf(channel).allotments?.(channel, page) ?? []) {
    const charged = await deps.stores.rates.charge(`calls:${channel.id}:${name}`, deps.clock.now(), {
      limit,
      windowMs,
    });
    if (charged.allowed) continue;
    throw new InvalidInput(
      'channel',
      `the platform's ${limit} calls a day are spent until ${charged.retryAt}`,
    );
  }
}

function summarise({ state, posts, pages, newestItemAt, reachedBack }: SourceReading): AnswerSummary {
  const own = posts.filter((post) => post.official === true || post.kind === 'article');
  return {
    state,
    official: own.map(({ kind, title, text, publishedAt }) => ({
      kind,
      title,
      text: text.slice(0, textShown),
      publishedAt,
    })),
    others: posts.length - own.length,
    leadsTo: pages.length,
    newestItemAt,
    reachedBack,
  };
}
