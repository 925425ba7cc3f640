import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccessClass } from '../../pipeline/domain/access-class.ts';
import { buildDocketText, type DocketEntry, type DocketFacts } from '../../pipeline/domain/docket.ts';
import { Conflict, InvalidInput, NotFound } from '../../pipeline/domain/errors.ts';
import type { AuditLog } from '../../pipeline/ports/audit-log.ts';
import type { DocketMoveCommand, DocketOpening, DocketStore } from '../../pipeline/ports/docket-store.ts';
import type { RetentionStore } from '../../pipeline/ports/retention-store.ts';
import { FakeClock } from '../harness/fake-clock.ts';

export interface OpenedDocket {
  docket: DocketStore;
  audit: AuditLog;
  retention: RetentionStore;
  close(): Promise<void>;
}

const everything: readonly AccessClass[] = ['open', 'victim', 'safety'];
const dayMs = 86_400_000;

export function docketStoreContract(open: () => Promise<OpenedDocket>): void {
  let opened: OpenedDocket;
  let docket: DocketStore;
  let clock: FakeClock;
  beforeEach(async () => {
    opened = await open();
    docket = opened.docket;
    clock = new FakeClock('2026-11-20T01:00:00.000Z');
  });
  afterEach(() => opened.close());

  const facts = (more: Partial<DocketFacts['removal']> = {}): DocketFacts['removal'] => ({
    ...{ kind: 'removal', state: 'proposed', platform: 'weibo', postId: 'weibo:comment:1' },
    ...{ ground: 'personal-data', basis: { law: 'civil-code', article: 1034 } },
    ...{ screenshotSha256: 'a'.repeat(64), proposedBy: 'user-1', approval: null, done: null, appeal: null },
    ...more,
  });
  const at = () => clock.now();
  const buildOpening = (more: Partial<DocketOpening<'removal'>> = {}): DocketOpening<'removal'> => ({
    ...{ commandId: clock.newId(), kind: 'removal', facts: facts(), asked: { ground: 'personal-data' } },
    ...{ at: at(), actorId: 'user-1', onBehalfOf: null },
    texts: [
      buildDocketText('explanation', '评论里有同学的手机号😀', { at: at(), postIds: ['weibo:comment:1'] }),
    ],
    ...more,
  });
  const buildMove = (
    entry: DocketEntry<'removal'>,
    more: Partial<DocketMoveCommand<'removal'>> = {},
  ): DocketMoveCommand<'removal'> => ({
    ...{ commandId: clock.newId(), kind: 'removal', entryId: entry.id, version: entry.version },
    ...{ move: 'refused', asked: { reason: '不属于' }, at: at(), actorId: 'user-2', onBehalfOf: 'user-9' },
    ...more,
  });
  const refuse = (entry: DocketEntry<'removal'>) => ({
    facts: { ...entry.facts, state: 'refused' as const },
    texts: [buildDocketText('reason', '不属于法定情形', { at: at(), accessClass: 'victim' })],
  });
  const texts = async (id: string, accessClasses = everything) =>
    (await docket.readTexts(id, { accessClasses, now: at() })).map(({ name, text }) => `${name} ${text}`);
  const purge = async () => (await opened.retention.purgeExpired(at(), [], 100)).records;
  const begin = async (more: Partial<DocketOpening<'removal'>> = {}) =>
    (await docket.open(buildOpening(more))).entry;

  describe('opening', () => {
    it('numbers through a Shanghai year, each register for itself, without a gap', async () => {
      const numbers = [];
      for (const instant of [
        '2026-12-31T15:59:59.000Z',
        '2026-12-31T15:59:59.500Z',
        '2026-12-31T16:00:00.000Z',
      ])
        numbers.push((await begin({ at: instant })).number);
      expect(numbers).toEqual(['依处〔2026〕1号', '依处〔2026〕2号', '依处〔2027〕1号']);
      expect((await docket.findByNumber('removal', '依处〔2026〕2号'))?.version).toBe(1);
      expect(await docket.findByNumber('removal', '依调〔2026〕2号')).toBeNull();
      expect(await docket.findByNumber('public-request', '异议〔2026〕1号')).toBeNull();
    });

    it('gives numbers that are all different to many who open at once', async () => {
      const entries = await Promise.all(Array.from({ length: 8 }, () => begin()));
      expect(new Set(entries.map(({ number }) => number)).size).toBe(8);
    });

    it('gives the same answer to a repeated command, and none to another content or person', async () => {
      const opening = buildOpening();
      const first = await docket.open(opening);
      expect(await docket.open({ ...opening })).toEqual({ entry: first.entry, repeated: true });
      await expect(docket.open({ ...opening, asked: { ground: 'threat' } })).rejects.toThrow(Conflict);
      await expect(docket.open({ ...opening, actorId: 'user-2' })).rejects.toThrow(Conflict);
      expect((await docket.listYear('removal', 2026)).length).toBe(1);
    });

    it('keeps the facts and who did what, without any text', async () => {
      const entry = await begin();
      expect(await docket.find('removal', entry.id)).toEqual(entry);
      expect(entry.facts).toEqual(facts());
      expect(entry.moves).toEqual([
        { id: entry.id, kind: 'opened', at: at(), actorId: 'user-1', onBehalfOf: null },
      ]);
      expect(JSON.stringify(entry)).not.toContain('手机号');
      expect(await docket.find('lawful-request', entry.id).catch((error) => error)).toSatisfy(
        (found: unknown) => found === null || found instanceof NotFound,
      );
      expect(await docket.find('removal', 'none')).toBeNull();
    });
  });

  describe('a move', () => {
    it('writes facts, texts and history at once, and is audited by ids and facts', async () => {
      const entry = await begin();
      const { entry: moved, repeated } = await docket.move(buildMove(entry), refuse);
      expect({ state: moved.facts.state, version: moved.version, repeated }).toEqual({
        ...{ state: 'refused', version: 2, repeated: false },
      });
      expect(moved.moves.at(-1)).toMatchObject({ kind: 'refused', actorId: 'user-2', onBehalfOf: 'user-9' });
      expect(await texts(entry.id)).toEqual(['explanation 评论里有同学的手机号😀', 'reason 不属于法定情形']);
      await opened.audit.linkPending(1, 100);
      const [chain = ''] = await opened.audit.listChains();
      const logged = await opened.audit.readChain(chain, 0, 100);
      const actions = logged.map(({ entry: one }) =>
        one === null || one === 'unreadable' ? '' : one.action,
      );
      expect(actions).toEqual(['removal.opened', 'removal.refused']);
      expect(JSON.stringify(logged)).not.toContain('手机号');
      expect(JSON.stringify(logged)).toContain('依处〔2026〕1号');
    });

    it('is refused for a version that has moved on, and by what it breaks; then nothing is written', async () => {
      const entry = await begin();
      await docket.move(buildMove(entry), refuse);
      await expect(docket.move(buildMove(entry), refuse)).rejects.toThrow(Conflict);
      const fresh = (await docket.find('removal', entry.id)) ?? entry;
      const breaking = docket.move(buildMove(fresh), () => {
        throw new InvalidInput('reason', '没有写明理由。');
      });
      await expect(breaking).rejects.toThrow(InvalidInput);
      await expect(docket.move(buildMove({ ...fresh, id: 'none' }), refuse)).rejects.toThrow(NotFound);
      expect(await docket.find('removal', entry.id)).toEqual(fresh);
    });

    it('that is repeated is told so, and another content under its id is refused', async () => {
      const entry = await begin();
      const command = buildMove(entry);
      const first = await docket.move(command, refuse);
      expect(await docket.move(command, refuse)).toEqual({ entry: first.entry, repeated: true });
      await expect(docket.move({ ...command, asked: { reason: '别的' } }, refuse)).rejects.toThrow(Conflict);
      await expect(docket.move({ ...command, move: 'approved' }, refuse)).rejects.toThrow(Conflict);
    });

    it('has one winner when many come at once', async () => {
      const entry = await begin();
      const all = await Promise.allSettled([1, 2, 3, 4].map(() => docket.move(buildMove(entry), refuse)));
      expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await docket.find('removal', entry.id))?.version).toBe(2);
    });
  });

  it('lists newest first, page by page, and by state', async () => {
    for (let i = 0; i < 5; i++) {
      const entry = await begin();
      if (i % 2 === 0) await docket.move(buildMove(entry), refuse);
      if (i % 2 === 1) clock.advance(1000);
    }
    const list = (states: string[], cursor: string | null, limit = 2) =>
      docket.list({ kind: 'removal', states, cursor, limit });
    const first = await list([], null, 3);
    const second = await list([], first.nextCursor, 3);
    expect([...first.items, ...second.items].map(({ number }) => number.slice(8, -1))).toEqual([
      ...['5', '4', '3', '2', '1'],
    ]);
    expect(second.nextCursor).toBeNull();
    expect((await list(['proposed'], null, 9)).items.map(({ facts: one }) => one.state)).toEqual([
      ...['proposed', 'proposed'],
    ]);
    expect((await docket.list({ kind: 'public-request', states: [], cursor: null, limit: 9 })).items).toEqual(
      [],
    );
    await expect(list([], 'nonsense')).rejects.toThrow(InvalidInput);
  });

  describe('texts', () => {
    it('are shown by their class, and not after their time', async () => {
      const entry = await begin();
      await docket.move(buildMove(entry), refuse);
      expect(await texts(entry.id, ['open'])).toEqual(['explanation 评论里有同学的手机号😀']);
      expect(await texts(entry.id, [])).toEqual([]);
      clock.advance(90 * dayMs);
      expect(await texts(entry.id)).toEqual([]);
      expect((await docket.find('removal', entry.id))?.facts.state).toBe('refused');
    });

    it('are replaced by name, and given a new end', async () => {
      const entry = await begin();
      const later = new Date(Date.parse(at()) + 10 * dayMs).toISOString();
      await docket.move(buildMove(entry), (one) => ({
        facts: one.facts,
        texts: [buildDocketText('reason', '先写一版', { at: at() })],
        ends: { explanation: later },
      }));
      const moved = (await docket.find('removal', entry.id)) ?? entry;
      await docket.move(buildMove(moved), (one) => ({
        facts: one.facts,
        texts: [buildDocketText('reason', '再写一版', { at: at() })],
      }));
      expect(await texts(entry.id)).toEqual(['explanation 评论里有同学的手机号😀', 'reason 再写一版']);
      clock.advance(10 * dayMs);
      expect(await texts(entry.id)).toEqual(['reason 再写一版']);
    });

    it('that may quote a post end with it', async () => {
      const entry = await begin();
      await docket.move(buildMove(entry), refuse);
      await opened.retention.endTexts(['weibo:comment:1', 'weibo:comment:2'], at());
      expect(await texts(entry.id)).toEqual(['reason 不属于法定情形']);
      expect(await purge()).toBe(1);
      expect(await purge()).toBe(0);
    });

    it('and whole entries go with their time; the numbers of a year run on', async () => {
      const entry = await begin();
      clock.advance(90 * dayMs);
      expect(await purge()).toBe(1);
      expect(await docket.find('removal', entry.id)).not.toBeNull();
      clock.advance(1100 * dayMs);
      expect(await purge()).toBe(1);
      expect(await docket.find('removal', entry.id)).toBeNull();
      expect((await begin({ at: '2026-12-01T00:00:00.000Z' })).number).toBe('依处〔2026〕2号');
    });
  });
}
