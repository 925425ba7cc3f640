import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import type { Secrets } from '../config/secrets.ts';
import { signAnchor, verifyAnchor } from './adapters/anchor-signer.ts';
import { openChineseCalendar } from './adapters/chinese-calendar.ts';
import { openProviders, type Ways } from './adapters/identity/open-providers.ts';
import { buildNameDigest } from './adapters/name-digest.ts';
import { openPorts } from './adapters/open-stores.ts';
import { otpauthCodes } from './adapters/otpauth-codes.ts';
import { openPromMetrics } from './adapters/prom-metrics.ts';
import { buildScryptPasswords } from './adapters/scrypt-passwords.ts';
import { buildSealHands } from './adapters/seal-signer.ts';
import { systemClock } from './adapters/system-clock.ts';
import { type Credentials, openCredentials } from './commands/credentials.ts';
import { type JudgeTexts, openRecipe } from './commands/current-judge.ts';
import type { SignAnchor } from './commands/link-audit.ts';
import { openBaselines } from './commands/measure-baselines.ts';
import { type Objections, openObjections } from './commands/objections.ts';
import { type DraftFilesReader, openDraftFiles } from './commands/read-draft-files.ts';
import { openRouting } from './commands/read-routing.ts';
import type { VerifyAnchor } from './commands/verify-audit.ts';
import type { BaselineSet } from './domain/baseline.ts';
import type { KeyRing } from './domain/key-ring.ts';
import type { RoutingSet } from './domain/routing.ts';
import type { SealHands } from './domain/seal.ts';
import { type FileReader, openFileReader } from './extract/file-reader.ts';
import { type ForkedRules, openForkedRules } from './forked-rules.ts';
import { type ForkedTopics, openForkedTopics } from './forked-topics.ts';
import { buildLogger } from './logger.ts';
import type { EgressProxy } from './ports/egress.ts';
import type { IdentityProvider } from './ports/identity-provider.ts';
import type { Ports } from './ports/index.ts';
import type { OnJobFailure } from './ports/job-queue.ts';
import { type Metrics, noMetrics } from './ports/metrics.ts';
import type { OneTimeCodes } from './ports/one-time-codes.ts';
import type { Passwords } from './ports/passwords.ts';
import type { TableReader } from './ports/table-reader.ts';
import { openCheckKnowledge, openThreadedChecks, type ThreadedChecks } from './threaded-checks.ts';
import { openThreadedJudge } from './threaded-judge.ts';

/** Everything a process needs, put together in one place. Whoever made it closes it. */
export interface Context extends Ports {
  config: Config;
  logger: Logger;
  metrics: Metrics;
  passwords: Passwords;
  /** In threads of their own. */
  judgeTexts: JudgeTexts;
  /** What is usual for each channel. */
  readBaselines: () => Promise<BaselineSet>;
  /** By which cases are routed when they are opened. */
  readRouting: () => Promise<RoutingSet>;
  /** The words that a query must be asked with, from those threads too: this one needs no dictionary for it. */
  searchWords: (query: string) => Promise<string[]>;
  /** In processes of their own, for what takes seconds. */
  lintRules: ForkedRules['lintRules'];
  tryRule: ForkedRules['tryRule'];
  /** In a thread of its own; never throws for a draft, and says what could not be checked. */
  checkDraft: ThreadedChecks['checkDraft'];
  /** What the school's own accounts are let in with. */
  credentials: Credentials;
  /** Key phrases of texts, and in how many of them each stands: in a process of its own. */
  readPhrases: ForkedTopics['readPhrases'];
  countPhrases: ForkedTopics['countPhrases'];
  findPhrases: ForkedTopics['findPhrases'];
  /** Seals what other systems are called with. */
  connectorKeys: KeyRing;
  /** Reads workbooks, in a process apart that begins with the first. */
  tables: TableReader;
  /** The same process, for the files of drafts. */
  files: FileReader;
  /** Is the text in pictures read? */
  pictureText: boolean;
  /** What is in the pictures and attachments of a draft. */
  readFiles: DraftFilesReader;
  rememberPicture: DraftFilesReader['rememberPicture'];
  /** That all fetching goes through. */
  proxy: EgressProxy | null;
  /** Who objected: for the parsers and the command that keeps the list (R13). */
  objections: Objections;
  /** Seal where an answer to somebody outside goes (R13). */
  contactKeys: KeyRing;
  anchors: { sign: SignAnchor; verify: VerifyAnchor };
  codes: OneTimeCodes;
  /** Seals the secrets of second factors. */
  totpKeys: KeyRing;
  /** Seals what was approved for publication (docs/decisions/0036). */
  seal: SealHands;
  /** The school's own sign-in, as far as it is configured. */
  openProviders: (ways: Ways) => IdentityProvider[];
  /** Keyed: for names that tell of a person, in the rate store. */
  digestName: (name: string) => string;
  /** Twice is harmless. */
  close(): Promise<void>;
}

