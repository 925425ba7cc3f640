import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** The plan at the top: what the office's people were promised, and the little beside it. */
const rooms = ['bench', 'bin', 'config', 'crawlers', 'dashboards', 'docs', 'pipeline', 'review-api', 'test'];
const pipelineRooms = [
  'adapters',
  'checks',
  'commands',
  'domain',
  'extract',
  'jobs',
  'models',
  'ports',
  'stages',
  'text',
];

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && statSync(join(root, path), { throwIfNoEntry: false })?.isFile() === true);
const sources = tracked.filter((path) => /\.(ts|vue)$/.test(path) && !path.endsWith('.d.ts'));

describe('the house', () => {
  it('has the rooms of the plan and no others', () => {
    const folders = new Set(tracked.filter((path) => path.includes('/')).map((path) => path.split('/')[0]));
    expect([...folders].filter((name) => name?.startsWith('.') === false).sort()).toEqual(rooms);
    const inside = tracked
      .filter((path) => /^pipeline\/[^/]+\//.test(path))
      .map((path) => path.split('/')[1]);
    expect([...new Set(inside)].sort()).toEqual(pipelineRooms);
  });

  it('has a dependency rule for every room', () => {
    const rules = readFileSync(join(root, '.dependency-cruiser.cjs'), 'utf8');
    for (const room of pipelineRooms) expect(rules).toContain(`room('${room}'`);
    for (const room of ['config', 'crawlers', 'review-api', 'dashboards'])
      expect(rules).toContain(`'^${room}/'`);
  });

  it('lets only config/env.ts read the environment', () => {
    const readers = sources.filter(
      (path) =>
        !path.startsWith('test/') &&
        !path.endsWith('.test.ts') &&
        readFileSync(join(root, path), 'utf8').includes('process.env'),
    );
    expect(readers).toEqual(['config/env.ts']);
  });

  it('keeps files readable in one sitting', () => {
    const lines = (path: string) => readFileSync(join(root, path), 'utf8').split('\n').length;
    expect(sources.filter((path) => lines(path) > 400)).toEqual([]);
  });

  it('names no file for being left over', () => {
    const names = /(^|\/)(utils?|helpers?|common|misc|shared)(\.|\/|$)/;
    expect(sources.filter((path) => names.test(path))).toEqual([]);
  });

  it('ships every seed folder that the program falls back to', () => {
    expect(readdirSync(join(root, 'config/lexicons')).length).toBeGreaterThan(3);
  });
});
