import type { AccessClass } from '../domain/access-class.ts';
import type { Actor, Case } from '../domain/case.ts';
import { type CaseStateFilter, statesOf } from '../domain/case-filter.ts';
import { InvalidInput } from '../domain/errors.ts';
import { type Post, PostKind, storedText } from '../domain/post.ts';
import type { Rights } from '../domain/role.ts';
import { holdsPhrases } from '../domain/search-words.ts';
import type { Page, PageRequest } from '../ports/page.ts';
import { type FindPorts, searchableClasses } from './list-cases.ts';
import { type ReadExcerpt, readExcerpts } from './read-excerpts.ts';

export interface SearchRequest extends PageRequest {
  /** Already cut into words, those of the phrases too. */
  words: readonly string[];
  phrases: readonly string[];
  without: readonly string[];
  /** An address or an id, which finds its post too. */
  address: string | null;
  /** Of the register, for ids as platforms have them. */
  channelIds: readonly string[];
  filter: {
    channelId?: string | undefined;
    kind?: PostKind | undefined;
    from?: string | undefined;
    to?: string | undefined;
    /** Of its newest case; `none` for what has none. */
    state?: CaseStateFilter | 'none' | undefined;
  };
  purpose: string;
}

export interface FoundPost {
  post: Post;
  excerpt: ReadExcerpt;
  /** Its newest case, where that may be seen. */
  case: Case | null;
}

type Reader = { actor: Actor; rights: Rights };

const maxWords = 20;
/** Pages of the index that are looked through for one page of hits, where few of them are left by the filter. */
const mostPages = 5;
const pageOfIndex = 50;

/** The hit is on an earlier version; nobody knows yet what class the newest one has. */
const notYetJudged: ReadExcerpt = { text: null, view: 'none', findings: [] };

/**
 * Posts in which every word and every phrase occurs, and nothing that is left out. Only what the person sees in full is searched: a
 * hit on a masked text would give away what the mask hides. Each text shown is in the read log, with its purpose, before this
 * returns. A page may hold fewer than the limit, or none, and still go on.
 * @throws InvalidInput (`q`)
 */
export async function searchPosts(
  request: SearchRequest,
  reader: Reader,
  ports: FindPorts,
): Promise<Page<FoundPost>> {
  const words = [...new Set(request.words)];
  if (words.length === 0 && request.address === null) {
    throw new InvalidInput('q', '没有可以查找的词。', '请输入词语，标点和空格不算。');
  }
  if (words.length > maxWords) throw new InvalidInput('q', `一次最多查找 ${maxWords} 个词。`);
  const accessClasses = searchableClasses(reader.rights);
  const sight = { accessClasses, now: ports.clock.now() };
  const addressed = request.cursor === null ? await findAddressed(request, sight, ports) : [];
  const found =
    addressed.length > 0
      ? { items: addressed, nextCursor: null }
      : await findByWords(request, words, sight, ports);
  return { items: await present(found.items, request, reader, ports), nextCursor: found.nextCursor };
}

interface Sight {
  accessClasses: readonly AccessClass[];
  now: string;
}
interface Hit {
  post: Post;
  case: Case | null;
}

/** What stands under the address, or has the id. */
async function findAddressed(
  { address, channelIds, limit, filter }: SearchRequest,
  sight: Sight,
  ports: FindPorts,
): Promise<Hit[]> {
  if (address === null) return [];
  const isUrl = /^https?:\/\//iu.test(address);
  const bare = address.replace(/[#].*$/u, '').replace(/\/$/u, '');
  const kinds = PostKind.options;
  const ofPlatform = () =>
    channelIds.flatMap((channel) => kinds.map((kind) => `${channel}:${kind}:${address}`));
  const posts = await ports.stores.desk.findByAddress({
    urls: isUrl ? [...new Set([address, bare, `${bare}/`])] : [],
    idPrefixes: isUrl ? [] : address.includes(':') ? [address] : ofPlatform(),
    ...{ ...sight, limit },
  });
  return keepMatching(posts, filter, sight, ports);
}

async function findByWords(
  request: SearchRequest,
  words: readonly string[],
  sight: Sight,
  ports: FindPorts,
): Promise<Page<Hit>> {
  const { limit, filter, phrases, without } = request;
  const { from, to } = filter;
  const items: Hit[] = [];
  let { cursor } = request;
  if (words.length === 0) return { items, nextCursor: null };
  const narrows =
    phrases.length > 0 ||
    filter.channelId !== undefined ||
    filter.kind !== undefined ||
    filter.state !== undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await ports.stores.posts.search({
      ...{ ...sight, words, without, cursor },
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      // No more than fit: what follows the last one shown begins the next page.
      limit: narrows ? Math.min(pageOfIndex, limit - items.length) : limit - items.length,
    });
    const spoken = await keepPhrases(page.items, phrases, sight, ports);
    items.push(...(await keepMatching(spoken, filter, sight, ports)));
    cursor = page.nextCursor;
    if (cursor === null || items.length >= limit) break;
  }
  return { items, nextCursor: cursor };
}

/** The index knows words, not their order: the text itself is asked. Nobody is shown it here. */
async function keepPhrases(
  posts: readonly Post[],
  phrases: readonly string[],
  { accessClasses }: Sight,
  { stores }: FindPorts,
): Promise<Post[]> {
  if (phrases.length === 0) return [...posts];
  const kept: Post[] = [];
  for (const post of posts) {
    const text = await stores.posts.findText(post.id, { textVersion: post.textVersion, accessClasses });
    if (text !== null && holdsPhrases(storedText(text), phrases)) kept.push(post);
  }
  return kept;
}

async function keepMatching(
  posts: readonly Post[],
  { channelId, kind, from, to, state }: SearchRequest['filter'],
  { accessClasses }: Sight,
  { stores }: FindPorts,
): Promise<Hit[]> {
  const shown = (post: Post) => post.publishedAt ?? post.gatheredAt;
  const kept = posts.filter(
    (post) =>
      (channelId === undefined || post.channelId === channelId) &&
      (kind === undefined || post.kind === kind) &&
      (from === undefined || shown(post) >= from) &&
      (to === undefined || shown(post) < to),
  );
  const cases = await stores.desk.findNewestCases(
    kept.map(({ id }) => id),
    { accessClasses },
  );
  const hits = kept.map((post) => ({ post, case: cases.get(post.id) ?? null }));
  if (state === undefined) return hits;
  if (state === 'none') return hits.filter((hit) => hit.case === null);
  return hits.filter((hit) => hit.case !== null && statesOf(state).includes(hit.case.state));
}

async function present(
  hits: readonly Hit[],
  { purpose }: SearchRequest,
  { actor, rights }: Reader,
  ports: FindPorts,
): Promise<FoundPost[]> {
  const accessClasses = searchableClasses(rights);
  const reader = { actor, rights: { ...rights, accessClasses }, purpose, always: true };
  const judged = hits.map(({ post }) => post).filter(({ state }) => state === 'judged');
  const wanted = judged.map((post) => ({ post, textVersion: post.textVersion, caseId: null }));
  const excerpts = await readExcerpts(wanted, reader, ports);
  return hits.map((hit) => ({ ...hit, excerpt: excerpts[judged.indexOf(hit.post)] ?? notYetJudged }));
}
