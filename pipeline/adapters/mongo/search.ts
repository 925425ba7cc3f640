import { z } from 'zod';
import type { Post } from '../../domain/post.ts';
import type { AddressQuery } from '../../ports/desk-store.ts';
import type { Page } from '../../ports/page.ts';
import type { SearchQuery } from '../../ports/post-store.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { holdsAll } from './fresh-entries.ts';
import { type PostCollections, parsePostDocument } from './post-documents.ts';

const SearchCursor = z.tuple([z.string(), z.string()]);

/** Words as the index knows them: letters and digits without case, each once. Nothing else could be asked for. */
export function indexTokens(words: readonly string[]): string[] {
  const tokens = new Set<string>();
  for (const word of words) {
    for (const token of word.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []) tokens.add(token);
  }
  return [...tokens];
}

/** Class and expiry stand on the index entry, so that they are filtered before a hit counts; two round trips a page. */
export async function searchDocuments(at: PostCollections, query: SearchQuery): Promise<Page<Post>> {
  const after = query.cursor === null ? null : parseCursor(query.cursor, SearchCursor);
  const tokens = indexTokens(query.words);
  const without = indexTokens(query.without ?? []);
  if (tokens.length === 0) return { items: [], nextCursor: null };
  const hits = await at.index
    .find(
      {
        accessClass: { $in: [...query.accessClasses] },
        $and: [
          holdsAll(tokens),
          { $or: [{ expiresAt: null }, { expiresAt: { $gt: query.now } }] },
          ...(without.length === 0 ? [] : [{ tokens: { $nin: without } }, { fresh: { $nin: without } }]),
          ...(query.from === undefined ? [] : [{ sortAt: { $gte: query.from } }]),
          ...(query.to === undefined ? [] : [{ sortAt: { $lt: query.to } }]),
          ...(after === null ? [] : [olderThan(after)]),
        ],
      },
      { projection: { sortAt: 1 } },
    )
    .sort({ sortAt: -1, _id: -1 })
    .limit(query.limit + 1)
    .toArray();
  const shown = hits.slice(0, query.limit);
  const last = shown.at(-1);
  const more = hits.length > query.limit && last !== undefined;
  return {
    items: await findPosts(
      at,
      shown.map((hit) => hit._id),
    ),
    nextCursor: more ? encodeCursor([last.sortAt, last._id]) : null,
  };
}

function olderThan([sortAt, id]: z.infer<typeof SearchCursor>) {
  return { $or: [{ sortAt: { $lt: sortAt } }, { sortAt, _id: { $lt: id } }] };
}

/** The newest first of those that stand under one of the addresses, or the id of which begins so. */
export async function findByAddressDocuments(
  { posts }: Pick<PostCollections, 'posts'>,
  query: AddressQuery,
): Promise<Post[]> {
  const ways = [
    ...(query.urls.length === 0 ? [] : [{ url: { $in: [...query.urls] } }]),
    ...query.idPrefixes.map((prefix) => ({ _id: { $gte: prefix, $lt: `${prefix}\u{10ffff}` } })),
  ];
  if (ways.length === 0) return [];
  const found = await posts
    .find({
      accessClass: { $in: [...query.accessClasses] },
      $and: [{ $or: ways }, { $or: [{ expiresAt: null }, { expiresAt: { $gt: query.now } }] }],
    })
    .sort({ sortAt: -1, _id: -1 })
    .limit(query.limit)
    .toArray();
  return found.map(parsePostDocument);
}

/** In the order of `ids`. */
async function findPosts({ posts }: PostCollections, ids: readonly string[]): Promise<Post[]> {
  const found = await posts.find({ _id: { $in: [...ids] } }).toArray();
  const byId = new Map(found.map((document) => [document._id, document]));
  return ids.flatMap((id) => {
    const document = byId.get(id);
    return document === undefined ? [] : [parsePostDocument(document)];
  });
}
