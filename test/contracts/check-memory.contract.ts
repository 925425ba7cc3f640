import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Actor } from '../../pipeline/domain/case.ts';
import type { AnswerFindingCommand } from '../../pipeline/domain/check-memory.ts';
import { Conflict, InvalidInput } from '../../pipeline/domain/errors.ts';
import type { CheckMemory } from '../../pipeline/ports/check-memory.ts';
import type { FakeClock } from '../harness/fake-clock.ts';

interface Opened {
  memory: CheckMemory;
  clock: FakeClock;
  countAudit(subject: string): Promise<number>;
  close(): Promise<void>;
}

export function checkMemoryContract(open: () => Promise<Opened>): void {
  let opened: Opened;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());

  const actor: Actor = { id: 'user-1', roles: ['editor'] };
  const key = 'terms:belt-road:0123456789abcdef';
  const command = (change: Partial<AnswerFindingCommand> = {}): AnswerFindingCommand => ({
    commandId: opened.clock.newId(),
    draftId: 'draft-1',
    unitId: 'publicity',
    key,
    rule: 'terms.belt-road',
    text: '“一带一路”战略 😀',
    reason: '引用原文',
    forUnit: true,
    ...change,
  });
  const now = () => opened.clock.now();
  const say = (change: Partial<AnswerFindingCommand> = {}) =>
    opened.memory.answer(command(change), actor, now());
  const all = { cursor: null, limit: 50 };

  it('recalls what was said, for the unit or for the draft alone', async () => {
    const { memory } = opened;
    await say();
    await say({ forUnit: false, key: 'other' });
    expect(await memory.recall(['publicity'], [key, 'other'], now())).toMatchObject([
      { scope: 'unit', ownerId: 'publicity', key, times: 1, text: '“一带一路”战略 😀', actorId: 'user-1' },
    ]);
    expect(await memory.recall(['draft-1', 'publicity'], [key, 'other', 'none'], now())).toHaveLength(2);
    expect(await memory.recall(['draft-2', 'logistics'], [key, 'other'], now())).toEqual([]);
  });

  it('counts how often it was said, and holds it from the last time on for twelve months', async () => {
    const { memory, clock } = opened;
    await say();
    clock.advance(200 * 86_400_000);
    expect(await say({ draftId: 'draft-2', reason: '规则有误' })).toMatchObject({
      times: 2,
      reason: '规则有误',
    });
    clock.advance(300 * 86_400_000);
    expect(await memory.recall(['publicity'], [key], now())).toHaveLength(1);
    clock.advance(70 * 86_400_000);
    expect(await memory.recall(['publicity'], [key], now())).toEqual([]);
    expect((await memory.list(null, now(), all)).items).toEqual([]);
    // Asked again after that, it begins anew.
    expect(await say()).toMatchObject({ times: 1 });
  });

  it('says a repeated command once, with one audit entry, and refuses another under its id', async () => {
    const { memory } = opened;
    const first = command();
    const [once, again] = [
      await memory.answer(first, actor, now()),
      await memory.answer(first, actor, now()),
    ];
    expect(again).toEqual(once);
    expect(again.times).toBe(1);
    expect(await opened.countAudit('publicity')).toBe(1);
    await expect(memory.answer({ ...first, key: 'another' }, actor, now())).rejects.toThrow(Conflict);
    await expect(say({ reason: '  ' })).rejects.toThrow(InvalidInput);
  });

  it('forgets what is taken back, once', async () => {
    const { memory } = opened;
    await say();
    const back = () => ({ commandId: opened.clock.newId(), ownerId: 'publicity', key });
    expect(await memory.takeBack(back(), actor, now())).toBe(true);
    expect(await memory.takeBack(back(), actor, now())).toBe(false);
    expect(await memory.recall(['publicity'], [key], now())).toEqual([]);
    expect((await memory.list(null, now(), all)).items).toEqual([]);
    expect(await opened.countAudit('publicity')).toBe(2);
    expect(await say()).toMatchObject({ times: 1, takenBackAt: null });
  });

  it('lists what units remember, said last first, page by page through equal times', async () => {
    const { memory, clock } = opened;
    for (const unitId of ['a', 'b']) for (const one of ['k1', 'k2']) await say({ unitId, key: one });
    clock.advance(1000);
    await say({ unitId: 'a', key: 'k3' });
    await say({ forUnit: false, key: 'k4' });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await memory.list(null, now(), { cursor, limit: 2 });
      seen.push(...page.items.map((item) => `${item.unitId} ${item.key}`));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(['a k3', 'b k2', 'b k1', 'a k2', 'a k1']);
    expect((await memory.list(['b'], now(), all)).items.map((item) => item.key)).toEqual(['k2', 'k1']);
    expect((await memory.list([], now(), all)).items).toEqual([]);
  });

  it('counts for each rule what was shown and what was no mistake', async () => {
    const { memory } = opened;
    await memory.noteShown(
      'draft-1@1',
      new Map([
        ['terms.belt-road', 2],
        ['typo.x', 1],
      ]),
    );
    await memory.noteShown('draft-1@1', new Map([['terms.belt-road', 2]]));
    await memory.noteShown('draft-2@1', new Map([['terms.belt-road', 1]]));
    await memory.noteShown('draft-3@1', new Map());
    await say();
    await say({ forUnit: false });
    await say({ rule: 'typo.x', key: 'y' });
    await memory.takeBack({ commandId: opened.clock.newId(), ownerId: 'publicity', key: 'y' }, actor, now());
    expect(await memory.countRules()).toEqual([
      { rule: 'terms.belt-road', shown: 3, notMistake: 2 },
      { rule: 'typo.x', shown: 1, notMistake: 0 },
    ]);
  });

  it('erases words, reason and person once it is over, and goes on counting for the rule', async () => {
    const { memory, clock } = opened;
    const { expiresAt } = await say();
    clock.advance(200 * 86_400_000);
    await say({ key: 'later' });
    clock.advance(Date.parse(expiresAt) - Date.parse(now()));
    expect(await memory.purge(now())).toBe(0);
    expect(await memory.recall(['publicity'], [key], now())).toHaveLength(1);
    clock.advance(1);
    expect(await memory.purge(now())).toBe(1);
    expect(await memory.purge(now())).toBe(0);
    expect((await memory.list(null, now(), all)).items).toMatchObject([{ key: 'later', actorId: 'user-1' }]);
    expect(await memory.countRules()).toMatchObject([{ notMistake: 2 }]);
    expect(await say()).toMatchObject({ times: 1, reason: '引用原文', actorId: 'user-1' });
  });

  it('loses none of several who say the same at once', async () => {
    await Promise.all(['d1', 'd2', 'd3'].map((draftId) => say({ draftId })));
    expect(await opened.memory.recall(['publicity'], [key], now())).toMatchObject([{ times: 3 }]);
  });
}
