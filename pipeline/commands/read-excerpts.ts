import { strictestAccess } from '../domain/access-class.ts';
import type { Actor } from '../domain/case.ts';
import type { Post, PostKind, PostText } from '../domain/post.ts';
import type { Rights, TextView } from '../domain/role.ts';
import type { Finding } from '../domain/verdict.ts';
import type { CasePorts } from './open-case.ts';

/** What a listing shows a few words of. */
export interface Excerptable {
  post: Post;
  textVersion: number;
  caseId: string | null;
}

export interface ReadExcerpt {
  text: PostText | null;
  view: TextView;
  /** For masking: empty where the text is seen in full, null where this version has no verdict. */
  findings: Finding[] | null;
}

/** A person's words, in full even in a short excerpt; the school's own articles are public titles. */
const personalKinds: readonly PostKind[] = ['comment', 'lead'];

/**
 * The texts that a listing shows the beginning of, in the order asked for. Where that is somebody's words, or `always`, the
 * reading is logged first (R23).
 */
export async function readExcerpts(
  wanted: readonly Excerptable[],
  reader: { actor: Actor; rights: Rights; purpose: string; always: boolean },
  ports: CasePorts,
): Promise<ReadExcerpt[]> {
  const excerpts: ReadExcerpt[] = [];
  for (const one of wanted) excerpts.push(await readExcerpt(one, reader, ports));
  return excerpts;
}

async function readExcerpt(
  { post, textVersion, caseId }: Excerptable,
  reader: { actor: Actor; rights: Rights; purpose: string; always: boolean },
  { stores, clock }: CasePorts,
): Promise<ReadExcerpt> {
  const { rights, actor, purpose } = reader;
  const text = await stores.posts.findText(post.id, { textVersion, accessClasses: rights.accessClasses });
  if (text === null) return { text: null, view: 'none', findings: [] };
  const view = rights.view[strictestAccess([post.accessClass, text.accessClass])];
  if (view === 'none') return { text: null, view, findings: [] };
  if (reader.always || personalKinds.includes(post.kind)) {
    const at = clock.now();
    await stores.reads.record({
      id: clock.newId(),
      at,
      actorId: actor.id,
      caseId,
      postId: post.id,
      textVersion,
      purpose,
    });
  }
  if (view === 'full') return { text, view, findings: [] };
  const verdict = await stores.posts.findVerdict(post.id, textVersion);
  return { text, view, findings: verdict?.findings ?? null };
}
