import { type DataPlace, openEvidence } from './adapters/open-stores.ts';
import { tryRule, type WhatIf, type WhatIfAnswer } from './commands/what-if.ts';
import { describeError } from './domain/error-report.ts';
import { InvalidInput } from './domain/errors.ts';
import { followParent } from './fork-program.ts';
import { type LintReport, type LintRequest, lintRules } from './stages/lint-rules.ts';

/** One process does one thing, since what a trial taught the dictionary stays taught in it. */
export type RuleWork =
  | { kind: 'lint'; request: LintRequest }
  | { kind: 'what-if'; whatIf: WhatIf; place: DataPlace };

export type RuleReply =
  | { kind: 'progress'; scanned: number; total: number }
  | { kind: 'linted'; report: LintReport }
  | { kind: 'tried'; answer: WhatIfAnswer }
  | { kind: 'refused'; field: string; message: string }
  | { kind: 'broken'; reason: string };

const tell = (reply: RuleReply) => process.send?.(reply);

async function carryOut(work: RuleWork): Promise<RuleReply> {
  if (work.kind === 'lint') return { kind: 'linted', report: lintRules(work.request) };
  const { evidence, close } = await openEvidence(work.place);
  try {
    const onProgress = (scanned: number, total: number) => tell({ kind: 'progress', scanned, total });
    return { kind: 'tried', answer: await tryRule(work.whatIf, evidence, { onProgress }) };
  } finally {
    await close();
  }
}

followParent();
process.once('message', async (work: RuleWork) => {
  try {
    tell(await carryOut(work));
  } catch (error) {
    // What an error says of itself may quote a text; only what we say of rules does not.
    if (error instanceof InvalidInput) tell({ kind: 'refused', field: error.field, message: error.message });
    else tell({ kind: 'broken', reason: describeError(error) });
  }
});
