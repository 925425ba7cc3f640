import { NotFound } from '../domain/errors.ts';
import type { PostText } from '../domain/post.ts';
import type { TextView } from '../domain/role.ts';
import type { Finding } from '../domain/verdict.ts';
import type { CasePorts } from './open-case.ts';
import { type OpenCaseRequest, openCase } from './open-case.ts';

export interface ReadVersion {
  text: PostText;
  view: Exclude<TextView, 'none'>;
  /** Null where this version has no verdict: then nobody may see what a mask would have to cover. */
  findings: Finding[] | null;
}

const mostVersions = 5;

/**
 * The versions of the text that a case was opened on, newest first; of many the newest. Every one that is shown is in the read
 * log before this returns (R23).
 * @throws as `openCase`; NotFound for a case that was referred
 */
export async function readVersions(
  request: Pick<OpenCaseRequest, 'caseId' | 'purpose'>,
  reader: Parameters<typeof openCase>[1],
  ports: CasePorts,
): Promise<ReadVersion[]> {
  const opened = await openCase({ ...request, claim: null }, reader, ports);
  if (opened.kind === 'referral') throw new NotFound('没有这条线索。');
  const { post, view, case: one } = opened;
  const { posts, reads } = ports.stores;
  const { accessClasses } = reader.rights;
  const versions: ReadVersion[] = [];
  const oldest = Math.max(1, post.textVersion - mostVersions + 1);
  for (let textVersion = post.textVersion; textVersion >= oldest; textVersion -= 1) {
    const text = await posts.findText(post.id, { textVersion, accessClasses });
    if (text === null) continue;
    const verdict = await posts.findVerdict(post.id, textVersion);
    versions.push({ text, view, findings: verdict?.findings ?? null });
  }
  const at = ports.clock.now();
  await reads.recordAll(
    versions.map(({ text: { textVersion } }) => ({
      ...{
        id: ports.clock.newId(),
        at,
        actorId: reader.actor.id,
        caseId: one.id,
        postId: post.id,
        textVersion,
      },
      purpose: request.purpose ?? '核对原文修改',
    })),
  );
  return versions;
}