export type ContextOverrides = Partial<
  Pick<Context, 'clock' | 'stores' | 'blobs' | 'queue' | 'announcer' | 'logger' | 'passwords'>
>;

/** What is put off tries itself again, and is news only when somebody looks for it. */
const levels = { later: 'debug', again: 'warn', dead: 'error' } as const;

function tellFailures(logger: Logger, metrics: Metrics): OnJobFailure {
  return ({ topic, key, fate, error }) => {
    metrics.jobFailed({ topic, fate });
    logger[levels[fate]]({ topic, key, fate, err: error }, 'a job failed');
  };
}

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
  const logger = overrides.logger ?? buildLogger(config.logLevel);
  const onTrouble = (reason: string) => logger.error({ reason }, 'the queue has trouble');
  const metrics = config.ops === null ? noMetrics : openPromMetrics();
  const onJobFailure = tellFailures(logger, metrics);
  const setUp = { dataDir: config.dataDir, connections: secrets.connections, clock, onTrouble, onJobFailure };
  const { stores, queue, blobs, announcer, close } = await openPorts(setUp, overrides);
  let closing: Promise<void> | null = null;
  const readRecipe = openRecipe({ settings: stores.settings, clock });
  const rules = openForkedRules({ dataDir: config.dataDir, connections: secrets.connections });
  const topics = openForkedTopics(
    { dataDir: config.dataDir, connections: secrets.connections },
    async () => (await readRecipe()).options.dictionaryWords ?? [],
  );
  const files = openFileReader();
  const readFiles = openDraftFiles({ blobs, files, pictureText: config.pictureText });
  const checks = openThreadedChecks(openCheckKnowledge(stores.settings));
  const threaded = openThreadedJudge(readRecipe, { threads: config.judgeThreads });
  return {
    config,
    ...{ stores, queue, blobs, announcer, clock, logger },
    calendar: openChineseCalendar(stores.settings),
    tables: files,
    files,
    pictureText: config.pictureText,
    readFiles,
    rememberPicture: readFiles.rememberPicture,
    metrics,
    passwords: overrides.passwords ?? buildScryptPasswords(),
    judgeTexts: threaded.judgeTexts,
    readBaselines: openBaselines(stores.baselines),
    readRouting: openRouting(stores.settings),
    searchWords: threaded.searchWords,
    lintRules: rules.lintRules,
    tryRule: rules.tryRule,
    readPhrases: topics.readPhrases,
    countPhrases: topics.countPhrases,
    findPhrases: topics.findPhrases,
    checkDraft: checks.checkDraft,
    credentials: openCredentials({ store: stores.credentials, keys: secrets.connectorKeys, clock }),
    connectorKeys: secrets.connectorKeys,
    proxy: secrets.proxy,
    contactKeys: secrets.contactKeys,
    objections: openObjections({ list: stores.objections, keys: secrets.objectionKeys, clock }),
    anchors: {
      sign: (bytes) => signAnchor(secrets.anchor, bytes),
      verify: (bytes, anchor) => verifyAnchor(secrets.anchorPublicKeys, bytes, anchor),
    },
    codes: otpauthCodes,
    totpKeys: secrets.totpKeys,
    seal: buildSealHands(secrets.sealKeys),
    openProviders: (ways) => openProviders(config.signIn, secrets.signIn, { ways, clock }),
    digestName: buildNameDigest(secrets.anchor.privateKey),
    close: () => {
      // No new job, then the thread that the last ones ask, then what they write to.
      const closeFiles = () => files.close();
      closing ??= queue
        .drain()
        .finally(rules.close)
        .finally(topics.close)
        .finally(threaded.close)
        .finally(checks.close)
        .finally(closeFiles)
        .finally(close);
      return closing;
    },
  };
}
