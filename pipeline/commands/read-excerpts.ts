import { strictestAccess } from '../domain/access-class.ts';
import type { Actor } from '../domain/case.ts';
import type { Post, PostKind, PostText } from '../domain/post.ts';
import type { Rights, TextView } from '../domain/role.ts';
import type { Finding } from '../domain/verdict.ts';
import type { Clock } from '../ports/clock.ts';
import type { JudgedText } from '../ports/desk-store.ts';
import type { Stores } from '../ports/index.ts';
import type { ReadRecord } from '../ports/read-log.ts';

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

export interface ListPorts {
  stores: Pick<Stores, 'desk' | 'reads'>;
  clock: Clock;
}

/**
 * The texts that a listing shows the beginning of, in the order asked for. Where that is somebody's words, or `always`, the
 * readings are logged before this returns (R23).
 */
export async function readExcerpts(
  wanted: readonly Excerptable[],
  reader: Reader,
  ports: ListPorts,
): Promise<ReadExcerpt[]> {
  const texts = await ports.stores.desk.loadTexts(
    wanted.map(({ post, textVersion }) => ({ postId: post.id, textVersion })),
    { accessClasses: reader.rights.accessClasses, now: ports.clock.now() },
  );
  const excerpts = wanted.map((one, at) => showExcerpt(one.post, texts[at] ?? null, reader.rights));
  const readings = wanted.flatMap((one, at) => {
    const logged = reader.always || personalKinds.includes(one.post.kind);
    return logged && excerpts[at]?.text != null ? [buildReading(one, reader, ports)] : [];
  });
  await ports.stores.reads.recordAll(readings);
  return excerpts;
}

function buildReading(
  { post, textVersion, caseId }: Excerptable,
  { actor, purpose }: Reader,
  { clock }: ListPorts,
): ReadRecord {
  const at = clock.now();
  return { id: clock.newId(), at, actorId: actor.id, caseId, postId: post.id, textVersion, purpose };
}

function showExcerpt(post: Post, found: JudgedText | null, { view }: Rights): ReadExcerpt {
  if (found === null) return { text: null, view: 'none', findings: [] };
  const shown = view[strictestAccess([post.accessClass, found.text.accessClass])];
  if (shown === 'none') return { text: null, view: shown, findings: [] };
  return { text: found.text, view: shown, findings: shown === 'full' ? [] : found.findings };
}
