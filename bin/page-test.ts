import { inspectSite } from '../crawlers/inspect-site.ts';
import { inspectSource } from '../crawlers/inspect-source.ts';
import type { Inspection } from '../crawlers/inspection.ts';
import { type CrawlContext, closeCrawlDeps, openCrawlDeps } from '../crawlers/main.ts';
import type { CrawledChannel } from '../pipeline/domain/channel.ts';
import { RetryLater } from '../pipeline/domain/errors.ts';
import type { PageTest } from '../review-api/contract/channel.ts';

const itemsShown = 20;
const textShown = 300;
const busyMs = 5000;
/** Browsers included. */
const limitMs = 60_000;

/**
 * Tests one page at a time, with a way out of its own that is closed again.
 * @throws RetryLater while another is under way; InvalidInput when the calls of the day are spent
 */
export function openPageTest(context: CrawlContext) {
  let isBusy = false;
  return async (
    channel: CrawledChannel,
    { url, signal }: { url: string | null; signal: AbortSignal },
  ): Promise<PageTest> => {
    if (isBusy) throw new RetryLater(busyMs, '正在试读另一个页面，请稍后再试。');
    isBusy = true;
    const deps = openCrawlDeps(context);
    try {
      const asked = { deps, url, signal: AbortSignal.any([signal, AbortSignal.timeout(limitMs)]) };
      const found =
        channel.kind === 'site' ? await inspectSite(channel, asked) : await inspectSource(channel, asked);
      return presentInspection(found);
    } finally {
      isBusy = false;
      await closeCrawlDeps(deps);
    }
  };
}

function presentInspection(found: Inspection): PageTest {
  const { url, movedTo, status, problem, credential, page, reading } = found;
  const about = { url, movedTo, status, problem, credential };
  if (page !== null) return { ...about, ...presentPage(page) };
  const items = (reading?.official ?? []).map(({ title, text, publishedAt }) => ({
    ...{ title: title === '' ? text : title, publishedAt, url: null },
  }));
  return {
    ...about,
    state: reading?.state ?? null,
    article: null,
    items: items.slice(0, itemsShown),
    itemCount: items.length,
    others: reading?.others ?? 0,
    leadsTo: reading?.leadsTo ?? 0,
    places: [],
    hints: [],
  };
}

function presentPage({
  parsed,
  places,
  hints,
}: NonNullable<Inspection['page']>): Omit<
  PageTest,
  keyof Pick<PageTest, 'url' | 'movedTo' | 'status' | 'problem' | 'credential'>
> {
  const [first] = parsed.items;
  const isArticle = parsed.role === 'article' && first !== undefined;
  const listed = isArticle ? [] : parsed.items;
  return {
    state: parsed.state,
    article: isArticle
      ? {
          title: first.title,
          publishedAt: first.publishedAt,
          text: first.text.replace(/\s+/g, ' ').slice(0, textShown),
          characters: first.text.length,
          attachments: first.attachments.map(({ name }) => name),
        }
      : null,
    items: listed.slice(0, itemsShown).map(({ title, publishedAt, url }) => ({ title, publishedAt, url })),
    itemCount: listed.length,
    others: 0,
    leadsTo: parsed.pages.length,
    places: (['title', 'body', 'rows'] as const).flatMap((what) => {
      const place = places[what];
      return place === undefined ? [] : [{ what, by: place.by, at: place.place }];
    }),
    hints: [...(parsed.reason === undefined ? [] : [parsed.reason]), ...hints],
  };
}
