import { afterEach, beforeEach, expect, it } from 'vitest';
import { Conflict, InvalidInput } from '../../pipeline/domain/errors.ts';
import type { ReadLog, ReadRecord } from '../../pipeline/ports/read-log.ts';
import { FakeClock } from '../harness/fake-clock.ts';

export interface OpenedReadLog {
  reads: ReadLog;
  close(): Promise<void>;
}

export function readLogContract(open: () => Promise<OpenedReadLog>): void {
  let opened: OpenedReadLog;
  let reads: ReadLog;
  let clock: FakeClock;

  beforeEach(async () => {
    opened = await open();
    reads = opened.reads;
    clock = new FakeClock();
  });
  afterEach(() => opened.close());

  const reading = (over: Partial<ReadRecord> = {}): ReadRecord => ({
    id: clock.newId(),
    at: clock.now(),
    actorId: 'user-1',
    caseId: 'case-1',
    postId: 'main-site:article:1001@2.htm',
    textVersion: 3,
    purpose: 'case.read',
    ...over,
  });
  const listAll = async (limit: number): Promise<ReadRecord[]> => {
    const all: ReadRecord[] = [];
    let cursor: string | null = null;
    do {
      const page = await reads.list({ cursor, limit });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      all.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return all;
  };

  it('gives back what was recorded, whole', async () => {
    const long = `督办事项核对😀：${'食堂价格的留言，'.repeat(200)}`;
    const first = reading({ purpose: long });
    await reads.record(first);
    clock.advance(1);
    const second = reading({ caseId: null, postId: '微博:comment:甲@乙@1', textVersion: 12 });
    await reads.record(second);
    expect(await reads.list({ cursor: null, limit: 10 })).toEqual({
      items: [second, first],
      nextCursor: null,
    });
  });

  it('lists newest first, each once, also where many were read in one instant', async () => {
    const recorded: ReadRecord[] = [];
    for (let i = 0; i < 23; i++) {
      if (i % 9 === 0) clock.advance(1000);
      const read = reading({ textVersion: i + 1 });
      recorded.push(read);
      await reads.record(read);
    }
    expect(await listAll(4)).toEqual(recorded.reverse());
    expect(await listAll(23)).toEqual(recorded);
  });

  it('is not disturbed by readings that come between two pages', async () => {
    for (let i = 0; i < 6; i++) await reads.record(reading({ textVersion: i + 1 }));
    const page = await reads.list({ cursor: null, limit: 3 });
    clock.advance(1);
    await reads.record(reading({ textVersion: 99 }));
    const next = await reads.list({ cursor: page.nextCursor, limit: 3 });
    expect([...page.items, ...next.items].map((read) => read.textVersion)).toEqual([6, 5, 4, 3, 2, 1]);
    expect(next.nextCursor).toBeNull();
  });

  it('records a repeated call once, and refuses another reading under its id', async () => {
    const read = reading();
    await reads.record(read);
    await reads.record({ ...read });
    expect(await listAll(10)).toEqual([read]);
    await expect(reads.record({ ...read, actorId: 'user-2' })).rejects.toThrow(Conflict);
    await expect(reads.record({ ...read, purpose: 'other' })).rejects.toThrow(Conflict);
    expect(await listAll(10)).toEqual([read]);
  });

  it('records all readings of one answer, or none of them', async () => {
    const [first, second, third] = [reading(), reading(), reading()];
    await reads.recordAll([]);
    await reads.recordAll([first, second]);
    await reads.recordAll([first, second]);
    expect(await listAll(10)).toEqual([second, first]);
    const forged = { ...first, actorId: 'user-2' };
    await expect(reads.recordAll([third, forged])).rejects.toThrow(Conflict);
    expect(await listAll(10)).toEqual([second, first]);
  });

  it('refuses a cursor that it did not make', async () => {
    await expect(reads.list({ cursor: 'nonsense', limit: 5 })).rejects.toThrow(InvalidInput);
  });
}
