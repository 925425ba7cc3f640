import { strictestAccess } from '../domain/access-class.ts';
import type { Case } from '../domain/case.ts';
import { NotFound } from '../domain/errors.ts';
import type { Handover } from '../domain/handover.ts';
import type { Post, PostText } from '../domain/post.ts';
import type { Rights, TextView } from '../domain/role.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { HandoverEventWithText } from '../ports/handover-store.ts';
import type { Ports, Stores } from '../ports/index.ts';

export interface OpenHandoverPorts {
  stores: Pick<Stores, 'handovers' | 'cases' | 'posts' | 'reads'>;
  clock: Ports['clock'];
}

export interface OpenedHandover {
  handover: Handover;
  case: Case;
  post: Post;
  /** How the reader may see the text of the case; `none` for a unit where somebody is harmed. */
  view: TextView;
  /** Null where it is not seen, or erased. */
  text: PostText | null;
  verdict: Verdict | null;
  events: HandoverEventWithText[];
}

/** Who reads, and for what: an account, or `link:` and the id of a one-time link. */
export interface SlipReader {
  actorId: string;
  purpose: string;
  sight: Pick<Rights, 'units' | 'view' | 'accessClasses'>;
}

/**
 * A slip with all that this reader may see of it. The reading is in the log before this returns (R23).
 * @throws NotFound for another unit's as for none
 */
export async function openHandover(
  id: string,
  reader: SlipReader,
  ports: OpenHandoverPorts,
): Promise<OpenedHandover> {
  const { handovers, cases, posts, reads } = ports.stores;
  const { units, view: views, accessClasses } = reader.sight;
  const handover = await handovers.find(id, { units });
  if (handover === null) throw new NotFound('没有这张转办单。');
  // What the case is, is not shown for it: safety hides the slip as well, even before it was told so (R19).
  const current = await cases.findCase(handover.caseId, { accessClasses: ['open', 'victim'] });
  const [postId = ''] = current?.postIds ?? [];
  const post = current === null ? null : await posts.findPost(postId);
  if (current === null || post === null || post.accessClass === 'safety') {
    throw new NotFound('没有这张转办单。');
  }
  const view = views[strictestAccess([current.accessClass, post.accessClass, handover.originAccessClass])];
  const { textVersion } = current;
  const text = view === 'none' ? null : await posts.findText(postId, { textVersion, accessClasses });
  const now = ports.clock.now();
  await reads.record({
    ...{ id: ports.clock.newId(), at: now, actorId: reader.actorId, caseId: current.id, postId, textVersion },
    purpose: reader.purpose,
  });
  return {
    ...{ handover, case: current, post, view, text },
    verdict: view === 'none' ? null : await posts.findVerdict(postId, textVersion),
    events: await handovers.listEvents(id, now),
  };
}
