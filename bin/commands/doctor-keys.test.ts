import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildConfig } from '../../config/config.ts';
import { openKeyRing } from '../../config/key-ring.ts';
import { openSealKeys } from '../../config/seal-keys.ts';
import { loadKeys } from '../../config/secrets.ts';
import { systemClock } from '../../pipeline/adapters/system-clock.ts';
import { checkKeys } from './doctor-keys.ts';

const lost = '20260101T000000Z';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guanlan-doctor-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function check({ seal = [], ...needed }: { connector?: string[]; objection?: string[]; seal?: string[] }) {
  const config = buildConfig({ GUANLAN_DATA: folder, GUANLAN_KEYS: folder }, folder);
  loadKeys(folder, systemClock.now());
  const ringKids = { connector: [], objection: [], totp: [], ...needed };
  return checkKeys(config, { anchorKids: null, ringKids, sealKids: seal });
}

it('finds every key that the store needs', () => {
  const { kid } = openKeyRing(folder, 'connector', systemClock.now).newest();
  expect(check({ connector: [kid] }).mark).toBe('ok');
});

it('names a lost key of the credentials, and what follows', () => {
  expect(check({ connector: [lost] })).toEqual({
    mark: 'fail',
    says: expect.stringContaining(`connector-${lost}.key; credentials sealed with it do not open`),
  });
});

it('names a lost key of the objections first: no comment is gathered without it', () => {
  const { kid } = openKeyRing(folder, 'objection', systemClock.now).newest();
  expect(check({ connector: [lost], objection: [kid, lost] })).toEqual({
    mark: 'fail',
    says: expect.stringMatching(new RegExp(`: objection-${lost}[.]key; .*no comment is gathered`)),
  });
});

it('names a lost key of the seals, with which work goes on', () => {
  const { kid } = openSealKeys(folder, systemClock.now).newest();
  expect(check({ seal: [kid] }).mark).toBe('ok');
  expect(check({ seal: [kid, lost] })).toEqual({
    mark: 'warn',
    says: expect.stringContaining(`seal-${lost}.pem; what was sealed with it cannot be verified`),
  });
});
