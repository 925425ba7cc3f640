import { Worker } from 'node:worker_threads';
import type { CheckReady, CheckReply, CheckRequest } from './check-thread.ts';
import type { CheckKnowledge } from './checks/check-knowledge.ts';
import { type CheckedStage, collectStages } from './checks/run-checks.ts';
import type { CheckInput, CheckResult } from './domain/check.ts';
import { schoolFactsOf } from './domain/school-facts.ts';
import { findThreadFile } from './find-thread-file.ts';
import type { SettingsStore } from './ports/settings-store.ts';

/** What is known of the school; `key` changes with it. */
export interface KnownSchool {
  key: string;
  knowledge: CheckKnowledge;
}

export interface ThreadedChecks {
  /** Never throws for a draft: what could not be checked is told in the answer. In the order asked. */
  checkDraft(input: CheckInput): Promise<CheckResult>;
  /** After what it was asked before. Twice is harmless; asked again later, it starts again. */
  close(): Promise<void>;
}

interface Limits {
  /** For one draft; what has not begun by then is not checked. */
  limitMs: number;
  /** After this the thread itself is given up: one check has not come back. */
  patienceMs: number;
  /** Threads given up that have not ended yet. */
  stuckAtMost: number;
}

const usual: Limits = { limitMs: 15_000, patienceMs: 20_000, stuckAtMost: 2 };

interface Asked {
  input: CheckInput;
  settle(result: CheckResult): void;
}

interface CheckThread {
  worker: Worker;
  ready: Promise<boolean>;
  ended: Promise<void>;
  key: string;
}

/** What the checks know, by the settings as they are now; read again only when they have changed. */
export function openCheckKnowledge(
  settings: Pick<SettingsStore, 'read' | 'readVersion'>,
): () => Promise<KnownSchool> {
  let known: KnownSchool | null = null;
  return async () => {
    const version = await settings.readVersion();
    if (known?.key !== String(version)) {
      const current = await settings.read();
      const knowledge = { authority: current.authority, school: schoolFactsOf(current) };
      known = { key: String(current.version), knowledge };
    }
    return known;
  };
}

function startThread(file: URL): CheckThread {
  const worker = new Worker(file);
  const ended = new Promise<void>((settle) => worker.once('exit', () => settle()));
  const ready = new Promise<boolean>((settle) => {
    worker.once('message', (message: CheckReady | CheckReply) => settle(message === 'ready'));
    worker.once('exit', () => settle(false));
  });
  // The end is told by `exit`; what it says may quote a draft.
  worker.on('error', () => {});
  return { worker, ready, ended, key: '' };
}

/** Nothing was checked beyond what is done: above all, what was found and may not be published stays found. */
function restUnchecked(reason: string, done: readonly CheckedStage[] = []): CheckResult {
  const { unchecked, ...checked } = collectStages(done);
  return { ...checked, unchecked: [...unchecked, { stage: 'checks', part: null, reason }] };
}

/**
 * Checks drafts in one thread of their own, one at a time, so that the API answers meanwhile. The first draft starts it. A check
 * that does not come back costs its draft the answer and the others nothing: they go to a new thread.
 */
export function openThreadedChecks(
  readKnowledge: () => Promise<KnownSchool>,
  { threadFile = findThreadFile('check-thread'), ...given }: Partial<Limits> & { threadFile?: URL } = {},
): ThreadedChecks {
  const limits = { ...usual, ...given };
  const waiting: Asked[] = [];
  const stuck = new Set<Promise<void>>();
  let thread: CheckThread | null = null;
  let working: Promise<void> | null = null;
  let lastId = 0;

  function retire(gone: CheckThread): void {
    if (thread === gone) thread = null;
    const ended = gone.ended.finally(() => stuck.delete(ended));
    stuck.add(ended);
    gone.worker.postMessage({ kind: 'end' } satisfies CheckRequest);
    gone.worker.unref();
  }

  async function findThread(): Promise<CheckThread | null> {
    if (thread === null) {
      if (stuck.size >= limits.stuckAtMost) return null;
      const started = startThread(threadFile);
      thread = started;
      void started.ended.then(() => {
        if (thread === started) thread = null;
      });
    }
    const current = thread;
    return (await current.ready) ? current : null;
  }

  function ask(current: CheckThread, input: CheckInput): Promise<CheckResult> {
    lastId += 1;
    const id = lastId;
    const done: CheckedStage[] = [];
    const giveUp = (what: string) =>
      restUnchecked(`${what}，${done.length === 0 ? '没有检查' : '其余各项没有检查'}。`, done);
    return new Promise((settle) => {
      const finish = (result: CheckResult) => {
        clearTimeout(timer);
        current.worker.off('message', onReply);
        settle(result);
      };
      const onReply = (reply: CheckReply) => {
        if (reply.id !== id) return;
        if ('done' in reply) done.push(JSON.parse(reply.done) as CheckedStage);
        else if ('result' in reply) finish(JSON.parse(reply.result) as CheckResult);
        else finish(giveUp('检查程序出错'));
      };
      const timer = setTimeout(() => {
        retire(current);
        finish(giveUp('检查超时'));
      }, limits.patienceMs);
      current.worker.on('message', onReply);
      void current.ended.then(() => finish(giveUp('检查程序中断')));
      const request: CheckRequest = {
        kind: 'check',
        id,
        input: JSON.stringify(input),
        limitMs: limits.limitMs,
      };
      current.worker.postMessage(request);
    });
  }

  async function check(input: CheckInput): Promise<CheckResult> {
    try {
      const { key, knowledge } = await readKnowledge();
      const current = await findThread();
      if (current === null) return restUnchecked('检查程序没有响应，没有检查。');
      current.worker.ref();
      if (current.key !== key)
        current.worker.postMessage({ kind: 'knowledge', knowledge } satisfies CheckRequest);
      current.key = key;
      const result = await ask(current, input);
      current.worker.unref();
      return result;
    } catch {
      return restUnchecked('检查所需的设置没有读到，没有检查。');
    }
  }

  async function work(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      next.settle(await check(next.input));
    working = null;
  }

  return {
    checkDraft: (input) =>
      new Promise((settle) => {
        waiting.push({ input, settle });
        working ??= work();
      }),
    close: async () => {
      await working;
      const last = thread;
      thread = null;
      last?.worker.ref();
      last?.worker.postMessage({ kind: 'end' } satisfies CheckRequest);
      await last?.ended;
    },
  };
}
