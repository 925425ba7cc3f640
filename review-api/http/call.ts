import type { Logger } from 'pino';
import type { z } from 'zod';
import type { CheckPorts } from '../../pipeline/commands/check-content.ts';
import type { JudgeTexts } from '../../pipeline/commands/current-judge.ts';
import type { UploadPorts } from '../../pipeline/commands/draft-uploads.ts';
import type { ImportPorts } from '../../pipeline/commands/import-text.ts';
import type { KeyPhrasePorts } from '../../pipeline/commands/read-key-phrases.ts';
import type { RulePorts } from '../../pipeline/commands/rule-settings.ts';
import type { TryPorts } from '../../pipeline/commands/try-rule.ts';
import type { Actor } from '../../pipeline/domain/case.ts';
import type { CrawledChannel, WechatChannel } from '../../pipeline/domain/channel.ts';
import type { KeyRing } from '../../pipeline/domain/key-ring.ts';
import { type Action, type Rights, rolesOf } from '../../pipeline/domain/role.ts';
import type { SealHands } from '../../pipeline/domain/seal.ts';
import type { SecondFactorPolicy } from '../../pipeline/domain/second-factor.ts';
import { lendersOf } from '../../pipeline/domain/stand-in.ts';
import type { Announcer } from '../../pipeline/ports/announcer.ts';
import type { BlobStore } from '../../pipeline/ports/blob-store.ts';
import type { Clock } from '../../pipeline/ports/clock.ts';
import type { DocumentPrinter } from '../../pipeline/ports/document-printer.ts';
import type { IdentityProvider } from '../../pipeline/ports/identity-provider.ts';
import type { Stores } from '../../pipeline/ports/index.ts';
import type { JobQueue } from '../../pipeline/ports/job-queue.ts';
import type { Metrics } from '../../pipeline/ports/metrics.ts';
import type { OneTimeCodes } from '../../pipeline/ports/one-time-codes.ts';
import type { Passwords } from '../../pipeline/ports/passwords.ts';
import type { TableReader } from '../../pipeline/ports/table-reader.ts';
import type { WechatDrafts } from '../../pipeline/ports/wechat-drafts.ts';
import type { CalendarSource } from '../../pipeline/ports/work-calendar.ts';
import type { WorkbookWriter } from '../../pipeline/ports/workbook-writer.ts';
import type { ArticlesAnswer, PageTest } from '../contract/channel.ts';
import type { SiteFindings } from '../contract/guide.ts';
import type { RouteName, routes } from '../contract/routes.ts';
import type { Directory } from '../present/directory.ts';
import { SignInRequired } from './errors.ts';
import type { FileAnswer } from './file-answer.ts';
import type { HttpOptions } from './http-options.ts';
import type { SignedCookies } from './own-cookies.ts';
import type { RequestLimits } from './request-limits.ts';
import type { RuleTrials } from './rule-trials.ts';
import type { SafeguardDeps } from './safeguard-deps.ts';
import type { SignedIn } from './sessions.ts';
import type { SignInThrottle } from './sign-in-throttle.ts';

