import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { openPromMetrics } from '../../pipeline/adapters/prom-metrics.ts';
import { compose, read } from './compose-file.ts';

const page = read('docs/operations.md');
const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map((match) => match[1] ?? '');
const lines = [
  ...blocks,
  ...[...page.matchAll(/`(docker compose [^`\n]+)`/g)].map((match) => match[1] ?? ''),
];

describe('docs/operations.md', () => {
  it('lists the metrics that exist, with their labels', async () => {
    const { body } = await openPromMetrics().render({
      queues: { judge: { waiting: 1, delayed: 1, running: 1, dead: 1 } },
      outboxWaiting: 1,
      unlinked: { audit: 1, read: 1 },
      settingsVersion: 1,
      rollupsWaiting: 1,
      gapsOpen: { c: 1 },
    });
    const told = [...body.matchAll(/^# TYPE (guanlan_\w+)/gm)].map((match) => match[1]);
    const listed = [...page.matchAll(/^\| `(guanlan_\w+)(?:\{([\w,]+)\})?` +\|/gm)];
    expect(listed.map((match) => match[1]).sort()).toEqual(told.sort());
    for (const [, name, labels = ''] of listed)
      for (const label of labels.split(',').filter((one) => one !== ''))
        expect(read('pipeline/adapters/prom-metrics.ts'), `${name}: ${label}`).toContain(`'${label}'`);
  });

  it('shows commands that a shell can read', () => {
    for (const block of blocks) execFileSync('sh', ['-n', '-c', block]);
    expect(blocks.length).toBeGreaterThan(3);
  });

  it('leaves the umask of the operator as it is', () => {
    expect(blocks.join('\n')).toMatch(/umask 077/);
    for (const block of blocks) expect(block).not.toMatch(/^umask/m);
  });

  it('speaks of services, volumes and secrets that the compose file has', () => {
    const asked = lines.flatMap((line) => [
      ...line.matchAll(/docker compose (?:exec|restart|logs)(?: -\S+)* ([\w-]+)/g),
      ...line.matchAll(/--scale ([\w-]+)=/g),
      ...line.matchAll(/run --rm (?:--no-deps )?-T (?:--entrypoint \w+ )?([\w-]+)/g),
    ]);
    const names = asked.map((match) => match[1] ?? '');
    expect(new Set(names).size).toBeGreaterThan(3);
    for (const name of names) expect(Object.keys(compose.services)).toContain(name);
    const rows = [...page.matchAll(/^\| `([\w-]+)` +\|/gm)].map((match) => match[1] ?? '');
    for (const name of Object.keys(compose.secrets)) expect(rows).toContain(name);
    for (const name of Object.keys(compose.services).filter((one) => one !== 'guanlan'))
      expect(rows).toContain(name);
  });

  it('adds up the bounds of memory as they are', () => {
    const scaled = Object.values(compose.services).filter(({ profiles }) => profiles[0] === 'scaled');
    const megabytes = scaled.reduce((sum, { mem_limit }) => sum + Number.parseInt(mem_limit, 10), 0);
    const [, told] = /The bounds add up to ([\d.]+) GB/.exec(page) ?? [];
    expect(told).toBe((megabytes / 1024).toFixed(1));
  });

  it('names the port that tells health and metrics', () => {
    expect(page).toContain(`port: ${compose.services.api?.environment.GUANLAN_OPS_PORT}`);
  });
});
