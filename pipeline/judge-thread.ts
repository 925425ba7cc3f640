import { parentPort } from 'node:worker_threads';
import { type JudgeAnswer, judgeText } from './commands/current-judge.ts';
import { createJudge, type Judge, type JudgeInput, type JudgeOptions } from './stages/judge.ts';

/** What the thread is asked: a recipe when it changed, texts to judge, or to end after what it was asked before. */
export type ThreadRequest =
  | { kind: 'recipe'; options: JudgeOptions }
  | { kind: 'judge'; id: number; inputs: readonly JudgeInput[] }
  | { kind: 'end' };

export type ThreadReply = { id: number; answers: JudgeAnswer[] } | { id: number; broken: string };

let judge: Judge | null = null;

function answer({ id, inputs }: Extract<ThreadRequest, { kind: 'judge' }>): ThreadReply {
  const current = judge;
  if (current === null) return { id, broken: 'the judging thread has no rules' };
  return { id, answers: inputs.map((input) => judgeText(current, input)) };
}

parentPort?.on('message', (request: ThreadRequest) => {
  if (request.kind === 'recipe') judge = createJudge(request.options);
  // The thread ends by itself, between two texts: ended from outside while it segments, it would abort the process.
  else if (request.kind === 'end') parentPort?.close();
  else parentPort?.postMessage(answer(request));
});
