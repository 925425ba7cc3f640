import { Worker } from 'node:worker_threads';
import type { DataPlace } from './adapters/open-stores.ts';
import type { Watch, WhatIf, WhatIfAnswer } from './commands/what-if.ts';
import { InvalidInput, RetryLater } from './domain/errors.ts';
import { findThreadFile } from './find-thread-file.ts';
import type { RuleReply, RuleWork } from './rule-thread.ts';
import type { LintReport, LintRequest } from './stages/lint-rules.ts';

/** What takes seconds with rules, away from the thread that answers and writes. */
export interface ThreadedRules {
  lintRules(request: LintRequest): Promise<LintReport>;
  /** @throws the signal's reason once it is aborted; RetryLater while others use it; InvalidInput for a pattern that is refused */
  tryRule(whatIf: WhatIf, watch?: Watch): Promise<WhatIfAnswer>;
  /** Stops what runs. Twice is harmless. */
  close(): Promise<void>;
}

/** Each loads a dictionary, and reads for seconds. */
const atOnce = 2;
const busyMs = 5000;

/** Threads that are gone when their work is done: nobody asks often. */
export function openThreadedRules(place: DataPlace): ThreadedRules {
  const running = new Map<Worker, Promise<void>>();

  function run(work: RuleWork, { onProgress, signal }: Watch = {}): Promise<RuleReply> {
    const worker = new Worker(findThreadFile('rule-thread'), { workerData: work });
    const stop = () => worker.postMessage('stop');
    const ended = new Promise<void>((settle) => worker.once('exit', () => settle()));
    running.set(worker, ended);
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    return new Promise<RuleReply>((settle, fail) => {
      let last: RuleReply = { kind: 'broken', reason: 'the thread has ended' };
      worker.on('message', (reply: RuleReply) => {
        if (reply.kind === 'progress') onProgress?.(reply.scanned, reply.total);
        else last = reply;
      });
      worker.once('error', (error) => fail(new Error(`the thread for rules has ended: ${error.name}`)));
      worker.once('exit', () => settle(last));
    }).finally(() => {
      running.delete(worker);
      signal?.removeEventListener('abort', stop);
    });
  }

  return {
    lintRules: async (request) => {
      const reply = await run({ kind: 'lint', request });
      if (reply.kind === 'linted') return reply.report;
      throw failureOf(reply);
    },
    tryRule: async (whatIf, watch = {}) => {
      watch.signal?.throwIfAborted();
      if (running.size >= atOnce) throw new RetryLater(busyMs, '正在试算其他规则，请稍后再试。');
      const reply = await run({ kind: 'what-if', whatIf, place }, watch);
      if (reply.kind === 'tried') return reply.answer;
      watch.signal?.throwIfAborted();
      throw failureOf(reply);
    },
    close: async () => {
      for (const worker of running.keys()) worker.postMessage('stop');
      await Promise.all(running.values());
    },
  };
}

function failureOf(reply: RuleReply): Error {
  if (reply.kind === 'refused') return new InvalidInput(reply.field, reply.message);
  return new Error(reply.kind === 'broken' ? `rules: ${reply.reason}` : `rules: unexpected ${reply.kind}`);
}
