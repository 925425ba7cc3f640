import { parentPort, workerData } from 'node:worker_threads';
import { type DataPlace, openEvidence } from './adapters/open-stores.ts';
import { tryRule, type WhatIf, type WhatIfAnswer } from './commands/what-if.ts';
import { describeError } from './domain/error-report.ts';
import { InvalidInput } from './domain/errors.ts';
import { type LintReport, type LintRequest, lintRules } from './stages/lint-rules.ts';

/** One thread does one thing, and ends by itself. */
export type RuleWork =
  | { kind: 'lint'; request: LintRequest }
  | { kind: 'what-if'; whatIf: WhatIf; place: DataPlace };

export type RuleReply =
  | { kind: 'progress'; scanned: number; total: number }
  | { kind: 'linted'; report: LintReport }
  | { kind: 'tried'; answer: WhatIfAnswer }
  | { kind: 'stopped' }
  | { kind: 'refused'; field: string; message: string }
  | { kind: 'broken'; reason: string };

const tell = (reply: RuleReply) => parentPort?.postMessage(reply);

async function tryWhatIf({ whatIf, place }: Extract<RuleWork, { kind: 'what-if' }>): Promise<void> {
  const stopping = new AbortController();
  parentPort?.once('message', () => stopping.abort());
  const { evidence, close } = await openEvidence(place);
  try {
    const onProgress = (scanned: number, total: number) => tell({ kind: 'progress', scanned, total });
    tell({ kind: 'tried', answer: await tryRule(whatIf, evidence, { onProgress, signal: stopping.signal }) });
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
    tell({ kind: 'stopped' });
  } finally {
    await close();
  }
}

try {
  const work = workerData as RuleWork;
  if (work.kind === 'lint') tell({ kind: 'linted', report: lintRules(work.request) });
  else await tryWhatIf(work);
} catch (error) {
  // What an error says of itself may quote a text; only what we say of rules does not.
  if (error instanceof InvalidInput) tell({ kind: 'refused', field: error.field, message: error.message });
  else tell({ kind: 'broken', reason: describeError(error) });
} finally {
  // Ended from outside while it segments, a thread would abort the process.
  parentPort?.close();
}
