import { parseFeed } from 'feedsmith';
import { z } from 'zod';

/** One entry of a feed of any kind, as written. Its authors are left where they are. */
export interface FeedEntry {
  /** The feed's own id for it; null where it gives none. */
  id: string | null;
  link: string | null;
  title: string;
  /** The longest text it gives, as markup or plain. */
  body: string;
  date: string | null;
  files: { name: string; url: string }[];
}

const text = z.string().optional().catch(undefined);
const texts = z.array(z.string()).optional().catch(undefined);
const Enclosures = z
  .array(z.object({ url: z.string() }))
  .optional()
  .catch(undefined);
const dublinCore = z.object({ date: text, dates: texts }).optional().catch(undefined);
const content = z.object({ encoded: text }).optional().catch(undefined);

const RssItem = z.object({
  title: text,
  link: text,
  description: text,
  guid: z.object({ value: text }).optional().catch(undefined),
  pubDate: text,
  dc: dublinCore,
  content,
  enclosures: Enclosures,
  rdf: z.object({ about: text }).optional().catch(undefined),
});
const textPart = z
  .union([z.string(), z.object({ value: text })])
  .optional()
  .catch(undefined);
const AtomEntry = z.object({
  id: text,
  title: textPart,
  content: textPart,
  summary: textPart,
  published: text,
  updated: text,
  links: z
    .array(z.object({ href: text, rel: text, title: text }))
    .optional()
    .catch(undefined),
});
const JsonItem = z.object({
  id: text,
  url: text,
  title: text,
  content_html: text,
  content_text: text,
  date_published: text,
  attachments: Enclosures,
});

function longest(...candidates: (string | undefined)[]): string {
  return candidates.reduce<string>(
    (best, one) => ((one ?? '').length > best.length ? (one ?? '') : best),
    '',
  );
}

function filesOf(enclosures: { url: string }[] | undefined): FeedEntry['files'] {
  return (enclosures ?? []).map(({ url }) => ({ name: nameInAddress(url), url }));
}

function nameInAddress(url: string): string {
  const last = url.split(/[?#]/)[0]?.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function fromRss(item: unknown): FeedEntry {
  const { title, link, description, guid, pubDate, dc, content: full, enclosures, rdf } = RssItem.parse(item);
  return {
    id: guid?.value ?? rdf?.about ?? null,
    link: link ?? null,
    title: title ?? '',
    body: longest(full?.encoded, description),
    date: pubDate ?? dc?.date ?? dc?.dates?.[0] ?? null,
    files: filesOf(enclosures),
  };
}

function plainOf(part: string | { value?: string | undefined } | undefined): string | undefined {
  return typeof part === 'object' ? part.value : part;
}

function fromAtom(item: unknown): FeedEntry {
  const { id, title, content: full, summary, published, updated, links = [] } = AtomEntry.parse(item);
  const main = links.find(({ rel }) => rel === undefined || rel === 'alternate');
  const files = links.flatMap(({ rel, href, title: name }) =>
    rel === 'enclosure' && href !== undefined ? [{ name: name ?? nameInAddress(href), url: href }] : [],
  );
  return {
    id: id ?? null,
    link: main?.href ?? null,
    title: plainOf(title) ?? '',
    body: longest(plainOf(full), plainOf(summary)),
    date: published ?? updated ?? null,
    files,
  };
}

function fromJson(item: unknown): FeedEntry {
  const { id, url, title, content_html, content_text, date_published, attachments } = JsonItem.parse(item);
  return {
    id: id ?? null,
    link: url ?? null,
    title: title ?? '',
    body: longest(content_html, content_text),
    date: date_published ?? null,
    files: filesOf(attachments),
  };
}

/** A declaration that is not at the very start, controls that XML forbids, and bare ampersands: mended, as feeds have them. */
function mend(written: string): string {
  const start = written.search(/[<{]/);
  return written
    .slice(Math.max(start, 0))
    .replace(/(?![\t\n\r])\p{Cc}/gu, '')
    .replace(/&(?!(?:[a-z][a-z0-9]{1,31}|#\d{1,7}|#x[0-9a-f]{1,6});)/gi, '&amp;');
}

/**
 * @param written decoded
 * @returns null for what is no feed
 */
export function readFeedEntries(written: string): FeedEntry[] | null {
  const mended = written.trimStart().startsWith('{') ? written.trim() : mend(written);
  try {
    const { format, feed } = parseFeed(mended);
    if (format === 'atom') return (feed.entries ?? []).map(fromAtom);
    if (format === 'json') return (feed.items ?? []).map(fromJson);
    return (feed.items ?? []).map(fromRss);
  } catch {
    return null;
  }
}
