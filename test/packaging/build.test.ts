import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** The compiled program, in a folder from where it finds the packages and package.json as an installed one does. */
describe('the compiled program', { timeout: 60_000 }, () => {
  let folder: string;
  const run = (args: string[], input = '') =>
    execFileSync(process.execPath, [join(folder, 'bin', 'main.js'), ...args], {
      cwd: root,
      encoding: 'utf8',
      input,
    });

  beforeAll(() => {
    const cache = join(root, 'node_modules', '.cache');
    mkdirSync(cache, { recursive: true });
    folder = mkdtempSync(join(cache, 'build-test-'));
    // Types are checked elsewhere; what is asked here is what comes out, and whether it runs.
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--noCheck', '--outDir', folder], {
      cwd: root,
    });
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds the campus of the demo, and nothing else of the tests', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.js'),
    );
    expect(files.length).toBeGreaterThan(200);
    expect(files.filter((name) => /\.test\.js$|fixtures|^test\/(?!campus\/)/.test(name))).toEqual([]);
    expect(files).toContain('test/campus/campus.js');
    const left = files.filter((name) => /from '\.[^']*\.ts'/.test(readFileSync(join(folder, name), 'utf8')));
    expect(left).toEqual([]);
  });

  it('says its version and judges a line', () => {
    const { version }: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(run(['--version']).trim()).toBe(version);
    const verdict = JSON.parse(
      run(['judge'], '{"id":"1","text":"二食堂的饭菜又凉了，反映了好几次都没人管"}\n'),
    );
    expect(verdict).toMatchObject({ id: '1', service: { kind: 'complaint', topic: 'canteen' } });
  });

  it.each(['start', 'demo', 'crawl', 'parse', 'user', 'jobs', 'verify-audit', 'doctor'])(
    'can load %s',
    (command) => {
      expect(run([command, '--help'])).toContain(`Usage: guanlan ${command}`);
    },
  );
});
