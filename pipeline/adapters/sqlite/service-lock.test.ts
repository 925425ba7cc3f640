import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Conflict, Permanent } from '../../domain/errors.ts';
import { acquireServiceLock } from './service-lock.ts';

const script = fileURLToPath(new URL('../../../test/harness/service-lock-process.ts', import.meta.url));
let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guanlan-lock-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a process that takes the lock. @returns it with its first line */
async function startHolder(): Promise<{ child: ChildProcess; line: string }> {
  const child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  if (child.stdout === null) throw new Error('the child has no output');
  const [line] = await once(createInterface(child.stdout), 'line');
  return { child, line: String(line) };
}

it('refuses a second service, names folder and process, and is free again after kill -9', async () => {
  const { child, line } = await startHolder();
  expect(line).toBe('locked');
  expect(() => acquireServiceLock(folder)).toThrow(Conflict);
  expect(() => acquireServiceLock(folder)).toThrow(folder);
  expect(() => acquireServiceLock(folder)).toThrow(new RegExp(`process ${child.pid}, started 20.*Z`));
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(existsSync(join(folder, 'service.json'))).toBe(true);
  const lock = acquireServiceLock(folder);
  expect(JSON.parse(readFileSync(join(folder, 'service.json'), 'utf8')).pid).toBe(process.pid);
  const refused = await startHolder();
  expect(refused.line).toMatch(new RegExp(`^Conflict: .*process ${process.pid},`));
  lock.release();
  expect((await startHolder()).line).toBe('locked');
});

it('excludes two services in one process, and lets other folders alone', () => {
  const lock = acquireServiceLock(folder);
  expect(() => acquireServiceLock(folder)).toThrow(Conflict);
  const other = mkdtempSync(join(tmpdir(), 'guanlan-lock-'));
  acquireServiceLock(other).release();
  rmSync(other, { recursive: true });
  lock.release();
  lock.release();
  acquireServiceLock(folder).release();
  expect(existsSync(join(folder, 'service.json'))).toBe(false);
});

it('refuses all the same when nobody can read who holds it', () => {
  const lock = acquireServiceLock(folder);
  writeFileSync(join(folder, 'service.json'), 'no JSON');
  expect(() => acquireServiceLock(folder)).toThrow(`${folder}. Stop it`);
  lock.release();
});

it('says which lock file cannot be used', () => {
  expect(() => acquireServiceLock(join(folder, 'missing'))).toThrow(Permanent);
  writeFileSync(join(folder, 'service.lock'), 'x'.repeat(4096));
  expect(() => acquireServiceLock(folder)).toThrow(/service\.lock cannot be used/);
});
