import type { SourceChannel } from '../../pipeline/domain/channel.ts';
import { Permanent } from '../../pipeline/domain/errors.ts';
import type { Source } from '../source.ts';
import { feedSource } from './feed/source.ts';
import { wechatSource } from './wechat/source.ts';

type Sources = { [K in SourceChannel['kind']]?: Source<Extract<SourceChannel, { kind: K }>> };

const sources: Sources = { feed: feedSource, wechat: wechatSource };

/** What a channel is read by. A source is given channels of its own kind only. */
export function sourceOf(channel: SourceChannel): Source<SourceChannel> {
  const source = sources[channel.kind];
  if (source === undefined) throw new Permanent(`nothing reads channels of the kind ${channel.kind}`);
  return source as unknown as Source<SourceChannel>;
}
