import type { Actor } from '../domain/case.ts';
import { InvalidInput } from '../domain/errors.ts';
import type { Post } from '../domain/post.ts';
import type { Rights } from '../domain/role.ts';
import type { Page, PageRequest } from '../ports/page.ts';
import type { CasePorts } from './open-case.ts';
import { type ReadExcerpt, readExcerpts } from './read-excerpts.ts';

export interface SearchRequest extends PageRequest {
  /** Already cut into words. */
  words: readonly string[];
  purpose: string;
}

export interface FoundPost {
  post: Post;
  excerpt: ReadExcerpt;
}

const maxWords = 20;

/** The hit is on an earlier version; nobody knows yet what class the newest one has. */
const notYetJudged: ReadExcerpt = { text: null, view: 'none', findings: [] };

/**
 * Posts in which every word occurs. Only what the person sees in full is searched: a hit on a masked text would give away
 * what the mask hides. Each text shown is in the read log, with its purpose, before this returns.
 * @throws InvalidInput (`q`)
 */
export async function searchPosts(
  request: SearchRequest,
  { actor, rights }: { actor: Actor; rights: Rights },
  ports: CasePorts,
): Promise<Page<FoundPost>> {
  const words = [...new Set(request.words)];
  if (words.length === 0) throw new InvalidInput('q', '没有可以查找的词。', '请输入词语，标点和空格不算。');
  if (words.length > maxWords) throw new InvalidInput('q', `一次最多查找 ${maxWords} 个词。`);
  const accessClasses = rights.accessClasses.filter((access) => rights.view[access] === 'full');
  const { cursor, limit, purpose } = request;
  const page = await ports.stores.posts.search({
    words,
    accessClasses,
    now: ports.clock.now(),
    cursor,
    limit,
  });
  const reader = { actor, rights: { ...rights, accessClasses }, purpose, always: true };
  const judged = page.items.filter((post) => post.state === 'judged');
  const wanted = judged.map((post) => ({ post, textVersion: post.textVersion, caseId: null }));
  const excerpts = await readExcerpts(wanted, reader, ports);
  const items = page.items.map((post) => ({ post, excerpt: excerpts[judged.indexOf(post)] ?? notYetJudged }));
  return { items, nextCursor: page.nextCursor };
}
