import { describe, expect, it } from 'vitest';
import { buildConfig } from './config.ts';
import { readProxy } from './proxy.ts';

const secret = 'p4ss%40canary';

describe('GUANLAN_PROXY', () => {
  it('is none unless named', () => {
    expect([readProxy({}), readProxy({ GUANLAN_PROXY: '' })]).toEqual([null, null]);
  });

  it('is an origin, with what the proxy is told about its user', () => {
    expect(readProxy({ GUANLAN_PROXY: 'http://proxy.example:3128' })).toEqual({
      origin: 'http://proxy.example:3128',
      authorization: null,
    });
    const { origin, authorization } =
      readProxy({ GUANLAN_PROXY: `https://zhang:${secret}@proxy.example/` }) ?? {};
    expect(origin).toBe('https://proxy.example');
    const sent = Buffer.from(authorization?.replace('Basic ', '') ?? '', 'base64').toString();
    expect(sent).toBe('zhang:p4ss@canary');
  });

  it.each([
    `socks5://zhang:${secret}@proxy.example:1080`,
    `proxy.example:3128/${secret}`,
    `http://proxy.example/${secret}`,
    `http://proxy.example:3128?${secret}`,
    `http://proxy.example:99999/?${secret}`,
    'http://zhang:p4ss@canary@proxy.example',
  ])('%s is refused without being repeated', (GUANLAN_PROXY) => {
    expect(() => readProxy({ GUANLAN_PROXY })).toThrow(/GUANLAN_PROXY/);
    expect(() => readProxy({ GUANLAN_PROXY })).not.toThrow(/canary/);
  });

  it('is refused before anything is opened, and shown without its password', () => {
    expect(() => buildConfig({ GUANLAN_PROXY: 'socks5://proxy.example' }, '/x')).toThrow('GUANLAN_PROXY');
    const config = buildConfig({ GUANLAN_PROXY: `http://zhang:${secret}@proxy.example:3128` }, '/x');
    expect(config.outward).toEqual({
      proxy: 'http://proxy.example:3128',
      chromium: null,
      sandbox: true,
      path: '',
    });
    expect(JSON.stringify(config)).not.toContain('canary');
  });

  it('an own Chromium is named by its path, and its sandbox is on unless told', () => {
    expect(buildConfig({ GUANLAN_CHROMIUM: '/opt/chromium' }, '/x').outward.chromium).toBe('/opt/chromium');
    expect(buildConfig({ GUANLAN_CHROMIUM_SANDBOX: 'off' }, '/x').outward.sandbox).toBe(false);
    expect(() => buildConfig({ GUANLAN_CHROMIUM_SANDBOX: 'no' }, '/x')).toThrow('GUANLAN_CHROMIUM_SANDBOX');
  });
});
