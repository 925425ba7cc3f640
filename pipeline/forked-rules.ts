import type { ChildProcess } from 'node:child_process';
import type { DataPlace } from './adapters/open-stores.ts';
import type { Watch, WhatIf, WhatIfAnswer } from './commands/what-if.ts';
import { InvalidInput, RetryLater } from './domain/errors.ts';
import { forkProgram, untilEnded } from './fork-program.ts';
import type { RuleReply, RuleWork } from './rule-process.ts';
import type { LintReport, LintRequest } from './stages/lint-rules.ts';

/** What takes seconds with rules, away from the process that answers and writes. */
export interface ForkedRules {
  lintRules(request: LintRequest): Promise<LintReport>;
  /** @throws the signal's reason once it is aborted; RetryLater while others use it; InvalidInput for a pattern that is refused */
  tryRule(whatIf: WhatIf, watch?: Watch): Promise<WhatIfAnswer>;
  /** Stops what runs. Twice is harmless. */
  close(): Promise<void>;
}

/** Each loads a dictionary, and reads for seconds. */
const atOnce = 2;
const busyMs = 5000;

/** Processes that are gone when their work is done: nobody asks often. */
export function openForkedRules(place: DataPlace): ForkedRules {
  const running = new Map<ChildProcess, Promise<void>>();

  async function run(work: RuleWork, { onProgress, signal }: Watch = {}): Promise<RuleReply> {
    const child = forkProgram('rule-process');
    const ended = untilEnded(child);
    running.set(child, ended);
    const stop = () => child.kill('SIGKILL');
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    let last: RuleReply = { kind: 'broken', reason: 'the process has ended' };
    child.on('message', (reply: RuleReply) => {
      if (reply.kind === 'progress') return onProgress?.(reply.scanned, reply.total);
      last = reply;
      stop();
    });
    child.send(work);
    await ended;
    running.delete(child);
    signal?.removeEventListener('abort', stop);
    return last;
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
      for (const child of running.keys()) child.kill('SIGKILL');
      await Promise.all(running.values());
    },
  };
}

function failureOf(reply: RuleReply): Error {
  if (reply.kind === 'refused') return new InvalidInput(reply.field, reply.message);
  return new Error(reply.kind === 'broken' ? `rules: ${reply.reason}` : `rules: unexpected ${reply.kind}`);
}
