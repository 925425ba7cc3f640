import { expect, test } from 'vitest';
import { otpauthCodes } from './otpauth-codes.ts';

/** RFC 6238, appendix B, SHA-1: the secret in base32, the last six of the eight digits printed there. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const printed: [seconds: number, code: string][] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
];
const at = (seconds: number) => new Date(seconds * 1000).toISOString();

test.each(printed)('at %i seconds the code is %s, in its own step', (seconds, code) => {
  expect(otpauthCodes.findStep(secret, code, at(seconds))).toBe(Math.floor(seconds / 30));
});

test('one step either side is let in, and told which it is; two are not', () => {
  const [seconds, code] = [1_234_567_890, '005924'];
  const step = Math.floor(seconds / 30);
  for (const beside of [-30, 0, 30])
    expect(otpauthCodes.findStep(secret, code, at(seconds + beside))).toBe(step);
  for (const far of [-60, 60]) expect(otpauthCodes.findStep(secret, code, at(seconds + far))).toBeNull();
});

test.each(['', '05924', '0059240', '00592a', ' 005924', '００５９２４'])('%j is no code', (code) => {
  expect(otpauthCodes.findStep(secret, code, at(1_234_567_890))).toBeNull();
});

test('a secret has 160 bits, is another each time, and its address says whose it is', () => {
  const made = otpauthCodes.newSecret();
  expect(made).toMatch(/^[A-Z2-7]{32}$/);
  expect(otpauthCodes.newSecret()).not.toBe(made);
  const uri = new URL(otpauthCodes.uriOf(made, 'zhou@xcb'));
  expect(uri.protocol).toBe('otpauth:');
  expect(decodeURIComponent(uri.pathname)).toContain('观澜:zhou@xcb');
  expect(uri.searchParams.get('secret')).toBe(made);
});
