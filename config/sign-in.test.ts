import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { InvalidInput } from '../pipeline/domain/errors.ts';
import { buildConfig } from './config.ts';
import type { Env } from './env.ts';
import { passwordOnly, readSignIn, readSignInSecrets } from './sign-in.ts';

const cas = { GUANLAN_CAS_URL: 'https://cas.example.edu.cn/cas/' };
const oidc = {
  GUANLAN_OIDC_ISSUER: 'https://sso.example.edu.cn/realms/main',
  GUANLAN_OIDC_CLIENT_ID: 'guanlan',
};
const wecom = { GUANLAN_WECOM_CORP_ID: 'ww0123456789abcdef', GUANLAN_WECOM_AGENT_ID: '1000002' };

describe('the doors', () => {
  it('are the password alone unless told, with a second factor for those who can do most', () => {
    expect(readSignIn({})).toEqual(passwordOnly);
    expect(passwordOnly.secondFactor).toMatchObject({ graceDays: 14, everyDoor: false });
  });

  it('are read whole', () => {
    const read = readSignIn({
      ...{ ...cas, ...oidc, ...wecom },
      GUANLAN_CAS_PROTOCOL: '2',
      GUANLAN_CAS_ATTRIBUTE: 'uid',
      GUANLAN_CAS_LABEL: '数字校园',
      GUANLAN_SUBJECT_CASE: 'lower',
      GUANLAN_OIDC_HOSTS: 'keys.example.edu.cn,token.example.edu.cn:8443',
      GUANLAN_PASSWORD_SIGN_IN: 'emergency',
      GUANLAN_SECOND_FACTOR_ROLES: 'director, operator',
      GUANLAN_SECOND_FACTOR_GRACE_DAYS: '0',
      GUANLAN_SECOND_FACTOR_DOORS: 'all',
      GUANLAN_SIGN_IN_PROXY: 'all',
    });
    expect(read).toMatchObject({
      password: 'emergency',
      secondFactor: { roles: ['director', 'operator'], graceDays: 0, everyDoor: true },
      cas: {
        url: 'https://cas.example.edu.cn/cas',
        protocol: '2',
        attribute: 'uid',
        subjectCase: 'lower',
        label: '数字校园',
      },
      oidc: {
        clientId: 'guanlan',
        hosts: ['keys.example.edu.cn', 'token.example.edu.cn:8443'],
        claim: 'sub',
      },
      wecom: { corpId: 'ww0123456789abcdef', agentId: '1000002' },
      proxied: 'all',
    });
    expect(readSignIn({ GUANLAN_SECOND_FACTOR_ROLES: 'none' }).secondFactor.roles).toEqual([]);
  });

  const wrong: [string, Env, string][] = [
    [
      'emergencies alone, with no other door',
      { GUANLAN_PASSWORD_SIGN_IN: 'emergency' },
      'GUANLAN_PASSWORD_SIGN_IN',
    ],
    ['an unknown role', { GUANLAN_SECOND_FACTOR_ROLES: 'boss' }, 'GUANLAN_SECOND_FACTOR_ROLES'],
    [
      'the login page instead of the server',
      { GUANLAN_CAS_URL: 'https://cas.example.edu.cn/cas/login' },
      'GUANLAN_CAS_URL',
    ],
    ['no address', { GUANLAN_CAS_URL: 'cas.example.edu.cn' }, 'GUANLAN_CAS_URL'],
    ['half of OIDC', { GUANLAN_OIDC_ISSUER: oidc.GUANLAN_OIDC_ISSUER }, 'GUANLAN_OIDC_ISSUER'],
    ['half of 企业微信', { GUANLAN_WECOM_AGENT_ID: '1' }, 'GUANLAN_WECOM_CORP_ID'],
    ['an app that is no number', { ...wecom, GUANLAN_WECOM_AGENT_ID: 'guanlan' }, 'GUANLAN_WECOM_AGENT_ID'],
  ];
  it.each(wrong)('refuses %s', (_name, env, field) => {
    expect(() => readSignIn(env)).toThrow(expect.objectContaining({ field }));
  });
});

describe('their secrets', () => {
  it('come by value or from a file, and are in no configuration', () => {
    const folder = mkdtempSync(join(tmpdir(), 'guanlan-sign-in-'));
    const file = join(folder, 'secret');
    writeFileSync(file, 'CANARY-wecom\n');
    const env: Env = {
      ...{ ...cas, ...oidc, ...wecom },
      GUANLAN_OIDC_CLIENT_SECRET: 'CANARY-oidc',
      GUANLAN_WECOM_SECRET_FILE: file,
    };
    expect(readSignInSecrets(env)).toEqual({ oidcClientSecret: 'CANARY-oidc', wecomSecret: 'CANARY-wecom' });
    expect(JSON.stringify(buildConfig(env, '.'))).not.toContain('CANARY');
    rmSync(folder, { recursive: true });
  });

  it('are asked for where the door is configured, and only there', () => {
    expect(readSignInSecrets({ ...cas, GUANLAN_WECOM_SECRET: 'unused' })).toEqual({
      oidcClientSecret: null,
      wecomSecret: null,
    });
    expect(() => readSignInSecrets(oidc)).toThrow(/GUANLAN_OIDC_CLIENT_SECRET is missing/);
    const both = { ...wecom, GUANLAN_WECOM_SECRET: 'CANARY', GUANLAN_WECOM_SECRET_FILE: '/x' };
    expect(() => readSignInSecrets(both)).toThrow(InvalidInput);
    expect(() => readSignInSecrets(both)).not.toThrow(/CANARY/);
  });
});

describe('the address people use', () => {
  test.each([
    ['https://guanlan.example.edu.cn', '', 'https://guanlan.example.edu.cn'],
    ['https://guanlan.example.edu.cn/', '', 'https://guanlan.example.edu.cn'],
    ['https://xcb.example.edu.cn/guanlan', '/guanlan', 'https://xcb.example.edu.cn'],
    ['https://xcb.example.edu.cn:8443/a/guanlan/', '/a/guanlan', 'https://xcb.example.edu.cn:8443'],
  ])('%s', (url, basePath, publicOrigin) => {
    expect(buildConfig({ GUANLAN_PUBLIC_URL: url }, '.').http).toMatchObject({
      basePath,
      publicOrigin,
      secure: true,
    });
  });

  test.each([
    'https://x.cn/观澜',
    'https://x.cn/a?b=1',
    'https://x.cn/a#b',
    'https://x.cn/a;b',
    'https://u:p@x.cn/',
  ])('%s is refused', (url) => {
    expect(() => buildConfig({ GUANLAN_PUBLIC_URL: url }, '.')).toThrow(
      expect.objectContaining({ field: 'GUANLAN_PUBLIC_URL' }),
    );
  });
});
