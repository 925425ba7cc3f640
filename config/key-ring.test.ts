import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conflict, Permanent } from '../pipeline/domain/errors.ts';
import { openKeyRing } from './key-ring.ts';

const kid = '20261122T010203Z';

describe('the keys for one purpose', () => {
  let folder: string;
  let now: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'guanlan-ring-'));
    now = '2026-11-22T01:02:03.000Z';
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const open = (purpose: 'connector' | 'objection' = 'connector') =>
    openKeyRing(join(folder, 'keys'), purpose, () => now);

  it('begin with the first use, for their owner only', () => {
    const ring = open();
    expect(ring.kids()).toEqual([]);
    expect(ring.find(kid)).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
    const made = ring.newest();
    expect(made.kid).toBe(kid);
    expect(made.bytes).toHaveLength(32);
    expect(readdirSync(join(folder, 'keys'))).toEqual([`connector-${kid}.key`]);
    expect(statSync(join(folder, 'keys', ring.fileOf(kid))).mode & 0o777).toBe(0o600);
    now = '2027-01-01T00:00:00.000Z';
    expect(open().newest()).toEqual(made);
  });

  it('are apart by purpose', () => {
    const connector = open().newest();
    const objection = open('objection').newest();
    expect(connector.kid).toBe(objection.kid);
    expect(Buffer.from(connector.bytes).equals(objection.bytes)).toBe(false);
    expect(open().kids()).toEqual([kid]);
  });

  it('are known at once to who had opened them before', () => {
    const [early, late] = [open(), open()];
    const first = late.newest();
    expect(early.find(first.kid)).toEqual(first);
    now = '2026-12-01T00:00:00.000Z';
    const second = late.add();
    expect(early.newest()).toEqual(second);
    expect(early.find(first.kid)).toEqual(first);
    expect(early.kids()).toEqual([first.kid, second.kid]);
    expect(() => late.add()).toThrow(Conflict);
  });

  it('come from the claim of a process that died before it could name its key', () => {
    const ring = open();
    const bytes = Buffer.alloc(32, 5);
    ring.newest();
    rmSync(join(folder, 'keys', ring.fileOf(kid)));
    const claim = `20200101T000000Z\n${bytes.toString('base64url')}\n`;
    writeFileSync(join(folder, 'keys/.first-connector-key'), claim);
    expect(ring.newest()).toEqual({ kid: '20200101T000000Z', bytes });
  });

  it('are told of when a file holds none, without showing what it holds', () => {
    const ring = open();
    const path = join(folder, 'keys', ring.fileOf(ring.newest().kid));
    const secret = readFileSync(path, 'utf8').split('\n')[1] ?? '';
    writeFileSync(path, `${kid}\n${secret.slice(0, 20)}\n`);
    expect(() => ring.newest()).toThrow(Permanent);
    expect(() => ring.newest()).toThrow(/^The key file .*connector-20261122T010203Z.key cannot be read/);
    expect(() => ring.newest()).not.toThrow(secret.slice(0, 20));
  });
});
