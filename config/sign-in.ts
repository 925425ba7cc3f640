import { z } from 'zod';
import { InvalidInput } from '../pipeline/domain/errors.ts';
import { providerNames, type SubjectCase } from '../pipeline/domain/identity.ts';
import { Role } from '../pipeline/domain/role.ts';
import type { SecondFactorPolicy } from '../pipeline/domain/second-factor.ts';
import { readSecretValue } from './connections.ts';
import type { Env } from './env.ts';

/** By which doors people come in. Holds no secret. */
export interface SignInConfig {
  readonly password: 'on' | 'emergency';
  readonly secondFactor: SecondFactorPolicy;
  readonly cas: CasConfig | null;
  readonly oidc: OidcConfig | null;
  readonly wecom: WecomConfig | null;
  /** Which of them are asked through GUANLAN_PROXY. */
  readonly proxied: 'wecom' | 'all' | 'none';
}

interface CasConfig {
  readonly url: string;
  readonly protocol: '2' | '3';
  readonly attribute: string | null;
  readonly subjectCase: SubjectCase;
  readonly label: string;
}

interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly hosts: readonly string[];
  readonly claim: string;
  readonly subjectCase: SubjectCase;
  readonly label: string;
}

interface WecomConfig {
  readonly corpId: string;
  readonly agentId: string;
  readonly label: string;
}

/** Never logged; null where that door is not configured. */
export interface SignInSecrets {
  readonly oidcClientSecret: string | null;
  readonly wecomSecret: string | null;
}

/** The local password and no more: of a demo. */
export const passwordOnly: SignInConfig = Object.freeze({
  password: 'on',
  secondFactor: {
    roles: ['account-admin', 'operator', 'director', 'safety', 'auditor'] as Role[],
    graceDays: 14,
    everyDoor: false,
  },
  ...{ cas: null, oidc: null, wecom: null },
  proxied: 'wecom',
});

const blankAsAbsent = (value: unknown) => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankAsAbsent, schema.optional());
const webAddress = z.url({ protocol: /^https?$/ });
const label = optional(z.string().max(20));

const SignInEnv = z.object({
  GUANLAN_PASSWORD_SIGN_IN: optional(z.enum(['on', 'emergency'])),
  GUANLAN_SECOND_FACTOR_ROLES: optional(z.string()),
  GUANLAN_SECOND_FACTOR_GRACE_DAYS: optional(z.coerce.number().int().min(0).max(365)),
  GUANLAN_SECOND_FACTOR_DOORS: optional(z.enum(['local', 'all'])),
  GUANLAN_SUBJECT_CASE: optional(z.enum(['keep', 'lower'])),
  GUANLAN_SIGN_IN_PROXY: optional(z.enum(['wecom', 'all', 'none'])),
  GUANLAN_CAS_URL: optional(webAddress),
  GUANLAN_CAS_PROTOCOL: optional(z.enum(['2', '3'])),
  GUANLAN_CAS_ATTRIBUTE: optional(z.string().regex(/^[\w.-]{1,100}$/)),
  GUANLAN_CAS_LABEL: label,
  GUANLAN_OIDC_ISSUER: optional(webAddress),
  GUANLAN_OIDC_CLIENT_ID: optional(z.string().max(300)),
  GUANLAN_OIDC_CLAIM: optional(z.string().regex(/^[\w.:/-]{1,200}$/)),
  GUANLAN_OIDC_HOSTS: optional(z.string().regex(/^[\w.-]+(:\d+)?(,[\w.-]+(:\d+)?)*$/)),
  GUANLAN_OIDC_LABEL: label,
  GUANLAN_WECOM_CORP_ID: optional(z.string().regex(/^[\w-]{2,64}$/)),
  GUANLAN_WECOM_AGENT_ID: optional(z.string().regex(/^\d{1,20}$/)),
});
type Values = z.infer<typeof SignInEnv>;

const hints: Record<string, string> = {
  GUANLAN_PASSWORD_SIGN_IN: 'on, or emergency: for emergency accounts only',
  GUANLAN_SECOND_FACTOR_GRACE_DAYS: 'a number of days from 0 to 365',
  GUANLAN_SECOND_FACTOR_DOORS: 'local: after a password; all: after the school’s own sign-in too',
  GUANLAN_SUBJECT_CASE: 'keep or lower',
  GUANLAN_SIGN_IN_PROXY: 'wecom, all or none',
  GUANLAN_CAS_URL: 'the address before /login, e.g. https://cas.example.edu.cn/cas',
  GUANLAN_CAS_PROTOCOL: '3, or 2 for a server without /p3/serviceValidate',
  GUANLAN_OIDC_ISSUER: 'as the provider names itself, e.g. https://sso.example.edu.cn/realms/main',
  GUANLAN_OIDC_HOSTS: 'host names with commas between, e.g. keys.example.edu.cn',
  GUANLAN_WECOM_AGENT_ID: 'the number of the app, e.g. 1000002',
};

