import { searchPosts as search } from '../../../pipeline/commands/search-posts.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { presentExcerpt } from '../../present/excerpt.ts';

export const searchPosts: Handler<'searchPosts'> = async (call) => {
  const { q, purpose, limit, cursor = null } = call.query;
  const { tokenise, directory } = call.deps;
  const words = (await tokenise(q)).filter((word) => word.trim() !== '');
  const page = await search({ words, purpose, limit, cursor }, getReader(call), call.deps);
  const settings = await directory.settings();
  const items = page.items.map(({ post, excerpt }) => {
    const { id, kind, url, accessClass, publishedAt, publishedPrecision, marks, channelId } = post;
    return {
      ...{ postId: id, postKind: kind, url, accessClass, publishedAt, publishedPrecision, marks },
      channel: directory.channel(settings, channelId),
      excerpt: presentExcerpt(excerpt),
    };
  });
  return { items, nextCursor: page.nextCursor };
};
