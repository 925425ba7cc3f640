import { strictestAccess } from '../domain/access-class.ts';
import type { Actor } from '../domain/case.ts';
import type { Post, PostKind, PostText } from '../domain/post.ts';
import type { Rights, TextView } from '../domain/role.ts';
import type { Finding } from '../domain/verdict.ts';
import type { ReadRecord } from '../ports/read-log.ts';
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

interface Reader {
  actor: Actor;
  rights: Rights;
  purpose: string;
  /** Every text is logged, not only somebody's words. */
  always: boolean;
}

/**
 * The texts that a listing shows the beginning of, in the order asked for. Where that is somebody's words, or `always`, the
 * readings are logged before this returns (R23).
 */
export async function readExcerpts(
  wanted: readonly Excerptable[],
  reader: Reader,
  ports: CasePorts,
): Promise<ReadExcerpt[]> {
  const excerpts: ReadExcerpt[] = [];
  const readings: ReadRecord[] = [];
  for (const one of wanted) {
    const excerpt = await findExcerpt(one, reader.rights, ports);
    excerpts.push(excerpt);
    const logged = reader.always || personalKinds.includes(one.post.kind);
    if (excerpt.text !== null && logged) readings.push(buildReading(one, reader, ports));
  }
  await ports.stores.reads.recordAll(readings);
  return excerpts;
}

function buildReading(
  { post, textVersion, caseId }: Excerptable,
  { actor, purpose }: Reader,
  { clock }: CasePorts,
): ReadRecord {
  const at = clock.now();
  return { id: clock.newId(), at, actorId: actor.id, caseId, postId: post.id, textVersion, purpose };
}

async function findExcerpt(
  { post, textVersion }: Excerptable,
  { view, accessClasses }: Rights,
  { stores: { posts } }: CasePorts,
): Promise<ReadExcerpt> {
  const text = await posts.findText(post.id, { textVersion, accessClasses });
  const shown = text === null ? 'none' : view[strictestAccess([post.accessClass, text.accessClass])];
  if (shown === 'none') return { text: null, view: shown, findings: [] };
  if (shown === 'full') return { text, view: shown, findings: [] };
  const verdict = await posts.findVerdict(post.id, textVersion);
  return { text, view: shown, findings: verdict?.findings ?? null };
}
