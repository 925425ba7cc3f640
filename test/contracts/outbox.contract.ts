import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OutboxEntry } from '../../pipeline/domain/outbox.ts';
import type { Outbox } from '../../pipeline/ports/outbox.ts';
import { FakeClock } from '../harness/fake-clock.ts';

export interface OpenedOutbox {
  outbox: Outbox;
  /** As a transaction that makes a fact would. */
  add(entries: readonly OutboxEntry[]): Promise<void>;
  close(): Promise<void>;
}

export function outboxContract(open: () => Promise<OpenedOutbox>): void {
  let opened: OpenedOutbox;
  let outbox: Outbox;
  let clock: FakeClock;

  beforeEach(async () => {
    opened = await open();
    outbox = opened.outbox;
    clock = new FakeClock();
  });
  afterEach(() => opened.close());

  const fill = async (count: number): Promise<OutboxEntry[]> => {
    const entries = Array.from(
      { length: count },
      (_, i): OutboxEntry => ({
        id: clock.newId(),
        topic: i % 2 === 0 ? 'case.opened' : 'settings.changed',
        subject: `线索-${i}`,
        createdAt: clock.now(),
      }),
    );
    await opened.add(entries);
    return entries;
  };
  const hideMs = 30_000;
  const take = (limit: number) => {
    const now = clock.now();
    return outbox.take(limit, now, new Date(Date.parse(now) + hideMs).toISOString());
  };

  it('gives what waits, oldest first, and hides it from others', async () => {
    const entries = await fill(5);
    expect(await take(3)).toEqual(entries.slice(0, 3));
    expect(await take(10)).toEqual(entries.slice(3));
    expect(await take(10)).toEqual([]);
    expect(await outbox.countWaiting()).toBe(5);
  });

  it('gives again, once its time has passed, what was not marked as delivered', async () => {
    const entries = await fill(3);
    await take(3);
    await outbox.markDelivered([entries[1]?.id ?? '']);
    clock.advance(hideMs - 1);
    expect(await take(10)).toEqual([]);
    clock.advance(1);
    expect(await take(10)).toEqual([entries[0], entries[2]]);
    expect(await outbox.countWaiting()).toBe(2);
  });

  it('marks twice, and what is unknown, without harm', async () => {
    const entries = await fill(2);
    const ids = entries.map((entry) => entry.id);
    await outbox.markDelivered([]);
    await outbox.markDelivered(ids);
    await outbox.markDelivered([...ids, 'unknown']);
    clock.advance(hideMs * 2);
    expect(await take(10)).toEqual([]);
    expect(await outbox.countWaiting()).toBe(0);
  });

  it('gives one entry to one of many who ask at a time', async () => {
    const entries = await fill(40);
    const taken = (await Promise.all(Array.from({ length: 10 }, () => take(7)))).flat();
    expect(taken).toHaveLength(40);
    expect(new Set(taken.map((entry) => entry.id))).toEqual(new Set(entries.map((entry) => entry.id)));
  });

  it('gives copies', async () => {
    const [entry] = await fill(1);
    const [taken] = await take(1);
    if (taken === undefined) throw new Error('nothing was taken');
    taken.subject = 'changed by its reader';
    clock.advance(hideMs);
    expect(await take(1)).toEqual([entry]);
  });
}
