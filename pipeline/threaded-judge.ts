import { Worker } from 'node:worker_threads';
import { type JudgePorts, type JudgeTexts, openRecipe } from './commands/current-judge.ts';
import type { ThreadReply, ThreadRequest } from './judge-thread.ts';

interface Waiting {
  settle(reply: ThreadReply): void;
  fail(reason: Error): void;
}

interface JudgeThread {
  worker: Worker;
  waiting: Map<number, Waiting>;
  ended: Promise<void>;
  /** Key of the recipe that it was given last. */
  recipe: string;
}

export interface ThreadedJudge {
  judgeTexts: JudgeTexts;
  /** After what it was asked before. Twice is harmless. */
  close(): Promise<void>;
}

/** The compiled thread; in a checkout its source, whose loader a thread does not inherit from the process. */
function findThreadFile(): URL {
  if (!import.meta.url.endsWith('.ts')) return new URL('./judge-thread.js', import.meta.url);
  const loader = import.meta.resolve('tsx/esm/api');
  const source = new URL('./judge-thread.ts', import.meta.url).href;
  const script = `import { register } from '${loader}'; register(); await import('${source}');`;
  return new URL(`data:text/javascript,${encodeURIComponent(script)}`);
}

function startThread(): JudgeThread {
  const worker = new Worker(findThreadFile());
  const waiting: JudgeThread['waiting'] = new Map();
  worker.on('message', (reply: ThreadReply) => {
    waiting.get(reply.id)?.settle(reply);
    waiting.delete(reply.id);
    if (waiting.size === 0) worker.unref();
  });
  const failAll = (reason: Error) => {
    for (const one of waiting.values()) one.fail(reason);
    waiting.clear();
  };
  worker.on('error', failAll);
  const ended = new Promise<void>((settle) => {
    worker.once('exit', () => {
      failAll(new Error('the judging thread has ended'));
      settle();
    });
  });
  return { worker, waiting, ended, recipe: '' };
}

/**
 * Judges in a thread of its own, so that the API answers and the database writes meanwhile. The thread is started on first
 * use and again when it has died; what it was asked then fails, and is due still.
 */
export function openThreadedJudge(ports: JudgePorts): ThreadedJudge {
  const readRecipe = openRecipe(ports);
  let thread: JudgeThread | null = null;
  let nextId = 0;

  function liveThread(): JudgeThread {
    if (thread !== null) return thread;
    const started = startThread();
    thread = started;
    void started.ended.then(() => {
      if (thread === started) thread = null;
    });
    return started;
  }

  return {
    judgeTexts: async (inputs) => {
      if (inputs.length === 0) return [];
      const { key, options } = await readRecipe();
      const { worker, waiting, recipe } = liveThread();
      const send = (request: ThreadRequest) => worker.postMessage(request);
      if (recipe !== key && thread !== null) {
        thread.recipe = key;
        send({ kind: 'recipe', options });
      }
      const id = nextId++;
      const reply = await new Promise<ThreadReply>((settle, fail) => {
        waiting.set(id, { settle, fail });
        worker.ref();
        send({ kind: 'judge', id, inputs });
      });
      if ('broken' in reply) throw new Error(reply.broken);
      return reply.answers;
    },
    close: async () => {
      const ending = thread;
      if (ending === null) return;
      ending.worker.ref();
      ending.worker.postMessage({ kind: 'end' } satisfies ThreadRequest);
      await ending.ended;
    },
  };
}
