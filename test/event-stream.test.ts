import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMemoryAnnouncer } from '../pipeline/adapters/memory-announcer.ts';
import { openRedisAnnouncer } from '../pipeline/adapters/redis/announcer.ts';
import type { Role } from '../pipeline/domain/role.ts';
import { relayOutbox } from '../pipeline/jobs/relay-outbox.ts';
import type { Announcer } from '../pipeline/ports/announcer.ts';
import { eventsPath } from '../review-api/contract/event.ts';
import { type RunningApi, startApi } from '../review-api/main.ts';
import { type Office, officePassword, openOffice } from './harness/office.ts';
import { fileCase } from './harness/office-cases.ts';
import { describeWithRedis } from './harness/services.ts';
import { until } from './harness/until.ts';
import { Visitor } from './harness/visitor.ts';

const opened = 'data: {"topic":"case.opened"}\n\n';

let office: Office;
let apis: RunningApi[];
let announcers: Announcer[];
let streams: Stream[];
beforeEach(async () => {
  office = await openOffice();
  apis = [];
  announcers = [];
  streams = [];
});
afterEach(async () => {
  for (const stream of streams) stream.leave();
  await Promise.all(apis.map((api) => api.close()));
  await Promise.all(announcers.map((announcer) => announcer.close()));
  await office.close();
});

interface Stream {
  headers: Headers;
  status: number;
  text(): string;
  ended(): boolean;
  leave(): void;
}

async function openStream(visitor: Visitor, url: string): Promise<Stream> {
  const stop = new AbortController();
  const headers = { cookie: visitor.cookie ?? '' };
  const response = await fetch(new URL(eventsPath, url), { headers, signal: stop.signal });
  let [text, ended] = ['', false];
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
  };
  read()
    .catch(() => {})
    .finally(() => {
      ended = true;
    });
  const { status } = response;
  const stream = {
    headers: response.headers,
    status,
    text: () => text,
    ended: () => ended,
    leave: () => stop.abort(),
  };
  streams.push(stream);
  return stream;
}

async function startOne(announcer: Announcer): Promise<string> {
  announcers.push(announcer);
  const api = await startApi({ ...office.deps, announcer }, { host: '127.0.0.1', port: 0 });
  apis.push(api);
  return api.url;
}

async function signInAt(url: string, ...roles: Role[]): Promise<Visitor> {
  const visitor = new Visitor(url);
  await visitor.signIn(await office.hire(roles), officePassword);
  return visitor;
}

/** As the worker does it: what was written with the facts is announced. */
async function relay(announcer: Announcer): Promise<void> {
  await relayOutbox(office, ({ topic, subject }) => announcer.announce({ topic, subject }));
}

let filed = 0;
const fileOpen = () => fileCase(office, { title: `通知 ${++filed}` });
const fileSafety = () =>
  fileCase(office, { title: `CANARY ${++filed}` }, { queues: ['safety'], accessClass: 'safety' });

function fanOut(openAnnouncer: () => Announcer): void {
  it('an event reaches the pages of both processes; one about a safety case tells a reviewer nothing', async () => {
    const worker = openAnnouncer();
    announcers.push(worker);
    const urls = [await startOne(openAnnouncer()), await startOne(openAnnouncer())];
    const reviewers: Stream[] = [];
    const officers: Stream[] = [];
    for (const url of urls) {
      reviewers.push(await openStream(await signInAt(url, 'reviewer'), url));
      officers.push(await openStream(await signInAt(url, 'safety'), url));
    }
    const haveHeard = (heard: Stream[]) => heard.every((stream) => stream.text().includes(opened));
    // Again while a process may not be connected yet: what is said then is lost.
    await until('the safety event', async () => {
      await fileSafety();
      await relay(worker);
      await new Promise((settle) => setTimeout(settle, 50));
      return haveHeard(officers);
    });
    const { caseId } = await fileOpen();
    await relay(worker);
    await until('the open event', () => haveHeard(reviewers));
    // What had been told of the other cases would stand before it.
    for (const stream of reviewers) expect(stream.text()).toBe(`retry: 5000\n\n${opened}`);
    for (const stream of [...reviewers, ...officers]) {
      expect(stream.text()).not.toMatch(/CANARY|通知|safety/);
      expect(stream.text()).not.toContain(caseId);
    }
  });
}

