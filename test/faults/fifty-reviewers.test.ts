import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Stores } from '../../pipeline/ports/index.ts';
import { BulkAnswer } from '../../review-api/contract/bulk.ts';
import { CaseDetail } from '../../review-api/contract/case-detail.ts';
import { CasePage, type CaseSummary } from '../../review-api/contract/case-summary.ts';
import { DecisionAnswer } from '../../review-api/contract/decision.ts';
import { startApi } from '../../review-api/main.ts';
import { describeSetUps } from '../harness/describe-set-ups.ts';
import { FakeClock } from '../harness/fake-clock.ts';
import { type Office, officePassword, openOffice } from '../harness/office.ts';
import { fileCase } from '../harness/office-cases.ts';
import { openPlace, type Place } from '../harness/places.ts';
import { reportProgress } from '../harness/report-progress.ts';
import { SeededChance } from '../harness/seeded-chance.ts';
import { seedsToTry } from '../harness/seeds-to-try.ts';
import { type Reply, Visitor } from '../harness/visitor.ts';

/** `ALL_SEEDS=1` races in full, which takes minutes on MongoDB. */
const people = seedsToTry({ all: 50, usual: 10 });
const caseCount = seedsToTry({ all: 1000, usual: 60 });
const everything = { accessClasses: ['open', 'victim', 'safety'] as const };
const noAction = { kind: 'no-action', reason: 'opinion-only' } as const;

/** What the answers said, to be held against what stands in the store. */
interface Told {
  /** By command: who was told, of which case, that it is decided. */
  decided: Map<string, { caseId: string; actorId: string }>;
  /** Who was told to hold it, and never gave it up. */
  holders: Map<string, string>;
  refused: number;
}

interface Racer {
  visitor: Visitor;
  actorId: string;
  chance: SeededChance;
  told: Told;
}

