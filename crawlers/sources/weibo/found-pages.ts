import type { FoundPage } from '../../source.ts';
import type { ParsedItem } from '../parsed.ts';
import { addressOf } from './calls.ts';
import { instantOfId } from './id-time.ts';
import { priorityOf } from './plan-calls.ts';
import type { Reading } from './reading.ts';

export function statusAddress(id: string, { scope }: Reading): string {
  return scope.channel.door === 'open-platform' ? addressOf.platformStatus(id) : addressOf.status(id);
}

/** What is said under a status, once anything is; nothing while comments are not gathered. */
export function commentPages({ id, metrics, publishedAt }: ParsedItem, { scope }: Reading): FoundPage[] {
  const comments = metrics.comments ?? 0;
  if (comments === 0 || scope.commentsOff !== null) return [];
  const onPlatform = scope.channel.door === 'open-platform';
  const url = onPlatform ? addressOf.platformComments(id) : addressOf.hotComments(id);
  const published = instantOfId(id) ?? publishedAt ?? scope.now;
  return [{ url, role: 'comments', pageNumber: 0, priority: priorityOf({ published, comments }, scope.now) }];
}