describe('events to the pages, in one process', () => {
  let shared: Announcer;
  beforeEach(() => {
    shared = openMemoryAnnouncer();
  });
  fanOut(() => shared);

  it('need a session with a queue', async () => {
    const stranger = await openStream(new Visitor(office.url), office.url);
    expect(stranger.status).toBe(401);
    const auditor = await office.visitAs('auditor');
    expect((await openStream(auditor, office.url)).status).toBe(403);
    expect((await office.visit().send('POST', eventsPath, { body: {} })).status).toBe(405);
  });

  it('come through proxies as they are sent, and are kept nowhere', async () => {
    const { headers, text } = await openStream(await office.visitAs('reviewer'), office.url);
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-accel-buffering')).toBe('no');
    await until('the beginning', () => text() === 'retry: 5000\n\n');
  });

  it('are six a session at most; one that was left makes room', async () => {
    const reviewer = await office.visitAs('reviewer');
    const six: Stream[] = [];
    for (let index = 0; index < 6; index += 1) six.push(await openStream(reviewer, office.url));
    expect((await openStream(reviewer, office.url)).status).toBe(429);
    expect((await openStream(await office.visitAs('director'), office.url)).status).toBe(200);
    six[0]?.leave();
    await until('room', async () => (await openStream(reviewer, office.url)).status === 200);
  });

  it('tell of a claim that was taken and freed, and of a lead, those alone whom it concerns', async () => {
    const { caseId } = await fileOpen();
    const hidden = await fileSafety();
    const watcher = await openStream(await office.visitAs('director'), office.url);
    const operator = await openStream(await office.visitAs('operator'), office.url);
    const heard = (topic: string) => until(topic, () => watcher.text().includes(`"${topic}"`));
    const onDuty = await office.visitAs('safety');
    await onDuty.post(`/api/cases/${hidden.caseId}/open`, {});
    const reviewer = await office.visitAs('reviewer');
    const lead = { source: 'other', receivedAt: office.clock.now(), summary: '来电反映一件事' };
    await reviewer.post('/api/leads', { commandId: office.clock.newId(), ...lead });
    await heard('lead.registered');
    expect(watcher.text()).not.toContain('case.claimed');
    await reviewer.post(`/api/cases/${caseId}/open`, {});
    await heard('case.claimed');
    expect(operator.text()).toBe('retry: 5000\n\n');
    expect(watcher.text()).not.toContain(caseId);
  });

  it('end when the session has ended, and say nothing more', async () => {
    const reviewer = await office.visitAs('reviewer');
    const stream = await openStream(reviewer, office.url);
    expect((await reviewer.send('DELETE', '/api/session')).status).toBe(204);
    await fileOpen();
    await relay(office.deps.announcer);
    await until('the end', stream.ended);
    expect(stream.text()).not.toContain('case.opened');
  });

  it('cost no look at the session that they are not about, and few in a burst that they are', async () => {
    let looks = 0;
    const sessions: Office['stores']['sessions'] = {
      ...office.stores.sessions,
      find: (id, now) => {
        looks += 1;
        return office.stores.sessions.find(id, now);
      },
    };
    const deps = { ...office.deps, stores: { ...office.stores, sessions } };
    const api = await startApi(deps, { host: '127.0.0.1', port: 0 });
    apis.push(api);
    const officer = await openStream(await signInAt(api.url, 'safety'), api.url);
    const reviewer = await signInAt(api.url, 'reviewer');
    const pages = [await openStream(reviewer, api.url), await openStream(reviewer, api.url)];
    looks = 0;
    await fileSafety();
    await relay(office.deps.announcer);
    await until('the safety event', () => officer.text().includes(opened));
    expect(looks).toBe(1);
    const startedMs = performance.now();
    const heard = () => pages.every(({ text }) => text().split(opened).length > 3);
    await until('three events', async () => {
      await fileOpen();
      await relay(office.deps.announcer);
      return heard();
    });
    // The pages of one session ask once together, once a second; the officer hears of it as well.
    expect(looks).toBeLessThanOrEqual(3 + 2 * Math.ceil((performance.now() - startedMs) / 1000));
  });

  it('warn of no leak, however many there are', async () => {
    const warnings: string[] = [];
    const note = ({ name }: Error) => void warnings.push(name);
    process.on('warning', note);
    for (let session = 0; session < 2; session += 1) {
      const visitor = await office.visitAs('reviewer');
      for (let index = 0; index < 6; index += 1) await openStream(visitor, office.url);
    }
    await new Promise((settle) => setImmediate(settle));
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });

  it('end when the server stops, at once', async () => {
    const stream = await openStream(await office.visitAs('reviewer'), office.url);
    const startedMs = performance.now();
    await office.closeApi();
    expect(performance.now() - startedMs).toBeLessThan(4000);
    await until('the end', stream.ended);
  });
});

describeWithRedis('events to the pages, over Redis', (redisUrl) => {
  let prefix = '';
  beforeEach(() => {
    prefix = `test_${process.pid}_${randomBytes(4).toString('hex')}`;
  });
  fanOut(() => openRedisAnnouncer({ redisUrl, prefix }));
});
