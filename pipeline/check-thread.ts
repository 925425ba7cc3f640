import { parentPort } from 'node:worker_threads';
import type { CheckKnowledge } from './checks/check-knowledge.ts';
import type { CheckStage } from './checks/check-stage.ts';
import { buildChecks } from './checks/index.ts';
import { type CheckedStage, runChecks } from './checks/run-checks.ts';
import type { CheckInput, CheckResult } from './domain/check.ts';

/** What it knows when that changed, a draft, or to end after what it was asked before. Drafts go as JSON, which is cheaper than a copy. */
export type CheckRequest =
  | { kind: 'knowledge'; knowledge: CheckKnowledge }
  | { kind: 'check'; id: number; input: string; limitMs: number }
  | { kind: 'end' };

/** `done`: one check of several, as JSON; the whole result comes last. */
export type CheckReply =
  | { id: number; done: string }
  | { id: number; result: string }
  | { id: number; broken: string };

/** The first message: everything is loaded. */
export type CheckReady = 'ready';

let stages: readonly CheckStage[] = [];
let fault: string | null = 'the thread knows no school';

function takeKnowledge(knowledge: CheckKnowledge): void {
  try {
    stages = buildChecks(knowledge);
    fault = null;
  } catch (error) {
    fault = error instanceof Error ? error.name : 'error';
  }
}

function check(input: string, limitMs: number, onStage: (done: CheckedStage) => void): CheckResult {
  return runChecks(stages, JSON.parse(input) as CheckInput, { limitMs, onStage });
}

parentPort?.on('message', (request: CheckRequest) => {
  if (request.kind === 'knowledge') takeKnowledge(request.knowledge);
  // By itself, between two drafts: ended from outside while it segments, it would abort the process.
  else if (request.kind === 'end') parentPort?.close();
  else {
    const { id, input, limitMs } = request;
    const send = (reply: CheckReply) => parentPort?.postMessage(reply);
    const tell = (done: CheckedStage) => send({ id, done: JSON.stringify(done) });
    if (fault !== null) send({ id, broken: fault });
    else send({ id, result: JSON.stringify(check(input, limitMs, tell)) });
  }
});
parentPort?.postMessage('ready' satisfies CheckReady);
