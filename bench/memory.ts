import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readEnv } from '../config/env.ts';
import { writePosts } from './ordinary-posts.ts';

const executable = join(import.meta.dirname, '../bin/guanlan.js');
const postCount = 20_000;

/** Of a running process, in MB, as Linux tells it. */
function residentMb(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Math.round(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1000);
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.stdin?.end();
  await ended;
}

/** A process that has cut the same posts, and does nothing else. */
async function measureAlone(posts: readonly string[]): Promise<number> {
  const script = `const { cut } = require('nodejieba');
    require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
      cut(JSON.parse(line).text);
      console.log('');
    });`;
  return feed(spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] }), posts);
}

/** `guanlan judge`, after it has judged the posts and while it waits for more. */
async function measureJudge(posts: readonly string[], threads: number): Promise<number> {
  const env = { ...readEnv(), GUANLAN_JUDGE_THREADS: String(threads) };
  return feed(
    spawn(process.execPath, [executable, 'judge'], { env, stdio: ['pipe', 'pipe', 'inherit'] }),
    posts,
  );
}

async function feed(child: ChildProcess, posts: readonly string[]): Promise<number> {
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('the process has no pipes');
  let answered = 0;
  const allAnswered = (async () => {
    for await (const _ of createInterface({ input: stdout })) {
      answered += 1;
      if (answered === posts.length) return;
    }
    throw new Error(`only ${answered} of ${posts.length} posts were answered`);
  })();
  for (const text of posts) {
    if (!stdin.write(`${JSON.stringify({ text })}\n`)) await once(stdin, 'drain');
  }
  await allAnswered;
  const resident = residentMb(child);
  stdout.resume();
  await end(child);
  return resident;
}

/** Resident memory of a process that judges, against one that only loads nodejieba and cuts the same posts. */
export async function benchMemory() {
  const name = 'judging-memory/nodejieba-alone';
  if (!existsSync('/proc/self/status')) return { name, skipped: 'resident memory is read from /proc' };
  const posts = writePosts(postCount, 20261122);
  const aloneMb = await measureAlone(posts);
  const judgeMb = await measureJudge(posts, 1);
  const twoThreadsMb = await measureJudge(posts, 2);
  const ratioOf = (mb: number) => Math.round((mb / aloneMb) * 1000) / 1000;
  return {
    name,
    ratio: ratioOf(judgeMb),
    aim: 1.5,
    twoThreads: ratioOf(twoThreadsMb),
    ...{ aloneMb, judgeMb, twoThreadsMb },
  };
}
