import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { openStores } from '../pipeline/adapters/open-stores.ts';
import { buildScryptPasswords } from '../pipeline/adapters/scrypt-passwords.ts';
import { systemClock } from '../pipeline/adapters/system-clock.ts';
import { addUser } from '../pipeline/commands/add-user.ts';
import type { SaveDraftAnswer } from '../review-api/contract/draft.ts';
import { checkoutProgram, GuanlanProcess } from '../test/harness/guanlan-process.ts';
import { Visitor } from '../test/harness/visitor.ts';
import { median } from './measure.ts';
import { writePosts } from './ordinary-posts.ts';

const editors = 20;
const password = '山高水长-qingfeng-77';
const unit = { id: 'bench', name: '测试单位', aliases: [], topics: [], places: [] };
/** A person types, stops, and the page asks. */
const betweenChecksMs = 1500;
const typingMs = 30_000;
const idleChecks = 15;
const glances = 80;
const textLength = 2000;

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The people whom the service will know; it imports everything else itself. */
async function hirePeople(folder: string): Promise<string[]> {
  const stores = openStores(folder, systemClock);
  try {
    const change = { actorId: null, source: 'bench', at: systemClock.now(), id: randomUUID() };
    await stores.settings.save('units', [unit], { expectedVersion: 0, ...change });
    const ports = { stores, clock: systemClock, passwords: buildScryptPasswords({ logN: 10, r: 8, p: 1 }) };
    const logins = Array.from({ length: editors + 1 }, (_, index) => `editor-${index}`);
    for (const login of logins)
      await addUser({ login, name: login, roles: ['editor'], unitId: unit.id, password }, null, ports);
    return logins;
  } finally {
    await stores.close();
  }
}

function buildContent(seed: number) {
  const text = writePosts(120, seed)
    .join('。')
    .replace(/\p{Extended_Pictographic}/gu, '')
    .slice(0, textLength);
  const paragraphs = text.match(/.{1,200}/gsu) ?? [];
  const content = paragraphs.map((part) => ({ type: 'paragraph', content: [{ type: 'text', text: part }] }));
  return { title: `第${seed}篇稿件`, document: { type: 'doc', content } };
}

interface Editor {
  visitor: Visitor;
  draftId: string;
}

async function begin(url: string, login: string, seed: number): Promise<Editor> {
  const visitor = new Visitor(url);
  await visitor.signIn(login, password);
  const body = { commandId: randomUUID(), unitId: null, content: buildContent(seed) };
  const { status, json } = await visitor.send('POST', '/api/drafts', { body });
  if (status !== 200) throw new Error(`a draft was answered ${status}`);
  return { visitor, draftId: (json as ReturnType<(typeof SaveDraftAnswer)['parse']>).id };
}

async function timeOf(work: () => Promise<{ status: number }>): Promise<number> {
  const before = performance.now();
  const { status } = await work();
  if (status !== 200) throw new Error(`answered ${status}`);
  return performance.now() - before;
}

/** Each check is about another text: nothing can be kept from the one before. */
const check = ({ visitor, draftId }: Editor, seed: number) =>
  timeOf(() =>
    visitor.send('POST', `/api/drafts/${draftId}/check`, { body: { content: buildContent(seed) } }),
  );
/** What everybody else does meanwhile. */
const glance = ({ visitor }: Editor) => timeOf(() => visitor.get('/api/drafts?filter=all'));

async function typeOn(editor: Editor, first: number, until: number): Promise<number[]> {
  const times: number[] = [];
  await rest((first % editors) * (betweenChecksMs / editors));
  while (performance.now() < until) {
    times.push(await check(editor, first + times.length * editors));
    await rest(betweenChecksMs);
  }
  return times;
}

async function glanceOn(editor: Editor, until: number): Promise<number[]> {
  const times: number[] = [];
  while (performance.now() < until) {
    times.push(await glance(editor));
    await rest(100);
  }
  return times;
}

async function measure(url: string, logins: readonly string[]) {
  const [onlooker, ...others] = await Promise.all(logins.map((login, index) => begin(url, login, index)));
  if (onlooker === undefined) throw new Error('nobody was hired');
  // The thread, its dictionary and its models are there once somebody has asked.
  await check(onlooker, 1);
  const idleCheck: number[] = [];
  const idleGlance: number[] = [];
  for (let round = 0; round < idleChecks; round += 1) idleCheck.push(await check(onlooker, 5000 + round));
  for (let round = 0; round < glances; round += 1) idleGlance.push(await glance(onlooker));
  const until = performance.now() + typingMs;
  const [busyGlance, ...typed] = await Promise.all([
    glanceOn(onlooker, until),
    ...others.map((editor, index) => typeOn(editor, 1000 + index, until)),
  ]);
  return { idleCheck, idleGlance, busyGlance, busyCheck: typed.flat() };
}

const round = (value: number, digits = 1) => Number(value.toFixed(digits));

/** 2,000 characters checked while 20 people type, against the same check, and the same list, with nobody else there. */
export async function benchDrafts() {
  const folder = mkdtempSync(join(tmpdir(), 'guanlan-bench-'));
  const logins = await hirePeople(folder);
  const service = new GuanlanProcess(
    ['start', '--port', '0', '--data', folder],
    {},
    { program: checkoutProgram },
  );
  try {
    const { idleCheck, idleGlance, busyGlance, busyCheck } = await measure(await service.url(), logins);
    return {
      name: 'check-of-2000-characters-with-20-editors/idle',
      ratio: round(median(busyCheck) / median(idleCheck), 2),
      editors,
      checks: busyCheck.length,
      idleCheckMs: round(median(idleCheck)),
      busyCheckMs: round(median(busyCheck)),
      busyCheckP95Ms: round(percentile(busyCheck, 0.95)),
      listRatio: round(median(busyGlance) / median(idleGlance), 2),
      idleListMs: round(median(idleGlance)),
      busyListMs: round(median(busyGlance)),
      busyListP95Ms: round(percentile(busyGlance, 0.95)),
    };
  } finally {
    await service.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}
