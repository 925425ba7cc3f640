import { join } from 'node:path';
import pino, { type Logger } from 'pino';
import type { Config } from '../config/config.ts';
import type { Secrets } from '../config/secrets.ts';
import { signAnchor, verifyAnchor } from './adapters/anchor-signer.ts';
import { FileBlobStore } from './adapters/files/blob-store.ts';
import { MemoryQueue } from './adapters/memory-queue.ts';
import { openStores } from './adapters/open-stores.ts';
import { buildScryptPasswords } from './adapters/scrypt-passwords.ts';
import { systemClock } from './adapters/system-clock.ts';
import { type JudgeTexts, openCurrentJudge } from './commands/current-judge.ts';
import type { SignAnchor } from './commands/link-audit.ts';
import type { VerifyAnchor } from './commands/verify-audit.ts';
import type { Ports } from './ports/index.ts';
import type { Passwords } from './ports/passwords.ts';
import type { Judge } from './stages/judge.ts';
import { openThreadedJudge } from './threaded-judge.ts';

/** Everything a process needs, put together in one place. Whoever made it closes it. */
export interface Context extends Ports {
  config: Config;
  logger: Logger;
  passwords: Passwords;
  /** In this thread: for a few words, such as a query's. */
  currentJudge: () => Promise<Judge>;
  /** In a thread of its own: for batches. */
  judgeTexts: JudgeTexts;
  anchors: { sign: SignAnchor; verify: VerifyAnchor };
  /** Twice is harmless. */
  close(): Promise<void>;
}

export type ContextOverrides = Partial<
  Pick<Context, 'clock' | 'stores' | 'blobs' | 'queue' | 'logger' | 'passwords'>
>;

/**
 * The composition root, the same for production and tests.
 * @param overrides what a test, or another set-up, brings along; it is closed with the context
 */
export async function createContext(
  config: Config,
  secrets: Secrets,
  overrides: ContextOverrides = {},
): Promise<Context> {
  const clock = overrides.clock ?? systemClock;
  const stores = overrides.stores ?? openStores(config.dataDir, clock);
  const queue = overrides.queue ?? new MemoryQueue();
  const parts = { stores, queue, clock };
  const threaded = openThreadedJudge({ settings: stores.settings, clock });
  return {
    config,
    ...parts,
    blobs: overrides.blobs ?? (await FileBlobStore.open(join(config.dataDir, 'blobs'))),
    logger: overrides.logger ?? pino({ level: config.logLevel, base: null }, pino.destination(2)),
    passwords: overrides.passwords ?? buildScryptPasswords(),
    currentJudge: openCurrentJudge({ settings: stores.settings, clock }),
    judgeTexts: threaded.judgeTexts,
    anchors: {
      sign: (bytes) => signAnchor(secrets.anchor, bytes),
      verify: (bytes, anchor) => verifyAnchor(secrets.anchorPublicKeys, bytes, anchor),
    },
    close: async () => {
      await queue.close();
      await threaded.close();
      await stores.close();
    },
  };
}
