import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { InvalidInput } from '../pipeline/domain/errors.ts';
import { chooseSetUp } from './connections.ts';
import type { Env } from './env.ts';
import { readProxy } from './proxy.ts';
import { readSignIn, type SignInConfig } from './sign-in.ts';

const blankAsAbsent = (value: unknown) => (value === '' ? undefined : value);

const port = z.coerce.number().int().min(0).max(65_535);

const EnvSchema = z.object({
  GUANLAN_DATA: z.preprocess(blankAsAbsent, z.string().default('./data')),
  GUANLAN_CONFIG: z.preprocess(blankAsAbsent, z.string().optional()),
  GUANLAN_KEYS: z.preprocess(blankAsAbsent, z.string().optional()),
  GUANLAN_HOST: z.preprocess(blankAsAbsent, z.string().default('127.0.0.1')),
  GUANLAN_PORT: z.preprocess(blankAsAbsent, port.default(3000)),
  GUANLAN_PUBLIC_URL: z.preprocess(blankAsAbsent, z.url({ protocol: /^https?$/ }).optional()),
  GUANLAN_LOG_LEVEL: z.preprocess(
    blankAsAbsent,
    z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  ),
  GUANLAN_CHROMIUM: z.preprocess(blankAsAbsent, z.string().optional()),
  GUANLAN_CHROMIUM_SANDBOX: z.preprocess(blankAsAbsent, z.enum(['on', 'off']).default('on')),
  GUANLAN_JUDGE_THREADS: z.preprocess(blankAsAbsent, z.coerce.number().int().min(1).max(64).optional()),
  GUANLAN_PICTURE_TEXT: z.preprocess(blankAsAbsent, z.enum(['on', 'off']).default('on')),
  GUANLAN_CHART_FONT: z.preprocess(blankAsAbsent, z.string().optional()),
  GUANLAN_OPS_HOST: z.preprocess(blankAsAbsent, z.string().default('127.0.0.1')),
  GUANLAN_OPS_PORT: z.preprocess(blankAsAbsent, port.optional()),
});

const hints: Record<string, string> = {
  GUANLAN_PORT: 'a number from 0 to 65535, e.g. 3000',
  GUANLAN_JUDGE_THREADS: 'a number from 1 to 64; each takes about 300 MB',
  GUANLAN_PICTURE_TEXT: 'on or off',
  GUANLAN_OPS_PORT: 'a number from 0 to 65535, e.g. 9464; leave it out for no such port',
  GUANLAN_PUBLIC_URL:
    'the address people use, e.g. https://guanlan.example.edu.cn or https://xcb.example.edu.cn/guanlan',
  GUANLAN_CHROMIUM_SANDBOX: 'on or off',
  GUANLAN_LOG_LEVEL: 'debug, info, warn, error or silent',
};

/** Holds no secret, so it can be logged. Paths are absolute. */
export interface Config {
  /** `scaled`: many processes on MongoDB and Redis. Where those are is a secret (connections.ts). */
  readonly setUp: 'embedded' | 'scaled';
  readonly dataDir: string;
  /** Holds channels.yaml, units.yaml, governance.yaml and lexicons/. */
  readonly seedDir: string;
  readonly keysDir: string;
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** Cookies are `Secure` and HSTS is sent when people come by https. */
    readonly publicUrl: string | null;
    /** Of it: scheme, host and port; and the path below which we stand, without a slash at the end. */
    readonly publicOrigin: string | null;
    readonly basePath: string;
    readonly secure: boolean;
  };
  /** How many threads judge, in each process that does. */
  readonly judgeThreads: number;
  /** Is the text in the pictures of drafts read? */
  readonly pictureText: boolean;
  /** The font of charts as pictures; null for the one that is found. */
  readonly chartFont: string | null;
  /** Where health, readiness and metrics are told; null for nowhere. */
  readonly ops: { readonly host: string; readonly port: number } | null;
  /** How pages are fetched. */
  readonly outward: {
    /** The proxy that everything goes through, without its password (proxy.ts); null for none. */
    readonly proxy: string | null;
    /** The browser for pages that scripts build; null for the one that is found. */
    readonly chromium: string | null;
    /** Whether the browser shuts itself in; off where a container does that. */
    readonly sandbox: boolean;
    /** The system's list of folders with programs. */
    readonly path: string;
  };
  readonly signIn: SignInConfig;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** One core is left to the database and the pages; a second dictionary is paid for where there is a core for it. */
