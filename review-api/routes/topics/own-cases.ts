import type { Case } from '../../../pipeline/domain/case.ts';
import { rightsOf } from '../../../pipeline/domain/role.ts';
import { type Call, getSignedIn } from '../../http/call.ts';

const postsAtOnce = 500;

/** By post, its newest case, as far as the reader may open it. */
export async function findOwnCases(
  postIds: readonly string[],
  { signedIn, deps }: Pick<Call, 'signedIn' | 'deps'>,
): Promise<Map<string, Case>> {
  const found = new Map<string, Case>();
  const { accessClasses } = rightsOf(getSignedIn({ signedIn }).appointments, 'case.read');
  if (accessClasses.length === 0) return found;
  for (let start = 0; start < postIds.length; start += postsAtOnce) {
    const some = postIds.slice(start, start + postsAtOnce);
    const cases = await deps.stores.desk.findNewestCases(some, { accessClasses });
    for (const [postId, one] of cases) found.set(postId, one);
  }
  return found;
}
