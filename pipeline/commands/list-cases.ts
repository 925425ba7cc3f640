import type { AccessClass } from '../domain/access-class.ts';
import type { Actor, Case } from '../domain/case.ts';
import type { CaseSort } from '../domain/case-filter.ts';
import { NotPermitted } from '../domain/errors.ts';
import type { Post } from '../domain/post.ts';
import type { Rights } from '../domain/role.ts';
import type { FacetCounts, FilteredQuery } from '../ports/desk-store.ts';
import type { Stores } from '../ports/index.ts';
import type { Page, PageRequest } from '../ports/page.ts';
import type { CasePorts } from './open-case.ts';
import { type ReadExcerpt, readExcerpts } from './read-excerpts.ts';

export interface ListedCase {
  case: Case;
  post: Post;
  excerpt: ReadExcerpt;
}

export interface FindPorts extends CasePorts {
  stores: CasePorts['stores'] & Pick<Stores, 'desk'>;
}

/** What a person asks for: whose eyes see what is added here. */
export type FindRequest = Pick<FilteredQuery, 'queue' | 'states' | 'filter' | 'due'> & {
  /** Already cut into the words of the index; empty for any. */
  words: readonly string[];
};

type Reader = { actor: Actor; rights: Rights };

/** Only what a person sees in full is searched: a hit on a masked text would give away what the mask hides. */
export function searchableClasses({ accessClasses, view }: Rights): AccessClass[] {
  return accessClasses.filter((access) => view[access] === 'full');
}

/** @throws NotPermitted for a queue that is not one's own */
function buildQuery(request: FindRequest, { actor, rights }: Reader, { clock }: FindPorts): FilteredQuery {
  if (!rights.queues.includes(request.queue)) throw new NotPermitted('这不是您的队列。');
  const { words, ...asked } = request;
  const unique = [...new Set(words)];
  return {
    ...asked,
    accessClasses: rights.accessClasses,
    words: unique.length === 0 ? null : { words: unique, accessClasses: searchableClasses(rights) },
    reader: { actorId: actor.id, now: clock.now() },
  };
}

/**
 * One page of one's own queue.
 * @throws NotPermitted for a queue that is not one's own; InvalidInput for a cursor of another listing
 */
export async function listCases(
  request: FindRequest & PageRequest & { sort: CaseSort },
  reader: Reader,
  ports: FindPorts,
): Promise<Page<ListedCase>> {
  const { sort, cursor, limit, ...asked } = request;
  const query = buildQuery(asked, reader, ports);
  const page = await ports.stores.desk.listFiltered({ ...query, sort, cursor, limit });
  const posts = await ports.stores.desk.loadPosts(page.items.map(({ postIds }) => postIds[0] ?? ''));
  const listed = page.items.flatMap((one) => {
    const post = posts.get(one.postIds[0] ?? '');
    return post === undefined ? [] : [{ case: one, post }];
  });
  const purpose = request.words.length === 0 ? '浏览队列' : '在队列中查找';
  const wanted = listed.map(({ case: { id, textVersion }, post }) => ({ post, textVersion, caseId: id }));
  const excerpts = await readExcerpts(wanted, { ...reader, purpose, always: false }, ports);
  const items = listed.flatMap((one, index) => {
    const excerpt = excerpts[index];
    return excerpt === undefined ? [] : [{ ...one, excerpt }];
  });
  return { items, nextCursor: page.nextCursor };
}

/** How many of what stands in one's own queue, as the same question leaves it. @throws NotPermitted */
export async function countFacets(
  request: FindRequest,
  reader: Reader,
  ports: FindPorts,
): Promise<FacetCounts> {
  return ports.stores.desk.countFacets(buildQuery(request, reader, ports));
}
