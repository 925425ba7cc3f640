import type { GatheredPost } from '../../pipeline/domain/post.ts';
import type { Verdict } from '../../pipeline/domain/verdict.ts';
import { buildGathered, buildVerdict } from '../builders/post.ts';
import type { Office } from './office.ts';

/** A comment that was gathered, judged and counted. @returns its id */
export async function say(
  { stores, clock }: Office,
  { verdict = {}, ...post }: Partial<GatheredPost> & { externalId: string; verdict?: Partial<Verdict> },
): Promise<string> {
  const gathered = buildGathered({ kind: 'comment', title: '', ...post });
  const postId = `${gathered.channelId}:${gathered.kind}:${gathered.externalId}`;
  await stores.posts.storePosts([{ post: gathered, snapshotHash: null }], clock.now());
  const judged = {
    postId,
    textVersion: 1,
    verdict: buildVerdict(verdict),
    tokens: [],
    caseId: clock.newId(),
  };
  await stores.posts.storeJudgements([judged], clock.now());
  while ((await stores.rollups.refresh(100)) > 0);
  return postId;
}
