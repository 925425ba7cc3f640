import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildConfig, type Config } from '../config/config.ts';
import { readConnections } from '../config/connections.ts';
import { readEnv } from '../config/env.ts';
import { loadSecrets, type Secrets } from '../config/secrets.ts';
import { readSeeds } from '../config/seeds.ts';
import { makeDataDir } from '../pipeline/adapters/open-stores.ts';
import type { CheckKnowledge } from '../pipeline/checks/check-knowledge.ts';
import { schoolOptions } from '../pipeline/commands/current-judge.ts';
import { type Context, type ContextOverrides, createContext } from '../pipeline/context.ts';
import { schoolFactsOf } from '../pipeline/domain/school-facts.ts';
import type { JudgeOptions } from '../pipeline/stages/judge.ts';
import { assertMayMakeKey, describeForeignKeys } from './first-key-check.ts';

/** Where the program lies: the checkout, or the installed package (whose compiled code is one folder deeper). */
const packageDir = findPackageDir(dirname(fileURLToPath(import.meta.url)));

function findPackageDir(from: string): string {
  const parent = dirname(from);
  return existsSync(join(from, 'package.json')) || parent === from ? from : findPackageDir(parent);
}

export function readPackageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '0';
}

/** The built dashboards. */
export const webFolder = join(packageDir, 'dashboards', 'dist');

export const seedFallbackDir = join(packageDir, 'config');

/** The configuration as the environment says, with what a command was told on its line. */
export function readConfig(
  overrides: { dataDir?: string | undefined; seedDir?: string | undefined; port?: string | undefined } = {},
): Config {
  const env = readEnv();
  return buildConfig(
    {
      ...env,
      GUANLAN_DATA: overrides.dataDir ?? env.GUANLAN_DATA,
      GUANLAN_CONFIG: overrides.seedDir ?? env.GUANLAN_CONFIG,
      GUANLAN_PORT: overrides.port ?? env.GUANLAN_PORT,
    },
    packageDir,
  );
}

/** A configuration that says `embedded` (a demo's) has no servers, whatever the environment names. */
function readSecrets({ keysDir, setUp, outward, signIn }: Config, create: boolean): Secrets {
  const { GUANLAN_PROXY, GUANLAN_PROXY_FILE, ...rest } = readEnv();
  const doors = Object.entries(rest).filter(([name]) => /^GUANLAN_(OIDC|WECOM)_/.test(name));
  const env = {
    ...(setUp === 'scaled' ? rest : {}),
    ...(signIn.oidc === null && signIn.wecom === null ? {} : Object.fromEntries(doors)),
    ...(outward.proxy === null ? {} : { GUANLAN_PROXY, GUANLAN_PROXY_FILE }),
  };
  return loadSecrets(keysDir, env, { now: new Date().toISOString(), create });
}

/** @throws Permanent when there is no key, and the store shows that there was one */
export async function openContext(config = readConfig(), overrides: ContextOverrides = {}): Promise<Context> {
  if (config.setUp === 'embedded') makeDataDir(config.dataDir);
  const connections = config.setUp === 'scaled' ? readConnections(readEnv()) : null;
  await assertMayMakeKey(config, connections);
  const secrets = readSecrets(config, true);
  const context = await createContext(config, secrets, overrides);
  try {
    const foreign = await describeForeignKeys(context.stores, secrets);
    if (foreign !== null) context.logger.warn(foreign);
    return context;
  } catch (error) {
    await context.close();
    throw error;
  }
}

/** For a command that checks: without this office's keys it says so, instead of making new ones. */
export async function openExistingContext(config = readConfig()): Promise<Context> {
  return createContext(config, readSecrets(config, false));
}

/** Rules, units and the like as the seed files hold them: judging a file needs no database. */
export function readSeedSchool(config: Config = readConfig()): JudgeOptions {
  const { rules, units, governance } = readSeeds(config.seedDir, seedFallbackDir);
  return schoolOptions({ rules: rules.body, units: units.body, governance: governance.body, version: 0 });
}

/** What the checks of drafts know of the school, as the seed files hold it. @param seedDir if not the deployment's */
export function readSeedKnowledge(seedDir: string = readConfig().seedDir): CheckKnowledge {
  const { authority, channels, governance } = readSeeds(seedDir, seedFallbackDir);
  const school = schoolFactsOf({ channels: channels.body, governance: governance.body });
  return { authority: authority.body, school };
}
