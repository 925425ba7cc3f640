import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { listTracked, parseDockerfile, parseIgnored, portOf } from './packing-list.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');

const Compose = z.object({
  services: z.record(
    z.string(),
    z.object({
      build: z.string(),
      image: z.string(),
      read_only: z.boolean(),
      mem_limit: z.string(),
      environment: z.record(z.string(), z.union([z.string(), z.number()])),
      ports: z.array(z.string()),
      volumes: z.array(z.string()),
      healthcheck: z.object({ test: z.array(z.string()) }),
    }),
  ),
  volumes: z.record(z.string(), z.unknown()),
});

const compose = Compose.parse(parse(read('docker-compose.yml')));
const stages = parseDockerfile(read('Dockerfile'));
const [build, run] = stages;
if (build === undefined || run === undefined) throw new Error('the Dockerfile has fewer than two stages');
const service = compose.services.guanlan;
if (service === undefined) throw new Error('docker-compose.yml has no service named guanlan');

const known = new Set([...read('config/env.ts').matchAll(/^\s+(GUANLAN_\w+)\?:/gm)].map((match) => match[1]));
const manifest = z
  .object({ version: z.string(), scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')));

describe('the image', () => {
  it('copies only what the tree has and the build context lets in', () => {
    const tracked = listTracked(root);
    const isLeftOut = parseIgnored(read('.dockerignore'));
    const sources = build.copies.filter((copy) => copy.from === null).flatMap((copy) => copy.sources);
    expect(sources.length).toBeGreaterThan(5);
    for (const source of sources.map((one) => one.replace(/^\.\//, ''))) {
      const files = tracked.filter((path) => path === source || path.startsWith(`${source}/`));
      expect(files, source).not.toEqual([]);
      expect(
        files.filter((path) => !isLeftOut(path)),
        source,
      ).not.toEqual([]);
    }
    const context = tracked.filter((path) => !isLeftOut(path));
    expect(context.filter((path) => /\.test\.ts$|^test\/(?!campus)|^data\/|^docs\//.test(path))).toEqual([]);
  });

  it('takes from the build stage what that stage has: from the tree, or built there', () => {
    const made = ['node_modules', 'dist', 'dashboards/dist'];
    const tracked = listTracked(root);
    const copies = run.copies.filter((copy) => copy.from === build.name);
    expect(run.copies).toEqual(copies);
    for (const path of copies.flatMap((copy) => copy.sources.map((one) => one.replace('/src/', '')))) {
      expect(
        made.includes(path) || tracked.some((one) => one === path || one.startsWith(`${path}/`)),
        path,
      ).toBe(true);
    }
  });

  it('runs npm scripts that exist', () => {
    const asked = [...build.text.matchAll(/npm run ([\w:]+)/g)].map((match) => match[1] ?? '');
    expect(asked).not.toEqual([]);
    for (const name of asked) expect(manifest.scripts[name], name).toBeDefined();
  });

  it('leaves compilers behind, holds no browser and does not run as root', () => {
    expect(build.text).toMatch(/python3 make g\+\+/);
    expect(run.text).not.toMatch(/apt-get|g\+\+|chromium|playwright/);
    expect(run.last('USER')).toBe('node');
    for (const stage of stages) expect(stage.image).toBe('node:20-bookworm-slim');
  });

  it('starts the program and asks it for its health', () => {
    expect(run.last('ENTRYPOINT')).toBe('["node", "bin/guanlan.js"]');
    expect(run.last('CMD')).toBe('["start"]');
    expect(run.last('HEALTHCHECK')).toContain('/healthz');
    expect(read('review-api/contract/routes.ts')).toContain("'/healthz'");
  });
});

describe('the compose file', () => {
  it('names only settings that the program reads', () => {
    expect(known.size).toBeGreaterThan(5);
    const named = [
      ...Object.keys(service.environment),
      ...Object.keys(run.env).filter((name) => /^GUANLAN/.test(name)),
    ];
    for (const name of named) expect([...known], name).toContain(name);
  });

  it('publishes the port that the program listens on, on this machine only', () => {
    const inside = Number(service.environment.GUANLAN_PORT);
    expect(service.ports.map(portOf)).toEqual([{ address: '127.0.0.1', outside: 3000, inside }]);
    expect(Number(run.env.GUANLAN_PORT)).toBe(inside);
    expect(Number(run.last('EXPOSE'))).toBe(inside);
    expect(service.environment.GUANLAN_HOST).toBe('0.0.0.0');
    expect(service.healthcheck.test.join(' ')).toContain(`:${inside}/healthz`);
  });

  it('keeps data and keys in volumes of their own', () => {
    const targets = new Map(
      service.volumes.map((volume) => [volume.split(':')[1], volume.split(':')[0] ?? '']),
    );
    const data = targets.get(String(service.environment.GUANLAN_DATA));
    const keys = targets.get(String(service.environment.GUANLAN_KEYS));
    expect(data).not.toBe(keys);
    expect(Object.keys(compose.volumes).sort()).toEqual([data, keys].sort());
    expect(targets.get(String(service.environment.GUANLAN_CONFIG))).toBe('./config');
    expect(run.last('VOLUME')).toBe('["/data", "/keys"]');
  });

  it('can run on a read-only root, within a memory limit, and carries the version of the program', () => {
    expect(service.read_only).toBe(true);
    expect(service.mem_limit).toMatch(/^\d+m$/);
    expect(service.image).toBe(`guanlan:${manifest.version}`);
  });
});
