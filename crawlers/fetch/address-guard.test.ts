import { describe, expect, it } from 'vitest';
import { assertLiteralHostAllowed, buildGuardedLookup, isAddressAllowed } from './address-guard.ts';

describe('isAddressAllowed', () => {
  it.each([
    ['93.184.216.34', true, true],
    ['2001:4860:4860::8888', true, true],
    ['::ffff:93.184.216.34', true, true],
    ['64:ff9b::5db8:d822', true, true],
    ['10.0.0.1', false, true],
    ['172.16.3.4', false, true],
    ['192.168.1.1', false, true],
    ['127.0.0.1', false, true],
    ['::1', false, true],
    ['100.64.0.1', false, true],
    ['fd12:3456::1', false, true],
    ['::ffff:10.0.0.1', false, true],
    ['64:ff9b::a00:1', false, true],
    ['169.254.169.254', false, false],
    ['::ffff:169.254.169.254', false, false],
    ['64:ff9b::a9fe:a9fe', false, false],
    ['64:ff9b:1::a00:1', false, false],
    ['100.100.100.200', false, false],
    ['168.63.129.16', false, false],
    ['fd00:ec2::254', false, false],
    ['fe80::1', false, false],
    ['fec0::1', false, false],
    ['0.0.0.0', false, false],
    ['::', false, false],
    ['224.0.0.1', false, false],
    ['ff02::1', false, false],
    ['255.255.255.255', false, false],
    ['240.0.0.1', false, false],
    ['2002:7f00:1::', false, false],
    ['2001::1', false, false],
    ['2001:db8::1', false, false],
    ['not an address', false, false],
  ])('%s: public %s, private %s', (address, whenPublic, whenPrivate) => {
    expect(isAddressAllowed(address, false)).toBe(whenPublic);
    expect(isAddressAllowed(address, true)).toBe(whenPrivate);
  });
});

describe('assertLiteralHostAllowed', () => {
  it.each([
    'http://127.1/',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://0177.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:7f00:1]/',
  ])('judges %s as the address it is', (address) => {
    expect(() => assertLiteralHostAllowed(new URL(address).hostname, false)).toThrow(/private or reserved/);
  });
  it('leaves names to the lookup', () => {
    expect(() => assertLiteralHostAllowed('www.canglan.example', false)).not.toThrow();
  });
});

describe('buildGuardedLookup', () => {
  const look = (addresses: string[], all: boolean) =>
    new Promise<unknown>((resolve, reject) => {
      const lookup = buildGuardedLookup(
        async () => addresses.map((address) => ({ address, family: 4 as const })),
        false,
      );
      lookup('site.example', { all }, (error, found) => (error ? reject(error) : resolve(found)));
    });

  it('hands over judged addresses', async () => {
    expect(await look(['93.184.216.34'], false)).toBe('93.184.216.34');
    expect(await look(['93.184.216.34'], true)).toEqual([{ address: '93.184.216.34', family: 4 }]);
  });
  it('refuses all when one is private', async () => {
    await expect(look(['93.184.216.34', '10.0.0.8'], true)).rejects.toThrow(/10\.0\.0\.8/);
  });
  it('refuses a name without addresses', async () => {
    await expect(look([], true)).rejects.toThrow(/no address/);
  });
});
