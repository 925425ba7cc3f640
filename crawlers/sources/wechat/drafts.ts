import type { z } from 'zod';
import type { WechatChannel } from '../../../pipeline/domain/channel.ts';
import { PageChanged, Permanent } from '../../../pipeline/domain/errors.ts';
import type {
  WechatDraftLine,
  WechatDrafts,
  WechatDraftText,
} from '../../../pipeline/ports/wechat-drafts.ts';
import { addDraft } from './add-draft.ts';
import { ArticleBody, DraftBody } from './api-bodies.ts';
import { instant } from './api-items.ts';
import { askInterface, type InterfaceCall, type InterfacePorts } from './ask-interface.ts';
import { apiOrigin } from './calls.ts';
import { asToldToWriters } from './told-errors.ts';

const pageSize = 20;

const ask = async <T extends z.ZodType>(
  ports: InterfacePorts,
  channel: WechatChannel,
  { path, fields, answer }: { path: InterfaceCall['path']; fields: object; answer: T },
): Promise<z.output<T>> => {
  const json = await askInterface(ports, channel, {
    path,
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify(fields),
  });
  const read = answer.safeParse(json);
  if (!read.success) throw new PageChanged(`${apiOrigin}${path}`, 'the draft box answers in another form');
  return read.data;
};

async function list(ports: InterfacePorts, channel: WechatChannel, offset: number) {
  const fields = { offset, count: pageSize, no_content: 1 };
  const body = await ask(ports, channel, { path: '/cgi-bin/draft/batchget', fields, answer: DraftBody });
  const items = body.item.flatMap(({ media_id: mediaId, content, update_time }) =>
    content.news_item.map(
      ({ title }, index): WechatDraftLine => ({
        ...{ mediaId, index, title },
        changedAt: instant(update_time ?? content.update_time),
      }),
    ),
  );
  const next = offset + body.item.length;
  return {
    items,
    total: body.total_count,
    nextOffset: next < body.total_count && body.item.length > 0 ? next : null,
  };
}

async function find(
  ports: InterfacePorts,
  channel: WechatChannel,
  { mediaId, index }: { mediaId: string; index: number },
): Promise<WechatDraftText | null> {
  const fields = { media_id: mediaId };
  try {
    const body = await ask(ports, channel, { path: '/cgi-bin/draft/get', fields, answer: ArticleBody });
    const news = body.news_item[index];
    return news === undefined ? null : { title: news.title.trim(), html: news.content };
  } catch (error) {
    // The platform knows no such draft (any more).
    if (error instanceof Permanent && error.message.includes('(40007)')) return null;
    throw error;
  }
}

/** @param portsOf how one account is asked, with the token that it was lent */
export function openWechatDrafts(portsOf: (channel: WechatChannel) => InterfacePorts): WechatDrafts {
  return {
    list: (channel, offset) => asToldToWriters(channel, () => list(portsOf(channel), channel, offset)),
    find: (channel, mediaId, index) =>
      asToldToWriters(channel, () => find(portsOf(channel), channel, { mediaId, index })),
    add: (channel, draft) => asToldToWriters(channel, () => addDraft(portsOf(channel), channel, draft)),
  };
}
