import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openOffice } from '../../test/harness/office.ts';

let office: Office;
const parent = mkdtempSync(join(tmpdir(), 'guanlan-web-'));
const webFolder = join(parent, 'dist');

beforeAll(async () => {
  mkdirSync(join(webFolder, 'assets'), { recursive: true });
  writeFileSync(join(webFolder, 'index.html'), '<!doctype html><title>观澜</title>');
  writeFileSync(join(webFolder, 'assets', 'index-abc123.js'), 'export {};');
  writeFileSync(join(webFolder, '.secret'), 'CANARY');
  writeFileSync(join(parent, 'outside.txt'), 'CANARY');
  office = await openOffice({ webFolder });
});
afterAll(async () => {
  await office.close();
  rmSync(parent, { recursive: true });
});

const visit = (path: string, accept = 'text/html') =>
  office.visit().send('GET', path, { headers: { accept } });

test('the start page is asked for again each time; any other page leads to it', async () => {
  const start = await visit('/');
  expect(start.status).toBe(200);
  expect(start.text).toContain('观澜');
  expect(start.headers.get('cache-control')).toBe('no-cache');
  for (const path of ['/queues/review', '/cases/0193-abc']) {
    const reply = await visit(path);
    expect(reply.status).toBe(302);
    expect(reply.headers.get('location')).toBe('/');
  }
});

test('hashed files may be kept for a year', async () => {
  const reply = await visit('/assets/index-abc123.js');
  expect(reply.headers.get('content-type')).toContain('javascript');
  expect(reply.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
});

test('nothing inline runs, nothing foreign loads, nobody frames us; plain http gets no HSTS', async () => {
  const { headers } = await visit('/');
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|upgrade-insecure/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('strict-transport-security')).toBeNull();
  expect(headers.get('x-powered-by')).toBeNull();
});

test.each([
  ...['/assets/missing.js', '/favicon.png', '/.secret', '/..%2foutside.txt', '/api/missing', '/api'],
  ...[
    '/assets',
    '/assets/',
    '/assets/%00',
    '/assets/missing',
    '/assets/a/b',
    '/%61ssets/missing',
    '/a%00b',
    '/metrics',
  ],
])('%s is not found, and not answered with the start page', async (path) => {
  for (const accept of ['*/*', 'text/html']) {
    const reply = await visit(path, accept);
    expect(reply.status).toBe(404);
    expect(reply.text).not.toMatch(/CANARY|观澜<|doctype/);
  }
});

test('an address that cannot be decoded is refused', async () => {
  expect((await visit('/queues/%E0%A4%A')).status).toBe(400);
});

test('answers of the API are never kept', async () => {
  for (const path of ['/api/session', '/api/openapi.json', '/healthz']) {
    expect((await visit(path)).headers.get('cache-control')).toBe('no-store');
  }
});
