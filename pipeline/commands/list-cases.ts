import type { Actor, Case } from '../domain/case.ts';
import { NotPermitted } from '../domain/errors.ts';
import type { Post } from '../domain/post.ts';
import type { Rights } from '../domain/role.ts';
import type { QueueQuery } from '../ports/case-store.ts';
import type { Page } from '../ports/page.ts';
import type { CasePorts } from './open-case.ts';
import { type ReadExcerpt, readExcerpts } from './read-excerpts.ts';

export interface ListedCase {
  case: Case;
  post: Post;
  excerpt: ReadExcerpt;
}

/**
 * One page of one's own queue.
 * @throws NotPermitted for a queue that is not one's own; InvalidInput for a cursor of another listing
 */
export async function listCases(
  query: Omit<QueueQuery, 'accessClasses'>,
  { actor, rights }: { actor: Actor; rights: Rights },
  ports: CasePorts,
): Promise<Page<ListedCase>> {
  if (!rights.queues.includes(query.queue)) throw new NotPermitted('这不是您的队列。');
  const { accessClasses } = rights;
  const page = await ports.stores.cases.listQueue({ ...query, accessClasses });
  const listed: { case: Case; post: Post }[] = [];
  for (const one of page.items) {
    const post = await ports.stores.posts.findPost(one.postIds[0] ?? '');
    if (post !== null) listed.push({ case: one, post });
  }
  const reader = { actor, rights, purpose: '浏览队列', always: false };
  const wanted = listed.map(({ case: { id, textVersion }, post }) => ({ post, textVersion, caseId: id }));
  const excerpts = await readExcerpts(wanted, reader, ports);
  const items = listed.flatMap((one, index) => {
    const excerpt = excerpts[index];
    return excerpt === undefined ? [] : [{ ...one, excerpt }];
  });
  return { items, nextCursor: page.nextCursor };
}
