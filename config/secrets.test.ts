import { fork } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Permanent } from '../pipeline/domain/errors.ts';
import { loadKeys } from './secrets.ts';

const now = '2026-11-22T01:02:03.000Z';
const processFile = join(import.meta.dirname, '../test/harness/keys-process.ts');

/** A process that loads the keys at its own second. @returns the kid that it signs with */
function loadInProcess(keysDir: string, second: number): Promise<string> {
  const at = `2026-11-22T01:02:${String(second).padStart(2, '0')}.000Z`;
  const child = fork(processFile, [keysDir, at], { execArgv: ['--import', 'tsx'] });
  return new Promise((settle, fail) => {
    child.once('message', (kid) => settle(String(kid)));
    child.once('exit', (code) => fail(new Error(`the process ended with ${code}`)));
  });
}

describe('the keys of an office', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'guanlan-keys-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are made once, for their owner only', () => {
    const keys = loadKeys(join(folder, 'keys'), now);
    expect(keys.anchor.kid).toBe('20261122T010203Z');
    expect(loadKeys(join(folder, 'keys'), '2027-01-01T00:00:00.000Z').anchor.kid).toBe(keys.anchor.kid);
    expect(readdirSync(join(folder, 'keys'))).toEqual(['anchor-20261122T010203Z.pem']);
    expect(statSync(join(folder, 'keys/anchor-20261122T010203Z.pem')).mode & 0o777).toBe(0o600);
  });

  it('are the same for all processes that start at one moment', { timeout: 30_000 }, async () => {
    const kids = await Promise.all([7, 3, 9, 5].map((second) => loadInProcess(folder, second)));
    expect(new Set(kids).size).toBe(1);
    expect(readdirSync(folder)).toEqual([`anchor-${kids[0]}.pem`]);
  });

  it('come from the claim of a process that died before it could name its key', () => {
    const first = loadKeys(join(folder, 'first'), now);
    const pem = first.anchor.privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(join(folder, '.first-key'), `20200101T000000Z\n${pem}`);
    expect(loadKeys(folder, now).anchor.kid).toBe('20200101T000000Z');
  });

  it('are not made by a command that only checks', () => {
    expect(() => loadKeys(join(folder, 'none'), now, false)).toThrow('Set GUANLAN_KEYS');
  });

  it('in a place that is no folder are told of in one line', () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    for (const create of [true, false]) {
      expect(() => loadKeys(file, now, create)).toThrow(/^The folder of keys .*a-file cannot be used/);
      expect(() => loadKeys(join(file, 'below'), now, create)).toThrow(Permanent);
    }
  });
});