/** A line that breaks says nothing about what arrived: the same is sent again. */
async function send({ visitor }: Racer, method: string, path: string, body?: object): Promise<Reply> {
  for (let left = 5; ; left -= 1) {
    try {
      return await visitor.send(method, path, body === undefined ? {} : { body });
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}
const post = (racer: Racer, path: string, body: object) => send(racer, 'POST', path, body);

/** Now and then twice at once, as a client does that heard no answer. */
async function decide(racer: Racer, caseId: string, version: number) {
  const { actorId, chance, told } = racer;
  const body = { commandId: randomUUID(), version, ...noAction };
  const once = () => post(racer, `/api/cases/${caseId}/decisions`, body);
  const replies = chance.between(0, 4) === 0 ? await Promise.all([once(), once()]) : [await once()];
  for (const reply of replies) {
    if (reply.status === 409) told.refused += 1;
    else told.decided.set(DecisionAnswer.parse(reply.json).decisionId, { caseId, actorId });
  }
}

/** Opens, and decides if it could be had; now and then leaves it for others. */
async function openAndDecide(racer: Racer, caseId: string) {
  const { actorId, chance, told } = racer;
  const opened = CaseDetail.parse((await post(racer, `/api/cases/${caseId}/open`, {})).json);
  if (opened.claim?.byMe !== true) return;
  if (chance.between(0, 10) === 0) {
    await send(racer, 'DELETE', `/api/cases/${caseId}/claim`);
    return;
  }
  told.holders.set(caseId, actorId);
  await decide(racer, caseId, opened.version);
}

async function decideTogether(racer: Racer, rows: readonly CaseSummary[]) {
  const { actorId, told } = racer;
  const items = rows.map(({ id: caseId, version }) => ({ caseId, version }));
  const body = { bulkId: randomUUID(), ...noAction, items };
  const answer = BulkAnswer.parse((await post(racer, '/api/cases/bulk/run', body)).json);
  for (const { caseId, hindrance } of answer.items) {
    if (hindrance !== null) told.refused += 1;
    else told.decided.set(`${body.bulkId}/${caseId}`, { caseId, actorId });
  }
}

/** Everybody sees the same head of the queue, and goes for some of it before looking again, until it is empty. */
async function race(racer: Racer) {
  const { chance } = racer;
  for (;;) {
    const reply = await send(racer, 'GET', '/api/cases?queue=review&limit=20');
    expect(reply.status, reply.text).toBe(200);
    const { items } = CasePage.parse(reply.json);
    if (items.length === 0) return;
    for (let tries = 0; tries < 5; tries += 1) {
      const row = items[chance.between(0, items.length)];
      if (row === undefined) continue;
      const way = chance.between(0, 20);
      if (way === 0) await decideTogether(racer, items.slice(0, 5));
      else if (way < 5) await decide(racer, row.id, row.version);
      else await openAndDecide(racer, row.id);
    }
  }
}

/** How often each case was decided, as the audit log has it. */
async function countAudited({ audit }: Stores): Promise<Map<string, string[]>> {
  while ((await audit.linkPending(1, 500)) > 0);
  const decided = new Map<string, string[]>();
  for (const chain of await audit.listChains()) {
    let after = 0;
    for (;;) {
      const links = await audit.readChain(chain, after, 500);
      for (const { link, entry } of links) {
        after = link.seq;
        if (entry === null || entry === 'unreadable' || entry.action !== 'case.decided') continue;
        decided.set(entry.subject, [...(decided.get(entry.subject) ?? []), entry.actorId ?? '']);
      }
      if (links.length === 0) break;
    }
  }
  return decided;
}

async function countAnnounced({ outbox }: Stores, now: string): Promise<Map<string, number>> {
  const announced = new Map<string, number>();
  for (;;) {
    const entries = await outbox.take(500, now, '2099-01-01T00:00:00.000Z');
    if (entries.length === 0) return announced;
    for (const { topic, subject } of entries) {
      if (topic === 'case.decided') announced.set(subject, (announced.get(subject) ?? 0) + 1);
    }
  }
}

/** Over connections of its own, as another process has them; a folder has one process. */
async function openSecondApi(office: Office, place: Place): Promise<{ url: string; close(): Promise<void> }> {
  const clock = new FakeClock(office.clock.now(), 0xfff);
  const { stores, announcer, close } = await openPlace(place, clock);
  const api = await startApi({ ...office.deps, stores, announcer, clock }, { host: '127.0.0.1', port: 0 });
  return {
    url: api.url,
    close: async () => {
      await api.close();
      await close();
    },
  };
}

describeSetUps(`${people} reviewers racing for ${caseCount} cases`, (emptyPlace) => {
  let office: Office;
  let urls: string[];
  let close: () => Promise<void>;
  beforeAll(async () => {
    const place = await emptyPlace();
    office = await openOffice({}, place);
    const second = place.setUp === 'scaled' ? await openSecondApi(office, place) : null;
    urls = [office.url, ...(second === null ? [] : [second.url])];
    close = async () => {
      await second?.close();
      await office.close();
    };
  });
  afterAll(() => close());

  it('each is decided once, by who held it, and every record agrees', { timeout: 1_800_000 }, async () => {
    const { stores, clock } = office;
    const caseIds: string[] = [];
    for (let index = 0; index < caseCount; index += 1) {
      caseIds.push((await fileCase(office, { text: `第 ${index} 条：热水什么时候来` })).caseId);
    }
    const told: Told = { decided: new Map(), holders: new Map(), refused: 0 };
    const racers: Racer[] = [];
    for (let index = 0; index < people; index += 1) {
      const visitor = new Visitor(urls[index % urls.length] ?? '');
      const { id: actorId } = await visitor.signIn(await office.hire(['reviewer']), officePassword);
      racers.push({ visitor, actorId, chance: new SeededChance(index), told });
    }

    const startMs = performance.now();
    await Promise.all(racers.map(race));
    const seconds = (performance.now() - startMs) / 1000;

    const deciderOf = new Map([...told.decided.values()].map(({ caseId, actorId }) => [caseId, actorId]));
    expect(told.decided.size, 'no two were told of one case').toBe(caseCount);
    expect([...deciderOf.keys()].sort()).toEqual([...caseIds].sort());
    for (const [caseId, holder] of told.holders) {
      expect(deciderOf.get(caseId), 'nobody decides what another one holds').toBe(holder);
    }
    const audited = await countAudited(stores);
    const announced = await countAnnounced(stores, clock.now());
    for (const caseId of caseIds) {
      const decider = deciderOf.get(caseId);
      const one = await stores.cases.findCase(caseId, everything);
      const events = await stores.cases.listEvents(caseId, everything);
      expect(one).toMatchObject({ state: 'decided', version: 2, claim: null, decisionId: events[1]?.id });
      expect(events.map(({ kind, actorId }) => [kind, actorId])).toEqual([
        ['opened', null],
        ['decided', decider],
      ]);
      expect(audited.get(caseId)).toEqual([decider]);
      expect(announced.get(caseId)).toBe(1);
    }
    expect(told.refused, 'it was a race').toBeGreaterThan(0);
    reportProgress(
      `${caseCount} cases decided once by ${new Set(deciderOf.values()).size} of ${people} people in ${seconds.toFixed(1)} s, ${told.refused} refused`,
    );
  });
});