function defaultJudgeThreads(): number {
  return Math.min(2, Math.max(1, availableParallelism() - 1));
}

/** The office's own `./config` when there is one, else the seeds that come with the program. */
function findSeedDir(named: string | undefined, packageDir: string): string {
  if (named !== undefined) return resolve(named);
  const local = resolve('config');
  return existsSync(join(local, 'channels.yaml')) ? local : join(packageDir, 'config');
}

/** @throws InvalidInput for an address that could not be put in front of a path */
function splitPublicUrl(address: string | undefined): { publicOrigin: string | null; basePath: string } {
  if (address === undefined) return { publicOrigin: null, basePath: '' };
  const { origin, pathname, search, hash, username } = new URL(address);
  if (/^[\w./~-]*$/.test(pathname) && `${search}${hash}${username}` === '') {
    return { publicOrigin: origin, basePath: pathname.replace(/\/+$/, '') };
  }
  throw new InvalidInput(
    'GUANLAN_PUBLIC_URL',
    'GUANLAN_PUBLIC_URL: only scheme, host, port and a plain path',
    hints.GUANLAN_PUBLIC_URL,
  );
}

/**
 * @param packageDir where the program lies
 * @throws InvalidInput naming the variable and what it should hold, also for one that the set-up needs and nobody gave
 */
export function buildConfig(env: Env, packageDir: string): Config {
  const parsed = EnvSchema.safeParse(env);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = String(issue?.path[0] ?? 'environment');
    throw new InvalidInput(field, `${field}: ${issue?.message ?? 'invalid'}`, hints[field]);
  }
  const values = parsed.data;
  const setUp = chooseSetUp(env);
  if (setUp === 'scaled' && values.GUANLAN_KEYS === undefined) {
    throw new InvalidInput(
      'GUANLAN_KEYS',
      'GUANLAN_KEYS is missing: in the scaled set-up all processes sign with the same keys',
      'a folder that all processes share',
    );
  }
  const dataDir = resolve(values.GUANLAN_DATA);
  return Object.freeze({
    setUp,
    dataDir,
    seedDir: findSeedDir(values.GUANLAN_CONFIG, packageDir),
    keysDir: values.GUANLAN_KEYS === undefined ? join(dataDir, 'keys') : resolve(values.GUANLAN_KEYS),
    http: Object.freeze({
      host: values.GUANLAN_HOST,
      port: values.GUANLAN_PORT,
      publicUrl: values.GUANLAN_PUBLIC_URL ?? null,
      ...splitPublicUrl(values.GUANLAN_PUBLIC_URL),
      secure: values.GUANLAN_PUBLIC_URL?.startsWith('https:') ?? false,
    }),
    judgeThreads: values.GUANLAN_JUDGE_THREADS ?? defaultJudgeThreads(),
    pictureText: values.GUANLAN_PICTURE_TEXT === 'on',
    chartFont: values.GUANLAN_CHART_FONT === undefined ? null : resolve(values.GUANLAN_CHART_FONT),
    ops:
      values.GUANLAN_OPS_PORT === undefined
        ? null
        : Object.freeze({ host: values.GUANLAN_OPS_HOST, port: values.GUANLAN_OPS_PORT }),
    outward: Object.freeze({
      proxy: readProxy(env)?.origin ?? null,
      chromium: values.GUANLAN_CHROMIUM === undefined ? null : resolve(values.GUANLAN_CHROMIUM),
      sandbox: values.GUANLAN_CHROMIUM_SANDBOX === 'on',
      path: env.PATH ?? '',
    }),
    signIn: readSignIn(env),
    logLevel: values.GUANLAN_LOG_LEVEL,
  });
}
