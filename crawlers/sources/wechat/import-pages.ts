import { gunzipSync } from 'node:zlib';
import { type StoreGatheredPorts, storeGathered } from '../../../pipeline/commands/store-gathered.ts';
import type { WechatChannel } from '../../../pipeline/domain/channel.ts';
import { InvalidInput } from '../../../pipeline/domain/errors.ts';
import type { LedgerStore } from '../../../pipeline/ports/ledger-store.ts';
import type { StoreOutcome } from '../../../pipeline/ports/post-store.ts';
import { type ParsedItem, toGatheredPost } from '../parsed.ts';
import { decodePage } from '../site/decode.ts';
import type { ArticleIds } from './address.ts';
import { readArticlePage } from './article-page.ts';
import { commentsAddress } from './calls.ts';
import { priorityOf } from './reading.ts';

export interface SavedPage {
  name: string;
  bytes: Uint8Array;
}

export interface ImportPorts extends StoreGatheredPorts {
  stores: StoreGatheredPorts['stores'] & { ledger: Pick<LedgerStore, 'discover'> };
}

export type PageReport = Record<StoreOutcome, number>;

interface SavedArticle {
  item: ParsedItem;
  ids: ArticleIds;
  sn: string;
}

const largestPageBytes = 64 * 1024 * 1024;

function unpacked({ name, bytes }: SavedPage): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: largestPageBytes });
  } catch {
    throw new InvalidInput('file', `${name} cannot be unpacked.`);
  }
}

/** Nothing of a page of another account is taken (R1). @throws InvalidInput that names the file, never what stands in it */
function readSaved({ name, bytes }: SavedPage, { biz }: WechatChannel): SavedArticle {
  const { html } = decodePage(unpacked({ name, bytes }));
  const { response, ids, sn } = readArticlePage(html, null);
  const [item] = response.items;
  if (item === undefined) {
    throw new InvalidInput('file', `${name} holds no article: ${response.reason ?? response.state}.`);
  }
  if (ids === null) {
    const hint =
      'save it in a browser as a complete web page, or as HTML only; not what a reading mode shows';
    throw new InvalidInput('file', `${name} does not say which article it is.`, hint);
  }
  if (ids.biz !== biz) {
    throw new InvalidInput('file', `${name} is an article of another account than this channel’s.`);
  }
  return { item, ids, sn };
}

/**
 * Articles of the own account whose pages a person saved: what no interface lists. All or nothing; their comments are asked for in
 * the next run, where the channel has the interface.
 * @throws InvalidInput; then nothing was stored
 */
export async function importWechatPages(
  ports: ImportPorts,
  channel: WechatChannel,
  pages: readonly SavedPage[],
): Promise<PageReport> {
  const articles = pages.map((page) => readSaved(page, channel));
  const posts = articles.map(({ item }) => ({ post: toGatheredPost(item, channel.id), snapshotHash: null }));
  const report: PageReport = { created: 0, edited: 0, unchanged: 0 };
  for (const outcome of await storeGathered(ports, posts)) report[outcome] += 1;
  if (channel.appId === undefined || !channel.comments) return report;
  const at = ports.clock.now();
  const comments = articles.map(({ item, ids, sn }) => ({
    url: commentsAddress(ids, { sn, publishedAt: item.publishedAt }, 0),
    role: 'comments' as const,
    pageNumber: 0,
    priority: priorityOf(item.publishedAt, at),
  }));
  await ports.stores.ledger.discover(channel.id, comments, at);
  return report;
}
