import type { PostKind } from '../../pipeline/domain/post.ts';
import type { Judgement } from '../../pipeline/ports/post-store.ts';
import { buildDecisionCommand, reviewer } from '../builders/case.ts';
import { readCopy } from '../builders/copies.ts';
import { buildGathered, buildQueuedVerdict } from '../builders/post.ts';
import { everything, type PostStoreFixture, usePosts } from './post-scene.ts';

/** Posts that come as copies of one another, and what becomes of their cases. */
export function useCopies(open: () => Promise<PostStoreFixture>) {
  const scene = usePosts(open);
  const { fixture, posts, now, judge } = scene;

  const idOf = (externalId: string, kind: PostKind = 'comment') => `main-site:${kind}:${externalId}`;
  async function gather(externalId: string, body: string, kind: PostKind = 'comment') {
    const post = buildGathered({ externalId, kind, title: '', text: body });
    await posts().storePosts([{ post, snapshotHash: null }], now());
  }
  function judged(externalId: string, body: string, overrides: Partial<Judgement> = {}): Judgement {
    return {
      postId: idOf(externalId),
      textVersion: 1,
      verdict: buildQueuedVerdict(),
      ...readCopy(body),
      caseId: fixture().clock.newId(),
      ...overrides,
    };
  }
  async function bring(externalId: string, body: string, overrides: Partial<Judgement> = {}) {
    await gather(externalId, body);
    return judge(judged(externalId, body, overrides));
  }
  const find = async (caseId: string) => fixture().cases.findCase(caseId, everything);
  const eventsOf = (caseId: string) => fixture().cases.listEvents(caseId, everything);
  async function decide(caseId: string, overrides: object = {}) {
    const version = (await find(caseId))?.version ?? 0;
    const command = { commandId: fixture().clock.newId(), caseId, version, ...overrides };
    return fixture().cases.recordDecision(buildDecisionCommand(command), reviewer, now());
  }

  return { ...scene, idOf, gather, judged, bring, find, eventsOf, decide };
}
