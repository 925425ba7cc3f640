import type { Channel, CrawledChannel } from './channel.ts';
import type { CredentialFacts, CredentialKind } from './credential.ts';

/** On trial or live, and not one whose items a person brings. */
export function isCrawled(channel: Channel): channel is CrawledChannel {
  if (channel.kind === 'manual' || (channel.kind === 'weibo' && channel.door === 'import')) return false;
  return channel.state === 'trial' || channel.state === 'live';
}

/**
 * Crawled, and its source says what there is: so it can be known whether something was missed. Of an official account without its
 * interface only pasted addresses are read.
 */
export function isWatchedWhole(channel: Channel): channel is CrawledChannel {
  return isCrawled(channel) && !(channel.kind === 'wechat' && channel.appId === undefined);
}

/**
 * Whether what a list shows no longer can still be paged back to. A feed shows its newest entries, the Open Platform an ordinary app
 * the newest few: what ran over between two looks is lost, and a person must import it.
 */
export function pagesBack(channel: CrawledChannel): boolean {
  return channel.kind !== 'feed' && !(channel.kind === 'weibo' && channel.door === 'open-platform');
}

/** What a person must have given before a channel can be read; null for nothing. */
export function neededCredential(channel: CrawledChannel): CredentialKind | null {
  switch (channel.kind) {
    case 'weibo':
      return channel.door === 'open-platform'
        ? 'weibo-oauth'
        : channel.door === 'mobile'
          ? 'weibo-cookie'
          : null;
    case 'wechat':
      return channel.appId === undefined ? null : 'wechat-app';
    case 'site':
    case 'feed':
      return null;
    default:
      return channel satisfies never;
  }
}

/** When a person gave the credential that a channel needs; null where there is none that the platform would take. */
export function findSavedAt(channel: CrawledChannel, known: readonly CredentialFacts[]): string | null {
  const needed = neededCredential(channel);
  return known.find(({ kind, state }) => kind === needed && state === 'ok')?.savedAt ?? null;
}

/** Who keeps a channel's credential and looks at its account. */
export function keeperOf({ responsible, unit }: Pick<CrawledChannel, 'responsible' | 'unit'>): string {
  return responsible ?? unit;
}
