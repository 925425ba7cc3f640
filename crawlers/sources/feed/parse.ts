import { createHash } from 'node:crypto';
import { maskMentions } from '../../../pipeline/domain/mentions.ts';
import { maskAccountAddresses } from '../account-addresses.ts';
import { noAnswer, type ParsedItem, type ParsedResponse } from '../parsed.ts';
import { decodePage } from '../site/decode.ts';
import { externalIdOf, resolveLink } from '../site/keys.ts';
import { textOf } from '../site/text-of.ts';
import { type Element, parseTree } from '../site/tree.ts';
import { readFeedDate } from './feed-date.ts';
import { type FeedEntry, readFeedEntries } from './feed-entries.ts';

export interface FeedBytes {
  bytes: Uint8Array;
  contentType: string | null;
  /** Where it was fetched: relative links are resolved against it. Null for a file of unknown origin. */
  url: string | null;
  fetchedAt: string;
  /** What its entries are. */
  kind: 'article' | 'status';
}

const markup = /<\/?[a-z][^<>]*>|&(?:[a-z]+|#\d+|#x[0-9a-f]+);/i;

interface Body {
  text: string;
  links: string[];
}

/** Markup as a reader sees it. What was escaped twice is markup still after one reading. */
function readBody(written: string, base: string | null, depth = 0): Body {
  if (!markup.test(written)) return { text: written.trim(), links: [] };
  const tree = parseTree(`<body>${written}</body>`);
  const [root] = tree.$('body').get() as Element[];
  if (root === undefined) return { text: '', links: [] };
  const text = textOf(root);
  if (depth === 0 && /<\/?(?:p|div|br|span|img|a)\b[^<>]*>/i.test(text)) return readBody(text, base, 1);
  const links = tree
    .$('a[href]')
    .get()
    .map((one) => resolveLink(tree.$(one).attr('href'), base))
    .filter((link): link is string => link !== null && /^https?:/.test(link))
    // A mention is a link to somebody's page.
    .filter((link) => maskAccountAddresses(link) === link);
  return { text, links: [...new Set(links)] };
}

function maskNames(text: string): string {
  return maskMentions(maskAccountAddresses(text));
}

/** The feed's own id, else the address, else what it says and when: the same entry is the same whenever it is met. */
function idOf(entry: FeedEntry, url: string): string {
  const { id } = entry;
  if (id !== null && id.trim() !== '' && !/^https?:/.test(id)) return id.trim().slice(0, 300);
  const address = url === '' ? (id ?? '') : url;
  if (address !== '') return externalIdOf(address, { newsId: null, articleId: null });
  const said = createHash('sha256').update(`${entry.title}\n${entry.date ?? ''}\n${entry.body}`);
  return `said:${said.digest('hex').slice(0, 24)}`;
}

function readEntry(entry: FeedEntry, feed: FeedBytes): ParsedItem {
  const permalink = /^https?:/.test(entry.id ?? '') ? entry.id : null;
  const url = resolveLink((entry.link ?? permalink ?? '').trim() || undefined, feed.url) ?? '';
  const { text, links } = readBody(entry.body, url === '' ? feed.url : url);
  const date = readFeedDate(entry.date, feed.fetchedAt);
  return {
    kind: feed.kind,
    id: idOf(entry, url),
    url,
    title: maskNames(readBody(entry.title, null).text.replace(/\s+/g, ' ')),
    text: maskNames(text),
    publishedAt: date?.publishedAt ?? null,
    publishedPrecision: date?.precision ?? null,
    parentId: null,
    rootId: null,
    official: true,
    metrics: {},
    links,
    attachments: entry.files.flatMap(({ name, url: file }) => {
      const address = resolveLink(file, feed.url);
      return address === null ? [] : [{ name, url: address }];
    }),
    traits: {},
  };
}

/** RSS of any version, RDF, Atom or JSON Feed, in any encoding. Authors are dropped. Pure; never throws. */
export function parseFeedBytes(feed: FeedBytes): ParsedResponse {
  const { html: written } = decodePage(feed.bytes, feed.contentType);
  if (written.trim() === '') return noAnswer('unknown-page', 'an empty answer');
  const entries = readFeedEntries(written);
  if (entries === null) {
    const isPage = /<!doctype html|<html[\s>]/i.test(written.slice(0, 2000));
    return noAnswer('unknown-page', isPage ? 'a web page and no feed' : 'the answer is no feed');
  }
  const items = entries.map((entry) => readEntry(entry, feed));
  const known = new Map(items.map((item) => [item.id, item]));
  return {
    state: items.length === 0 ? 'empty' : 'ok',
    items: [...known.values()],
    next: null,
    total: null,
    objected: 0,
  };
}
