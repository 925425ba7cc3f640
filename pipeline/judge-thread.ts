import { parentPort } from 'node:worker_threads';
import { judgeText } from './commands/current-judge.ts';
import { type JudgedBlock, judgeBlock, type LineBlock } from './commands/judge-block.ts';
import { packAnswers } from './packed-answers.ts';
import { createJudge, type Judge, type JudgeInput, type JudgeOptions } from './stages/judge.ts';

/** What a thread can be asked to do. Texts go as JSON, which is cheaper for both sides than a copy of the objects. */
export type Work =
  | { kind: 'texts'; inputs: string }
  | { kind: 'block'; block: LineBlock }
  | { kind: 'words'; query: string };

/** A recipe when it changed, work, or to end after what it was asked before. */
export type ThreadRequest =
  | { kind: 'recipe'; options: JudgeOptions }
  | { kind: 'work'; id: number; work: Work }
  | { kind: 'end' };

export type Done =
  | { kind: 'texts'; answers: string }
  | { kind: 'block'; judged: JudgedBlock }
  | { kind: 'words'; words: string[] };

export type ThreadReply = { id: number; done: Done } | { id: number; broken: string };

/** The first message: everything is loaded. */
export type ThreadReady = 'ready';

let judge: Judge | null = null;
let recipeFault = 'the judging thread has no rules';

function takeRecipe(options: JudgeOptions): void {
  try {
    judge = createJudge(options);
  } catch (error) {
    judge = null;
    recipeFault = error instanceof Error ? error.message : String(error);
  }
}

function carryOut(current: Judge, work: Work): Done {
  switch (work.kind) {
    case 'texts': {
      const inputs = JSON.parse(work.inputs) as JudgeInput[];
      const answers = inputs.map((input) => judgeText(current, input));
      return { kind: 'texts', answers: packAnswers(answers) };
    }
    case 'block':
      return { kind: 'block', judged: judgeBlock(current, work.block) };
    case 'words':
      return { kind: 'words', words: current.searchWords(work.query) };
  }
}

function answer(id: number, work: Work): ThreadReply {
  return judge === null ? { id, broken: recipeFault } : { id, done: carryOut(judge, work) };
}

parentPort?.on('message', (request: ThreadRequest) => {
  if (request.kind === 'recipe') takeRecipe(request.options);
  // The thread ends by itself, between two texts: ended from outside while it segments, it would abort the process.
  else if (request.kind === 'end') parentPort?.close();
  else parentPort?.postMessage(answer(request.id, request.work));
});
parentPort?.postMessage('ready' satisfies ThreadReady);
