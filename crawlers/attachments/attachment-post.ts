import { maskMentions } from '../../pipeline/domain/mentions.ts';
import { type Attachment, type GatheredPost, type Post, postId } from '../../pipeline/domain/post.ts';
import type { Extraction } from '../../pipeline/extract/extraction.ts';
import { ledgerKey } from '../ledger.ts';
import { describeUnreadForReviewer } from './unread-words.ts';

/** What an attachment's own id begins with, so that it is never taken for an article. */
const prefix = 'attachment:';

/**
 * The same file under the same id, whatever session or viewer its address was met with: VSB names a file by number, other systems by
 * path and query.
 */
function attachmentId(address: string): string {
  const url = new URL(ledgerKey(address));
  const number = url.searchParams.get('wbfileid');
  if (number !== null && /download\.jsp$/i.test(url.pathname))
    return `${prefix}${url.host}:wbfileid:${number}`;
  url.searchParams.delete('e');
  return `${prefix}${url.host}${url.pathname}${url.search}`;
}

export function attachmentPostId(channelId: string, address: string): string {
  return postId({ channelId, kind: 'article', externalId: attachmentId(address) });
}

/** The article that offers a file, as far as the store still knows it. */
export interface Offer {
  parent: Pick<Post, 'externalId' | 'publishedAt' | 'publishedPrecision'> | null;
  /** What the article calls it. */
  name: string;
}

/** What the article calls a file; its address says the rest. */
export function nameOf(address: string, attachments: readonly Attachment[]): string {
  const id = attachmentId(address);
  const offered = attachments.find(({ url }) => URL.canParse(url) && attachmentId(url) === id);
  if (offered !== undefined && offered.name !== '') return offered.name;
  const path = new URL(address).pathname;
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A file as a post of its own under the article that offers it; kept as long as one. */
export function buildAttachmentPost(
  from: { channelId: string; url: string; offer: Offer },
  extraction: Extraction,
): GatheredPost {
  const { parent, name } = from.offer;
  const notes = extraction.notes.length === 0 ? '' : `【文件说明：${extraction.notes.join('；')}】`;
  const lines = [notes, extraction.text, describeUnreadForReviewer(extraction.unread)];
  return {
    channelId: from.channelId,
    kind: 'article',
    externalId: attachmentId(from.url),
    url: from.url,
    parentId: parent?.externalId ?? null,
    rootId: parent?.externalId ?? null,
    title: maskMentions(`附件：${name}`),
    text: maskMentions(lines.filter((line) => line !== '').join('\n')),
    publishedAt: parent?.publishedAt ?? null,
    publishedPrecision: parent?.publishedPrecision ?? null,
    metrics: {},
    links: [],
    attachments: [],
  };
}