export interface AppDeps {
  stores: Stores;
  /** Tells this process what others have changed. */
  announcer: Announcer;
  clock: Clock;
  /** Which days are worked. */
  calendar: CalendarSource;
  /** Reads workbooks in a process apart. */
  tables: TableReader;
  passwords: Passwords;
  /** Cuts a text into the words of the search index. */
  tokenise: (text: string) => string[] | Promise<string[]>;
  /** Rules are read strictly, and tried on the stored posts, away from this thread. */
  lintRules: NonNullable<RulePorts['lintRules']>;
  tryRule: TryPorts['tryRule'];
  /** In threads of their own. */
  judgeTexts: JudgeTexts;
  countPhrases: KeyPhrasePorts['countPhrases'];
  findPhrases: KeyPhrasePorts['findPhrases'];
  /** Puts addresses that a person pasted into the ledger; nothing is fetched. */
  addArticles?: (channel: WechatChannel, addresses: readonly string[]) => Promise<ArticlesAnswer['items']>;
  /** One page of a channel, asked for as a crawl would; a process without a way out leaves it out. */
  testPage?: (
    channel: CrawledChannel,
    asked: { url: string | null; signal: AbortSignal },
  ) => Promise<PageTest>;
  /** Reads a home page and what it leads to; as `testPage`. `privateAddress`: sites in the internal network too. */
  surveys?: {
    privateAddress: boolean;
    survey: (address: string, signal: AbortSignal) => Promise<Omit<SiteFindings, 'registeredAs'>>;
  };
  /** Writes forms; a process without a way to print leaves it out. */
  printer?: DocumentPrinter;
  /** Writes 台账; as the printer. */
  workbooks?: WorkbookWriter;
  /** Wakes the judge for a lead; without it the sweeper does. */
  queue?: Pick<JobQueue, 'enqueue'>;
  /** Keyed: what is counted by address keeps no address. */
  digestName: (name: string) => string;
  codes: OneTimeCodes;
  /** Seals the secrets of second factors. */
  totpKeys: KeyRing;
  /** Seals what other systems are called with. */
  connectorKeys: KeyRing;
  safeguards: SafeguardDeps;
  /** Files of drafts, under `publication`. */
  blobs: BlobStore;
  /** In a thread, and in a process apart. */
  checkDraft: CheckPorts['checkDraft'];
  readFiles: CheckPorts['readFiles'];
  rememberPicture?: UploadPorts['rememberPicture'];
  /** Files are looked into in a process apart. */
  files: ImportPorts['files'];
  /** Is the text in pictures read? */
  pictureText: boolean;
  /** Pictures that a brought-in text names by address. */
  pictures?: ImportPorts['pictures'];
  /** The draft boxes of the school's own official accounts. */
  wechatDrafts?: WechatDrafts;
  /** Seals what was approved. */
  seal: SealHands;
  logger: Logger;
  /** Counts requests by pattern; none where nobody reads it. */
  metrics?: Pick<Metrics, 'answered'>;
  signIn: SignInOptions;
  http: HttpOptions;
}

/** By which doors people come in. */
export interface SignInOptions {
  /** `emergency`: the password is for accounts that are kept for the day when the school's sign-in is away. */
  password: 'on' | 'emergency';
  /** The school's own sign-in, as far as it is connected. */
  providers: readonly IdentityProvider[];
  secondFactor: SecondFactorPolicy;
}

/** What routes are given: the stores and what is made of them once per application. */
export interface RouteDeps extends AppDeps {
  directory: Directory;
  signInThrottle: SignInThrottle;
  requestLimits: RequestLimits;
  ruleTrials: RuleTrials;
}

type Spec<N extends RouteName> = (typeof routes)[N];
type Parsed<T> = T extends z.ZodType ? z.output<T> : null;

export interface Cookies {
  setSession(token: string): void;
  clearSession(): void;
  /** What a one-time link was opened with on this device; null for none. */
  slipDevice: string | null;
  setSlipDevice(token: string): void;
  /** Of a sign-in on its way. */
  signed: SignedCookies;
}

/** One request after parsing and authorising. */
export interface Call<N extends RouteName = RouteName> {
  params: Parsed<Spec<N>['params']>;
  query: Parsed<Spec<N>['query']>;
  body: Parsed<Spec<N>['body']>;
  /** What was sent to a route that takes a file; else null. */
  file: Uint8Array | null;
  signedIn: SignedIn | null;
  rights: Rights;
  /** The right that the route asks for; null where a session, or none, is enough. */
  action: Action | null;
  /** Which of the person's tabs asks; null where it doesn't say. */
  tabId: string | null;
  address: string;
  /** Browser and system by name. */
  device: string;
  /** Aborted once nobody waits for the answer any more. */
  signal: AbortSignal;
  cookies: Cookies;
  deps: RouteDeps;
}

type Answer<N extends RouteName> =
  Spec<N> extends { download: true }
    ? FileAnswer
    : Spec<N>['answer'] extends z.ZodType
      ? z.input<Spec<N>['answer']>
      : null;

export type Handler<N extends RouteName> = (call: Call<N>) => Promise<Answer<N>>;

/** Behind a route that asks for a session there is always one; this says so to the types. */
export function getSignedIn(call: Pick<Call, 'signedIn'>): SignedIn {
  if (call.signedIn === null) throw new SignInRequired('还没有登录，或登录已过期。');
  return call.signedIn;
}

export function getReader({ signedIn, rights, action }: Pick<Call, 'signedIn' | 'rights' | 'action'>): {
  actor: Actor;
  rights: Rights;
} {
  const { user, appointments } = getSignedIn({ signedIn });
  const lenders = action === null ? [] : lendersOf(appointments, action);
  const onBehalfOf = lenders.length === 0 ? {} : { onBehalfOf: lenders };
  return { actor: { id: user.id, roles: rolesOf(appointments), ...onBehalfOf }, rights };
}
