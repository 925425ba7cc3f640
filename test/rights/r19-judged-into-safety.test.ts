import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMongoStores } from '../../pipeline/adapters/mongo/open-mongo-stores.ts';
import { openStores } from '../../pipeline/adapters/open-stores.ts';
import { InstructionState } from '../../pipeline/domain/instruction.ts';
import type { Clock } from '../../pipeline/ports/clock.ts';
import type { Stores } from '../../pipeline/ports/index.ts';
import type { InstructionSight } from '../../pipeline/ports/instruction-store.ts';
import { buildDecisionCommand, reviewer, safetyOfficer } from '../builders/case.ts';
import { buildGathered, buildQueuedVerdict } from '../builders/post.ts';
import { FakeClock } from '../harness/fake-clock.ts';
import { useMongoTestDatabase } from '../harness/mongo-database.ts';
import { describeWithMongo } from '../harness/services.ts';

interface Ground {
  stores: Stores;
  close(): Promise<void>;
}

const everything = { accessClasses: ['open', 'victim', 'safety'] as const };
const publicity = ['open', 'victim'] as const;
const leader: InstructionSight = {
  mover: { id: 'leader-1', roles: ['leader'], units: [], standsFor: [], leads: true },
  accessClasses: ['open'],
};

describe('R19: judged anew as for those on duty alone', () =>
  judgedIntoSafety(async (clock) => {
    const folder = mkdtempSync(join(tmpdir(), 'guanlan-r19-'));
    const stores = openStores(folder, clock);
    return {
      stores,
      close: async () => {
        await stores.close();
        rmSync(folder, { recursive: true });
      },
    };
  }));

describeWithMongo('R19 on MongoDB: judged anew as for those on duty alone', (uri) => {
  const database = useMongoTestDatabase(uri);
  judgedIntoSafety(async (clock) => ({ stores: openMongoStores(database(), clock), close: async () => {} }));
});

/** An edited text may turn a case that people have worked on into one of class safety without anybody's referral. */
function judgedIntoSafety(open: (clock: Clock) => Promise<Ground>): void {
  const clock = new FakeClock('2026-03-02T01:00:00.000Z');
  const postId = 'main-site:comment:c';
  let ground: Ground;
  let stores: Stores;
  let caseId: string;

  const judge = async (text: string, textVersion: number, more: object) => {
    const post = buildGathered({ externalId: 'c', kind: 'comment', title: '', text });
    await stores.posts.storePosts([{ post, snapshotHash: null }], clock.now());
    const verdict = buildQueuedVerdict(more);
    const judgement = { postId, textVersion, verdict, tokens: ['话'], caseId: clock.newId() };
    return stores.posts.storeJudgements([judgement], clock.now());
  };
  const getCase = async () => {
    const found = await stores.cases.findCase(caseId, everything);
    if (found === null) throw new Error('no case');
    return found;
  };
  const sight = () => ({ accessClasses: publicity, at: clock.now() });
  const seen = async () => ({
    instructions: (
      await stores.instructions.list({
        ...{ ...leader, states: InstructionState.options, cursor: null, limit: 10 },
      })
    ).items.length,
    cards: (await stores.instructions.listCards(publicity, 10)).length,
    reply: (await stores.replies.findReply(caseId, { accessClasses: publicity, now: clock.now() })) !== null,
    notes: (await stores.cases.listEvents(caseId, { accessClasses: publicity })).filter(
      ({ note }) => note !== null,
    ).length,
  });

  beforeAll(async () => {
    ground = await open(clock);
    stores = ground.stores;
    [caseId = ''] = await judge('宿舍暖气不热，话说了三遍。', 1, { findings: [], queues: ['review'] });
    const note = { commandId: clock.newId(), caseId, note: '已联系宿管。' };
    await stores.cases.recordNote(note, reviewer, clock.now());
    const subject = { kind: 'case' as const, caseId };
    const plain = { unitId: null, dueAt: null, leaderId: null };
    await stores.instructions.start(
      { commandId: clock.newId(), move: 'give', subject, text: '请抓紧核实。', ...plain },
      leader,
      clock.now(),
    );
    await stores.instructions.saveCard(
      {
        ...{ commandId: clock.newId(), subject, version: 0, gist: '暖气问题', nextStep: '维修' },
        stockAnswerId: null,
      },
      { actorId: reviewer.id, ...sight() },
    );
    await stores.replies.changeReply(
      {
        ...{ type: 'write', commandId: clock.newId(), caseId, version: null, text: '已安排维修。' },
        ...{ stockAnswerId: null, stockAnswerVersion: null },
      },
      reviewer,
      sight(),
    );
    expect(await seen()).toEqual({ instructions: 1, cards: 1, reply: true, notes: 1 });
    await judge('我不想再说话了。', 2, { findings: [], queues: ['safety'], accessClass: 'safety' });
  });
  afterAll(() => ground.close());

  it('takes along whatever was written about it', async () => {
    expect((await getCase()).accessClass).toBe('safety');
    expect(await seen()).toEqual({ instructions: 0, cards: 0, reply: false, notes: 0 });
  });

  it('keeps notes and drafts where they are when it comes back', async () => {
    const { version } = await getCase();
    const back = { kind: 'return-from-safety', reason: 'misrouted' } as const;
    const command = buildDecisionCommand({ commandId: clock.newId(), caseId, version, ...back });
    await stores.cases.recordDecision(command, safetyOfficer, clock.now());
    expect(await seen()).toMatchObject({ reply: false, notes: 0 });
    const all = await stores.cases.listEvents(caseId, everything);
    expect(all.some(({ note }) => note === '已联系宿管。')).toBe(true);
  });
}
