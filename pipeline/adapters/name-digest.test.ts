import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { buildNameDigest } from './name-digest.ts';

it('is the same wherever the key is the same, and another with another key', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const copy = createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' }));
  const digest = buildNameDigest(privateKey);
  expect(digest('10.0.0.7')).toMatch(/^[\w-]{43}$/);
  expect(buildNameDigest(copy)('10.0.0.7')).toBe(digest('10.0.0.7'));
  expect(digest('10.0.0.8')).not.toBe(digest('10.0.0.7'));
  expect(buildNameDigest(generateKeyPairSync('ed25519').privateKey)('10.0.0.7')).not.toBe(digest('10.0.0.7'));
});