/** @throws InvalidInput naming the variable */
export function readSignIn(env: Env): SignInConfig {
  const parsed = SignInEnv.safeParse(env);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = String(issue?.path[0] ?? 'environment');
    throw new InvalidInput(field, `${field}: ${issue?.message ?? 'invalid'}`, hints[field]);
  }
  const values = parsed.data;
  const config: SignInConfig = {
    password: values.GUANLAN_PASSWORD_SIGN_IN ?? 'on',
    secondFactor: readPolicy(values),
    cas: readCas(values),
    oidc: readOidc(values),
    wecom: readWecom(values),
    proxied: values.GUANLAN_SIGN_IN_PROXY ?? 'wecom',
  };
  const hasDoor = config.cas !== null || config.oidc !== null || config.wecom !== null;
  if (config.password === 'emergency' && !hasDoor) {
    throw new InvalidInput(
      'GUANLAN_PASSWORD_SIGN_IN',
      'GUANLAN_PASSWORD_SIGN_IN is emergency, and no other door is configured: nobody else could come in',
      'configure CAS, OIDC or 企业微信 first',
    );
  }
  return Object.freeze(config);
}

function readPolicy(values: Values): SecondFactorPolicy {
  const { roles, graceDays } = passwordOnly.secondFactor;
  return {
    roles:
      values.GUANLAN_SECOND_FACTOR_ROLES === undefined
        ? roles
        : parseRoles(values.GUANLAN_SECOND_FACTOR_ROLES),
    graceDays: values.GUANLAN_SECOND_FACTOR_GRACE_DAYS ?? graceDays,
    everyDoor: values.GUANLAN_SECOND_FACTOR_DOORS === 'all',
  };
}

function parseRoles(text: string): Role[] {
  if (text === 'none') return [];
  return text.split(',').map((name) => {
    const role = Role.safeParse(name.trim());
    if (role.success) return role.data;
    throw new InvalidInput(
      'GUANLAN_SECOND_FACTOR_ROLES',
      `GUANLAN_SECOND_FACTOR_ROLES: there is no role "${name.trim()}"`,
      `none, or some of ${Role.options.join(', ')}`,
    );
  });
}

function readCas(values: Values): CasConfig | null {
  if (values.GUANLAN_CAS_URL === undefined) return null;
  const url = new URL(values.GUANLAN_CAS_URL);
  if (url.search !== '' || url.hash !== '' || /\/login\/?$/.test(url.pathname)) {
    throw new InvalidInput(
      'GUANLAN_CAS_URL',
      'GUANLAN_CAS_URL is not the address of a CAS server',
      hints.GUANLAN_CAS_URL,
    );
  }
  return {
    url: url.href.replace(/\/+$/, ''),
    protocol: values.GUANLAN_CAS_PROTOCOL ?? '3',
    attribute: values.GUANLAN_CAS_ATTRIBUTE ?? null,
    subjectCase: values.GUANLAN_SUBJECT_CASE ?? 'keep',
    label: values.GUANLAN_CAS_LABEL ?? providerNames.cas,
  };
}

function readOidc(values: Values): OidcConfig | null {
  const { GUANLAN_OIDC_ISSUER: issuer, GUANLAN_OIDC_CLIENT_ID: clientId } = values;
  if (issuer === undefined && clientId === undefined) return null;
  if (issuer === undefined || clientId === undefined)
    throw incomplete('GUANLAN_OIDC_ISSUER', 'GUANLAN_OIDC_CLIENT_ID');
  return {
    ...{ issuer, clientId },
    hosts: values.GUANLAN_OIDC_HOSTS?.split(',') ?? [],
    claim: values.GUANLAN_OIDC_CLAIM ?? 'sub',
    subjectCase: values.GUANLAN_SUBJECT_CASE ?? 'keep',
    label: values.GUANLAN_OIDC_LABEL ?? providerNames.oidc,
  };
}

function readWecom(values: Values): WecomConfig | null {
  const { GUANLAN_WECOM_CORP_ID: corpId, GUANLAN_WECOM_AGENT_ID: agentId } = values;
  if (corpId === undefined && agentId === undefined) return null;
  if (corpId === undefined || agentId === undefined)
    throw incomplete('GUANLAN_WECOM_CORP_ID', 'GUANLAN_WECOM_AGENT_ID');
  return { corpId, agentId, label: providerNames.wecom };
}

const incomplete = (one: string, other: string) =>
  new InvalidInput(
    one,
    `${one} and ${other} belong together: only one of them is set`,
    'set both, or neither',
  );

/** @throws InvalidInput naming the variable; its message never holds the secret */
export function readSignInSecrets(env: Env): SignInSecrets {
  const { oidc, wecom } = readSignIn(env);
  return Object.freeze({
    oidcClientSecret: oidc === null ? null : readSecretValue(env, 'GUANLAN_OIDC_CLIENT_SECRET'),
    wecomSecret: wecom === null ? null : readSecretValue(env, 'GUANLAN_WECOM_SECRET'),
  });
}
