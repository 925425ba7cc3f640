import { GatheredPost } from '../../pipeline/domain/post.ts';
import { voices } from './content/voices.ts';

/**
 * The voices as a connector would hand them over, dated back from now.
 * `channels` names the channel ids that comments and leads are stored under.
 */
export function buildVoicePosts(now: Date, channels: { comments: string; leads: string }): GatheredPost[] {
  return voices.map((voice) =>
    GatheredPost.parse({
      channelId: voice.kind === 'lead' ? channels.leads : channels.comments,
      kind: voice.kind,
      externalId: voice.key,
      url: '',
      parentId: voice.under ?? null,
      rootId: voice.under ?? null,
      title: '',
      text: voice.text,
      publishedAt: new Date(now.getTime() - voice.hoursAgo * 3_600_000).toISOString(),
      publishedPrecision: 'second',
      metrics: {},
      links: [],
      attachments: [],
    }),
  );
}
