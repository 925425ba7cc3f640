import type { Actor } from '../domain/case.ts';
import type { PassedAs } from '../domain/passed.ts';
import type { Post } from '../domain/post.ts';
import type { RaiseCommand } from '../domain/raising.ts';
import type { Rights } from '../domain/role.ts';
import { shanghaiDay } from '../domain/time.ts';
import type { RecordedDecision } from '../ports/case-store.ts';
import type { PassedCount } from '../ports/desk-store.ts';
import type { Page, PageRequest } from '../ports/page.ts';
import { type FindPorts, searchableClasses } from './list-cases.ts';
import { type ReadExcerpt, readExcerpts } from './read-excerpts.ts';

type Reader = { actor: Actor; rights: Rights };
const dayMs = 86_400_000;

/** Today and the six days before, by day and channel: text-free, and by nobody's name. */
export async function countPassed(
  { rights }: Pick<Reader, 'rights'>,
  { stores, clock }: FindPorts,
): Promise<{ today: string; counts: PassedCount[] }> {
  const now = clock.now();
  const fromDay = shanghaiDay(new Date(Date.parse(now) - 6 * dayMs).toISOString());
  const { accessClasses } = rights;
  return { today: shanghaiDay(now), counts: await stores.desk.countPassed({ fromDay, accessClasses }) };
}

/** What was put aside, newest first, to see whether it was rightly so. Each text shown is in the read log (R23). */
export async function listPassed(
  request: PageRequest & { passedAs: PassedAs },
  { actor, rights }: Reader,
  ports: FindPorts,
): Promise<Page<{ post: Post; excerpt: ReadExcerpt }>> {
  const accessClasses = searchableClasses(rights);
  const page = await ports.stores.desk.listPassed({ ...request, accessClasses });
  const reader = { actor, rights: { ...rights, accessClasses }, purpose: '核对未入队列的信息', always: true };
  const judged = page.items.filter(({ state }) => state === 'judged');
  const wanted = judged.map((post) => ({ post, textVersion: post.textVersion, caseId: null }));
  const excerpts = await readExcerpts(wanted, reader, ports);
  const items = judged.flatMap((post, index) => {
    const excerpt = excerpts[index];
    return excerpt === undefined || excerpt.text === null ? [] : [{ post, excerpt }];
  });
  return { items, nextCursor: page.nextCursor };
}

/** @throws NotFound, Conflict, NotPermitted */
export async function raisePost(
  command: RaiseCommand,
  { actor, rights }: Reader,
  { stores, clock }: FindPorts,
): Promise<RecordedDecision> {
  const sight = { accessClasses: searchableClasses(rights), at: clock.now() };
  return stores.desk.raise(command, actor, sight);
}
