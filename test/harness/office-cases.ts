import type { GatheredPost } from '../../pipeline/domain/post.ts';
import type { Verdict } from '../../pipeline/domain/verdict.ts';
import type { Judgement } from '../../pipeline/ports/post-store.ts';
import { buildGathered, buildQueuedVerdict } from '../builders/post.ts';
import { type Office, tokeniseByCharacter } from './office.ts';

export interface FiledCase {
  caseId: string;
  postId: string;
}

/** A post stored, judged and queued, as the pipeline does it. */
export async function fileCase(
  { stores, clock }: Pick<Office, 'stores' | 'clock'>,
  post: Partial<GatheredPost>,
  verdict: Partial<Verdict> = {},
  more: Partial<Judgement> = {},
): Promise<FiledCase> {
  const caseId = clock.newId();
  const gathered = buildGathered({ externalId: caseId, ...post });
  const at = clock.now();
  await stores.posts.storePosts([{ post: gathered, snapshotHash: null }], at);
  const postId = `${gathered.channelId}:${gathered.kind}:${gathered.externalId}`;
  const tokens = tokeniseByCharacter(`${gathered.title}\n${gathered.text}`);
  const judged = buildQueuedVerdict({ findings: [], ...verdict });
  await stores.posts.storeJudgements(
    [{ postId, textVersion: 1, verdict: judged, tokens, caseId, ...more }],
    at,
  );
  return { caseId, postId };
}
