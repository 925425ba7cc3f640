import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { knownVariables, manifest, read, root } from './compose-file.ts';
import { listTracked, parseDockerfile, parseIgnored } from './packing-list.ts';

const stages = parseDockerfile(read('Dockerfile'));
const [build, run, crawler, last] = stages;
if (build === undefined || run === undefined || crawler === undefined || last === undefined)
  throw new Error('the Dockerfile has fewer than four stages');

describe('the Dockerfile', () => {
  it('is in order', () => {
    expect(validate(read('Dockerfile'))).toEqual([]);
  });

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
    expect(isLeftOut('secrets/mongodb_uri')).toBe(true);
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

  it('builds on one pinned Debian, and compiles native code instead of fetching it', () => {
    expect(stages.map(({ image }) => image)).toEqual([
      'node:20-bookworm-slim',
      'node:20-bookworm-slim',
      'runtime',
      'runtime',
    ]);
    expect(build.env.npm_config_build_from_source).toBe('true');
    expect(read('Dockerfile')).not.toMatch(/--platform|amd64|x86_64|aarch64|curl|wget|https?:\/\/(?!127)/);
  });

  it('leaves compilers behind, and has a browser with Chinese fonts in the crawler alone', () => {
    expect(build.text).toMatch(/python3 make g\+\+/);
    expect(run.text).not.toMatch(/apt-get|g\+\+|chromium|playwright/);
    expect(crawler.text).toMatch(/install -y --no-install-recommends chromium fonts-noto-cjk &&/);
    expect(stages.filter(({ text }) => /chromium|fonts-/.test(text))).toEqual([crawler]);
  });

  it('can be read by the user that runs it, whatever the umask of the checkout was', () => {
    expect(build.last('RUN')).toMatch(/chmod -R a\+rX \/src$/);
    for (const { sources } of run.copies) for (const source of sources) expect(source).toMatch(/^\/src\//);
  });

  it('runs nothing as root, and makes the image without a browser unless told', () => {
    for (const stage of [run, crawler]) expect(stage.last('USER')).toBe('node');
    expect([run.name, crawler.name, last.name]).toEqual(['runtime', 'crawler', null]);
    expect(last.text).toBe('FROM runtime');
  });

  it('starts the program and asks it for its health', () => {
    expect(run.last('ENTRYPOINT')).toBe('["node", "bin/guanlan.js"]');
    expect(run.last('CMD')).toBe('["start"]');
    expect(run.last('HEALTHCHECK')).toContain("process.env.GUANLAN_PORT + '/healthz'");
    expect(read('review-api/contract/routes.ts')).toContain("'/healthz'");
    expect(crawler.last('CMD')).toBe('["crawl"]');
    expect(crawler.last('HEALTHCHECK')).toContain("process.env.GUANLAN_OPS_PORT + '/healthz'");
    expect(crawler.last('EXPOSE')).toBe(crawler.env.GUANLAN_OPS_PORT);
  });

  it('names only settings that the program reads', () => {
    const named = stages.flatMap(({ env }) => Object.keys(env)).filter((name) => name.startsWith('GUANLAN'));
    expect(named.length).toBeGreaterThan(4);
    for (const name of named) expect(knownVariables).toContain(name);
  });
});
