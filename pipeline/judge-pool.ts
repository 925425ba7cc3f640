import { Worker } from 'node:worker_threads';
import type { JudgeRecipe } from './commands/current-judge.ts';
import { RetryLater } from './domain/errors.ts';
import { findThreadFile } from './find-thread-file.ts';
import type { Done, ThreadReady, ThreadReply, ThreadRequest, Work } from './judge-thread.ts';
import { shareModels } from './models/read-models.ts';

/** The thread died under this work; whether of it, nobody knows. The next work starts another thread. */
export class ThreadEnded extends Error {}

/** What ends before it can be asked anything is no text's fault, and nor is it mended by asking for another text. */
const startAgainMs = 60_000;

interface Asked {
  /** Made when a thread takes it: what waits takes no room. */
  makeWork: () => Work;
  settle(done: Done): void;
  fail(reason: Error): void;
}

interface PoolThread {
  worker: Worker;
  asked: Map<number, Asked>;
  ended: Promise<void>;
  /** Key of the recipe that it was given last. */
  recipe: string;
}

export interface JudgePool {
  /**
   * By the newest recipe that the pool was handed. Work waits until a thread has room for it, in the order asked; `urgent` goes first.
   * @throws ThreadEnded; RetryLater when the thread could not even start
   */
  ask(recipe: JudgeRecipe, makeWork: () => Work, urgent?: boolean): Promise<Done>;
  readonly size: number;
  /** After what was asked before. Twice is harmless; asked again later, it starts again. */
  close(): Promise<void>;
}

/** One in work and one at hand: more in a thread's mailbox would be memory without use. */
const aheadPerThread = 2;

/** A judgement leaves little behind: more room for what is young would only be filled before it is cleared. */
const youngMb = 8;

function startThread(file: URL, hooks: { onRoom(): void; onEnd(thread: PoolThread): void }): PoolThread {
  shareModels();
  const worker = new Worker(file, { resourceLimits: { maxYoungGenerationSizeMb: youngMb } });
  const asked: PoolThread['asked'] = new Map();
  let reason = 'the judging thread has ended';
  let settleEnded = () => {};
  const ended = new Promise<void>((settle) => {
    settleEnded = settle;
  });
  const thread: PoolThread = { worker, asked, ended, recipe: '' };
  let isReady = false;
  worker.on('message', (reply: ThreadReply | ThreadReady) => {
    if (reply === 'ready') {
      isReady = true;
      return;
    }
    const one = asked.get(reply.id);
    asked.delete(reply.id);
    if (asked.size === 0) worker.unref();
    hooks.onRoom();
    if ('broken' in reply) one?.fail(new Error(reply.broken));
    else one?.settle(reply.done);
  });
  // What it says may quote a text.
  worker.on('error', (error) => {
    reason = `the judging thread has ended: ${error instanceof Error ? error.name : 'error'}`;
  });
  worker.once('exit', () => {
    // First of all nobody asks it any more; who is told here that it failed may ask again at once.
    hooks.onEnd(thread);
    const failure = isReady ? new ThreadEnded(reason) : new RetryLater(startAgainMs, reason);
    for (const one of asked.values()) one.fail(failure);
    settleEnded();
    hooks.onRoom();
  });
  return thread;
}

/** Threads that judge. Each is started when all others have something to do, and again when it has died. */
export function openJudgePool(size: number, threadFile = findThreadFile('judge-thread')): JudgePool {
  const threads = new Set<PoolThread>();
  const waiting: Asked[] = [];
  const whenSent: (() => void)[] = [];
  let newest: JudgeRecipe | null = null;
  let nextId = 0;

  function start(): PoolThread {
    const thread = startThread(threadFile, { onRoom: pump, onEnd: (ended) => threads.delete(ended) });
    threads.add(thread);
    return thread;
  }

  function findRoom(): PoolThread | null {
    let least: PoolThread | null = null;
    for (const thread of threads) {
      if (least === null || thread.asked.size < least.asked.size) least = thread;
    }
    if (least?.asked.size === 0) return least;
    if (threads.size < size) return start();
    return least !== null && least.asked.size < aheadPerThread ? least : null;
  }

  function send(thread: PoolThread, one: Asked, recipe: JudgeRecipe): void {
    const post = (request: ThreadRequest) => thread.worker.postMessage(request);
    if (thread.recipe !== recipe.key) {
      thread.recipe = recipe.key;
      post({ kind: 'recipe', options: recipe.options });
    }
    const id = nextId++;
    thread.asked.set(id, one);
    thread.worker.ref();
    post({ kind: 'work', id, work: one.makeWork() });
  }

  function pump(): void {
    while (waiting.length > 0 && newest !== null) {
      const thread = findRoom();
      const one = thread === null ? undefined : waiting.shift();
      if (thread === null || one === undefined) return;
      send(thread, one, newest);
    }
    for (const settle of whenSent.splice(0)) settle();
  }

  return {
    size,
    ask: (recipe, makeWork, urgent = false) => {
      newest = recipe;
      return new Promise<Done>((settle, fail) => {
        const one = { makeWork, settle, fail };
        if (urgent) waiting.unshift(one);
        else waiting.push(one);
        pump();
      });
    },
    close: async () => {
      await new Promise<void>((settle) => {
        whenSent.push(settle);
        pump();
      });
      const ending = [...threads];
      threads.clear();
      for (const { worker } of ending) {
        worker.ref();
        worker.postMessage({ kind: 'end' } satisfies ThreadRequest);
      }
      await Promise.all(ending.map((thread) => thread.ended));
    },
  };
}
