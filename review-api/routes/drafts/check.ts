import { assertLength } from '../../../pipeline/commands/assert-draft-content.ts';
import { checkContent } from '../../../pipeline/commands/check-content.ts';
import { type DraftOwners, recallAnswers } from '../../../pipeline/commands/check-memory.ts';
import type { CheckFinding } from '../../../pipeline/domain/check.ts';
import type { RememberedAnswer } from '../../../pipeline/domain/check-memory.ts';
import { DraftContent } from '../../../pipeline/domain/draft-content.ts';
import type { DraftDocument } from '../../../pipeline/domain/draft-document.ts';
import { NotFound } from '../../../pipeline/domain/errors.ts';
import { flattenDocument } from '../../../pipeline/domain/flatten-document.ts';
import type { CheckAnswer, ShownFinding } from '../../contract/draft-check.ts';
import type { Call, Handler } from '../../http/call.ts';
import { nameOf } from '../../present/draft-detail.ts';
import { readOwn } from './sight.ts';

async function findAnswers(
  findings: readonly CheckFinding[],
  owners: DraftOwners | null,
  { deps }: Pick<Call, 'deps'>,
): Promise<Map<CheckFinding, RememberedAnswer>> {
  if (owners === null) return new Map();
  const { answered } = await recallAnswers(findings, owners, deps);
  return new Map(answered.map(({ finding, answer }) => [finding, answer]));
}

/** @param owners whose memory counts; null for a text that is no draft */
async function check(
  content: DraftContent,
  owners: DraftOwners | null,
  call: Pick<Call, 'deps' | 'signal'>,
): Promise<CheckAnswer> {
  const { result, day } = await checkContent(content, call.deps, call.signal);
  const { findings, unchecked, stages } = result;
  const answers = await findAnswers(findings, owners, call);
  const show = async (finding: CheckFinding, index: number): Promise<ShownFinding> => {
    const answer = answers.get(finding);
    const id = String(index + 1);
    if (answer === undefined) return { ...finding, id, answered: null };
    const { reason, at, scope, times, actorId } = answer;
    const by = await nameOf(actorId, call.deps);
    return { ...finding, id, answered: { reason, at, times, by, forUnit: scope === 'unit' } };
  };
  return {
    ...{ unchecked, stages, day, checkedAt: call.deps.clock.now() },
    findings: await Promise.all(findings.map(show)),
  };
}

export const checkDraft: Handler<'checkDraft'> = async (call) => {
  const { id: draftId, unitId } = await readOwn(call);
  assertLength(flattenDocument(call.body.content.document).text);
  return check(call.body.content, { draftId, unitId }, call);
};

/** A paragraph a line. */
function documentOf(text: string): DraftDocument {
  const lines = text.split('\n');
  return {
    type: 'doc',
    content: lines.map((line) => ({
      type: 'paragraph',
      ...(line === '' ? {} : { content: [{ type: 'text', text: line }] }),
    })),
  };
}

export const checkText: Handler<'checkText'> = async (call) => {
  const { title, text } = call.body;
  return check(DraftContent.parse({ title, document: documentOf(text) }), null, call);
};

export const readDraftCheck: Handler<'readDraftCheck'> = async (call) => {
  const { id } = await readOwn(call);
  const { round } = call.params;
  const report = await call.deps.stores.drafts.findReport(id, round);
  if (report === null) throw new NotFound('没有这次送审的检查报告。');
  return { round, ...report };
};
