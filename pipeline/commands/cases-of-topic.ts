import { InvalidInput, NotFound } from '../domain/errors.ts';
import type { Stores } from '../ports/index.ts';

const pageSize = 200;
/** A special brief is about so many at most. */
const mostCases = 50;

/**
 * The cases that a topic's newest items stand in.
 * @throws NotFound for a topic that is none, InvalidInput (`topic`) for one without a case
 */
export async function listCasesOfTopic(
  topicId: string,
  { topics, desk }: Pick<Stores, 'topics' | 'desk'>,
): Promise<string[]> {
  if ((await topics.findTopic(topicId)) === null) throw new NotFound('没有这个话题。');
  const found = new Set<string>();
  let cursor: string | null = null;
  do {
    const page = await topics.listMembers(topicId, { cursor, limit: pageSize });
    const ids = page.items.map(({ postId }) => postId);
    const cases = await desk.findNewestCases(ids, { accessClasses: ['open'] });
    for (const { id } of cases.values()) found.add(id);
    cursor = page.nextCursor;
  } while (cursor !== null && found.size < mostCases);
  if (found.size === 0) throw new InvalidInput('topic', '这个话题没有进入待办的线索，不能据此出专报。');
  return [...found].slice(0, mostCases);
}
