import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { openSiteSurvey } from '../../bin/site-survey.ts';
import { addWechatAddresses } from '../../crawlers/sources/wechat/add-addresses.ts';
import { openChineseCalendar } from '../../pipeline/adapters/chinese-calendar.ts';
import { buildNameDigest } from '../../pipeline/adapters/name-digest.ts';
import type { OpenedPorts } from '../../pipeline/adapters/open-stores.ts';
import { otpauthCodes } from '../../pipeline/adapters/otpauth-codes.ts';
import { buildScryptPasswords } from '../../pipeline/adapters/scrypt-passwords.ts';
import { addUser } from '../../pipeline/commands/add-user.ts';
import { judgeText } from '../../pipeline/commands/current-judge.ts';
import { tryRule } from '../../pipeline/commands/what-if.ts';
import type { Role } from '../../pipeline/domain/role.ts';
import { readTables } from '../../pipeline/extract/read-tables.ts';
import type { Stores } from '../../pipeline/ports/index.ts';
import { createJudge, type Judge } from '../../pipeline/stages/judge.ts';
import { lintRules } from '../../pipeline/stages/lint-rules.ts';
import type { AppDeps, HttpOptions } from '../../review-api/app.ts';
import type { SignInOptions } from '../../review-api/http/call.ts';
import type { SafeguardDeps } from '../../review-api/http/safeguard-deps.ts';
import { startApi } from '../../review-api/main.ts';
import { FakeClock } from './fake-clock.ts';
import { openMemoryKeys } from './memory-keys.ts';
import { openOfficeDrafts } from './office-drafts.ts';
import { openOfficePhrases } from './office-phrases.ts';
import { openPlace, type Place } from './places.ts';
import { openOfficeSafeguards } from './safeguards.ts';
import { Visitor } from './visitor.ts';

export const officePassword = '山高水长-qingfeng-77';

/** The real API on a free port, over real stores in a folder of its own, with time that stands still. */
export interface Office {
  url: string;
  /** Where the stores keep their files, unless they are elsewhere. */
  folder: string;
  stores: Stores;
  clock: FakeClock;
  /** Everything that was logged, as one text. */
  log(): string;
  /** Adds an account (password `officePassword`) named after its first role unless told; the unit must be in the settings. */
  hire(roles: readonly Role[], login?: string, unitId?: string | null): Promise<string>;
  /** A browser of its own that nobody has signed in with. */
  visit(): Visitor;
  /** An account with these roles, signed in. */
  visitAs(...roles: Role[]): Promise<Visitor>;
  /** What the API was made with. */
  deps: AppDeps;
  closeApi(): Promise<void>;
  close(): Promise<void>;
}

/** Cuts at every character, which is enough to find things by; nodejieba is the product's. */
export const tokeniseByCharacter = (text: string): string[] => [...text.replace(/[^\p{L}\p{N}]/gu, '')];

const plainHttp: HttpOptions = {
  ...{ behindTls: false, trustedProxyHops: 0, publicOrigin: null, basePath: '', webFolder: null },
};
/** No school's sign-in is connected, and nobody has to have a second factor. */
const plainSignIn: SignInOptions = {
  password: 'on',
  providers: [],
  secondFactor: { roles: [], graceDays: 14, everyDoor: false },
};

const digestName = buildNameDigest(generateKeyPairSync('ed25519').privateKey);

/** Made when somebody asks for a judgement: few tests do, and it takes a second. */
function lazyJudge(): () => Judge {
  let made: Judge | null = null;
  return () => {
    made ??= createJudge({ rules: [], settingsVersion: 1 });
    return made;
  };
}
const judge = lazyJudge();

/** Of a school that crawls beside it: whoever made them closes them. */
interface SharedParts {
  clock: FakeClock;
  ports: OpenedPorts;
  safeguards: SafeguardDeps;
}

/** @param place where its stores are, if not in the office's folder */
export async function openOffice(
  options: Partial<HttpOptions> = {},
  place?: Place,
  shared?: SharedParts,
): Promise<Office> {
  const folder = mkdtempSync(join(tmpdir(), 'guanlan-office-'));
  const clock = shared?.clock ?? new FakeClock('2026-11-20T01:00:00.000Z');
  const ports = shared?.ports ?? (await openPlace(place ?? { setUp: 'embedded', dataDir: folder }, clock));
  const { stores, announcer, blobs } = ports;
  const lines: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const passwords = buildScryptPasswords({ logN: 10, r: 8, p: 1 });
  const deps: AppDeps = {
    ...{ stores, announcer, clock, passwords, logger },
    calendar: openChineseCalendar(stores.settings),
    tables: { readTables: async (bytes) => readTables(bytes) },
    tokenise: tokeniseByCharacter,
    judgeTexts: async (inputs) => inputs.map((input) => judgeText(judge(), input)),
    ...openOfficePhrases(stores.topics),
    lintRules: async (request) => lintRules(request),
    tryRule: (whatIf, watch) => tryRule(whatIf, stores.evidence, watch),
    digestName,
    codes: otpauthCodes,
    totpKeys: openMemoryKeys('totp'),
    connectorKeys: openMemoryKeys(),
    safeguards: shared?.safeguards ?? openOfficeSafeguards({ stores, blobs, clock }),
    signIn: plainSignIn,
    blobs,
    ...openOfficeDrafts(stores.settings),
    addArticles: (channel, addresses) =>
      addWechatAddresses({ ledger: stores.ledger, clock }, channel, addresses),
    surveys: openSiteSurvey({ clock }, { privateAddress: true }),
    http: { ...plainHttp, ...options },
  };
  const api = await startApi(deps, { host: '127.0.0.1', port: 0 });
  let hired = 0;
  const hire = async (
    roles: readonly Role[],
    login = `${roles[0]}-${++hired}`,
    unitId: string | null = null,
  ) => {
    const wanted = { login, name: `同事${hired}`, roles, unitId, password: officePassword };
    await addUser(wanted, null, { stores, clock, passwords });
    return login;
  };
  const visit = () => new Visitor(api.url);
  return {
    url: api.url,
    folder,
    stores,
    clock,
    log: () => lines.join(''),
    hire,
    visit,
    visitAs: async (...roles) => {
      const visitor = visit();
      await visitor.signIn(await hire(roles), officePassword);
      return visitor;
    },
    deps,
    closeApi: api.close,
    close: async () => {
      await api.close();
      if (shared === undefined) await ports.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
