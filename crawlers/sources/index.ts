import type { SourceChannel } from '../../pipeline/domain/channel.ts';
import type { Source } from '../source.ts';
import { feedSource } from './feed/source.ts';
import { wechatSource } from './wechat/source.ts';
import { weiboSource } from './weibo/source.ts';

type ChannelOf<K> = Extract<SourceChannel, { kind: K }>;
type Sources = { [K in SourceChannel['kind']]: (channel: ChannelOf<K>) => Source<ChannelOf<K>> };

const sources: Sources = { feed: () => feedSource, wechat: () => wechatSource, weibo: weiboSource };

/** What a channel is read by. A source is given channels of its own kind only. */
export function sourceOf(channel: SourceChannel): Source<SourceChannel> {
  const source = sources[channel.kind] as (channel: SourceChannel) => unknown;
  return source(channel) as Source<SourceChannel>;
}
