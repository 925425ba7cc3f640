import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSealKeys } from '../../config/seal-keys.ts';
import { buildSealHands } from '../../pipeline/adapters/seal-signer.ts';
import type { Draft } from '../../pipeline/domain/draft.ts';
import type { Approved } from '../../pipeline/domain/draft-approval.ts';
import { buildSeal, canonicalJson } from '../../pipeline/domain/seal.ts';
import { buildContent, cleanReport } from '../../test/builders/draft.ts';
import { buildSealKeyCommand } from './seal-key.ts';
import { buildVerifySealCommand, type VerifySealContext } from './verify-seal.ts';

const at = '2026-11-23T01:00:00.000Z';
let folder: string;
let now: string;
let printed: Record<string, unknown>[];
let lines: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guanlan-seal-'));
  now = at;
  printed = [];
  lines = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  process.exitCode = 0;
});

const keys = () => openSealKeys(join(folder, 'keys'), () => now);
const path = (name: string) => join(folder, name);

/** A record of one sealed draft, whose text a test may exchange behind the seal's back. */
function buildContext() {
  const seal = buildSealHands(keys());
  const kept = { content: buildContent({}, '自下周一起延长开放。'), report: cleanReport };
  const draft = { id: 'draft-1', number: '2026-0007', contentVersion: 2, round: 1 } as Draft;
  const reportDigest = seal.sha256(canonicalJson(kept.report));
  const record = buildSeal(draft as Approved<Draft>, { content: kept.content, reportDigest, at }, seal);
  const drafts = {
    find: async (id: string) => (id === draft.id ? draft : null),
    findByNumber: async (number: string) => (number === draft.number ? draft : null),
    listSeals: async () => [{ draftId: draft.id, seal: record, endedAt: null, endedBy: null }],
    findVersion: async () => ({ content: kept.content }),
    findReport: async () => kept.report,
    listSealed: async () => ({ items: [draft], nextCursor: null }),
  };
  const context = { stores: { drafts }, seal, close: async () => {} } as unknown as VerifySealContext;
  return { context, kept };
}

async function run(context: VerifySealContext, ...args: string[]): Promise<number> {
  process.exitCode = 0;
  const print = (line: string) => void printed.push(JSON.parse(line));
  await buildVerifySealCommand(async () => context, { print }).parseAsync(['node', 'verify-seal', ...args]);
  return Number(process.exitCode);
}
const runKeys = (...args: string[]) =>
  buildSealKeyCommand(keys, { print: (line) => void lines.push(line), say: () => {} }).parseAsync([
    ...['node', 'seal-key', ...args],
  ]);

it('says of a draft, by id, by number or of all, that it is what was sealed', async () => {
  const { context } = buildContext();
  for (const args of [['draft-1'], ['2026-0007'], ['--all']]) expect(await run(context, ...args)).toBe(0);
  expect(printed).toHaveLength(3);
  expect(printed[0]).toMatchObject({ draftId: 'draft-1', version: 2, state: 'valid', parts: [] });
});

it('names what was changed in the store, and exits 1', async () => {
  const { context, kept } = buildContext();
  kept.content = buildContent({ title: '关于闭馆的通知' }, '自下周二起延长开放。');
  kept.report = { ...cleanReport, unchecked: [{ stage: 'typo', part: null, reason: '超时' }] };
  expect(await run(context, 'draft-1')).toBe(1);
  expect(printed[0]).toMatchObject({ state: 'changed', parts: ['title', 'text', 'report'] });
});

it('exits 2 where the key is lost, since nothing can be told', async () => {
  const { context } = buildContext();
  rmSync(path('keys'), { recursive: true });
  expect(await run(context, 'draft-1')).toBe(2);
  expect(printed[0]).toMatchObject({ state: 'unknown-key' });
});

it('exports a seal that proves itself with the public key alone, also after the keys were rotated', async () => {
  const { context } = buildContext();
  expect(await run(context, 'draft-1', '--export', path('sealed.json'))).toBe(0);
  await runKeys('public');
  writeFileSync(path('public.pem'), lines.join('\n'));
  now = '2026-12-01T00:00:00.000Z';
  await runKeys('rotate');
  await runKeys('list');
  expect(lines.slice(-2)).toEqual(['20261123T010000Z', '20261201T000000Z']);
  const nowhere = async () => Promise.reject(new Error('the store is not asked'));
  process.exitCode = 0;
  const offline = ['--file', path('sealed.json'), '--key', path('public.pem')];
  const print = (line: string) => void printed.push(JSON.parse(line));
  await buildVerifySealCommand(nowhere, { print }).parseAsync(['node', 'verify-seal', ...offline]);
  expect(printed.at(-1)).toMatchObject({ state: 'valid' });
  expect(await run(context, '--file', path('sealed.json'))).toBe(0);
  writeFileSync(path('sealed.json'), readFileSync(path('sealed.json'), 'utf8').replace('下周一', '下周二'));
  expect(await run(context, ...offline)).toBe(1);
  expect(printed.at(-1)).toMatchObject({ state: 'changed', parts: ['text'] });
});

it.each([
  [[], 'draft'],
  [['nobody'], null],
  [['--file', 'missing.json'], 'file'],
  [['--all', '--export', 'x.json'], 'export'],
])('refuses %j', async (args, field) => {
  const { context } = buildContext();
  await expect(run(context, ...args)).rejects.toMatchObject(
    field === null ? { name: 'NotFound' } : { field },
  );
});

it('says which field of a file is wrong', async () => {
  const { context } = buildContext();
  await run(context, 'draft-1', '--export', path('sealed.json'));
  const file = JSON.parse(readFileSync(path('sealed.json'), 'utf8'));
  writeFileSync(path('sealed.json'), JSON.stringify({ ...file, seal: { ...file.seal, digest: 'x' } }));
  await expect(run(context, '--file', path('sealed.json'))).rejects.toThrow(/seal\.digest/);
});
