import { checkContent } from '../../../pipeline/commands/check-content.ts';
import type { CheckResult } from '../../../pipeline/domain/check.ts';
import { DraftContent } from '../../../pipeline/domain/draft-content.ts';
import type { DraftDocument } from '../../../pipeline/domain/draft-document.ts';
import { NotFound } from '../../../pipeline/domain/errors.ts';
import type { CheckAnswer } from '../../contract/draft-check.ts';
import type { Call, Handler } from '../../http/call.ts';
import { readOwn } from './sight.ts';

async function check(content: DraftContent, { deps, signal }: Pick<Call, 'deps' | 'signal'>) {
  const { result, day } = await checkContent(content, deps, signal);
  return { result, day, checkedAt: deps.clock.now() };
}

function present({ findings, unchecked, stages }: CheckResult): Omit<CheckAnswer, 'day' | 'checkedAt'> {
  return {
    ...{ unchecked, stages },
    findings: findings.map((finding, index) => ({ ...finding, id: String(index + 1), answered: null })),
  };
}

export const checkDraft: Handler<'checkDraft'> = async (call) => {
  await readOwn(call);
  const { result, day, checkedAt } = await check(call.body.content, call);
  return { ...present(result), day, checkedAt };
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
  const content = DraftContent.parse({ title, document: documentOf(text) });
  const { result, day, checkedAt } = await check(content, call);
  return { ...present(result), day, checkedAt };
};

export const readDraftCheck: Handler<'readDraftCheck'> = async (call) => {
  const { id } = await readOwn(call);
  const { round } = call.params;
  const report = await call.deps.stores.drafts.findReport(id, round);
  if (report === null) throw new NotFound('没有这次送审的检查报告。');
  return { round, ...report };
};
