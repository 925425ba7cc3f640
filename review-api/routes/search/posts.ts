import type { ReadExcerpt } from '../../../pipeline/commands/read-excerpts.ts';
import { searchPosts as search } from '../../../pipeline/commands/search-posts.ts';
import { maskText } from '../../../pipeline/domain/mask.ts';
import { storedText } from '../../../pipeline/domain/post.ts';
import { parseSearch, snippetOf } from '../../../pipeline/domain/search-words.ts';
import { getReader, type Handler } from '../../http/call.ts';

export const searchPosts: Handler<'searchPosts'> = async (call) => {
  const { q, purpose, limit, cursor = null, ...filter } = call.query;
  const { tokenise, directory } = call.deps;
  const { text, phrases, without, address } = parseSearch(q);
  const cut = async (typed: string) => (await tokenise(typed)).filter((word) => word.trim() !== '');
  const words = await cut([text, ...phrases].join(' '));
  const settings = await directory.settings();
  const channelIds = settings.channels.map(({ id }) => id);
  const reader = getReader(call);
  const page = await search(
    {
      ...{ words, phrases, address, channelIds, filter, purpose, limit, cursor },
      without: await cut(without.join(' ')),
    },
    reader,
    call.deps,
  );
  const items = page.items.map(({ post, excerpt, case: one }) => {
    const { id, kind, url, accessClass, publishedAt, publishedPrecision, marks, channelId } = post;
    const queue = one?.queues.find((each) => reader.rights.queues.includes(each)) ?? null;
    return {
      ...{ postId: id, postKind: kind, url, accessClass, publishedAt, publishedPrecision, marks },
      channel: directory.channel(settings, channelId),
      excerpt: presentSnippet(excerpt, [...phrases, ...words]),
      case: one === null ? null : { id: one.id, state: one.state, queue },
    };
  });
  return { items, nextCursor: page.nextCursor };
};

/** Around what was found, as this person sees it. */
function presentSnippet({ text, view, findings }: ReadExcerpt, words: readonly string[]): string | null {
  if (text === null || view === 'none') return null;
  const whole = storedText(text);
  return snippetOf(view === 'masked' ? maskText(whole, findings) : whole, words);
}
