import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Announcement, Announcer } from '../../pipeline/ports/announcer.ts';
import { until } from '../harness/until.ts';

export interface OpenedAnnouncers {
  announcer: Announcer;
  /** As another process has it; the same one where there is only one process. */
  other: Announcer;
  close(): Promise<void>;
}

const opened: Announcement = { topic: 'case.opened', subject: 'case-1' };

export function announcerContract(open: () => Promise<OpenedAnnouncers>): void {
  let both: OpenedAnnouncers;
  beforeEach(async () => {
    both = await open();
  });
  afterEach(() => both.close());

  /** Says something again and again until it has been heard: who has just begun to listen may miss the first. */
  async function announceUntilHeard(heard: Announcement[], event = opened) {
    await until('the announcement', async () => {
      both.announcer.announce(event);
      await new Promise((settle) => setTimeout(settle, 5));
      return heard.some(({ subject }) => subject === event.subject);
    });
  }

  it('reaches every listener, in its own process and in another', async () => {
    const heard: Announcement[][] = [[], [], []];
    both.announcer.listen((event) => heard[0]?.push(event));
    both.announcer.listen((event) => heard[1]?.push(event));
    both.other.listen((event) => heard[2]?.push(event));
    for (const list of heard) await announceUntilHeard(list);
    for (const list of heard) expect(new Set(list.map((event) => JSON.stringify(event))).size).toBe(1);
    expect(heard[2]?.[0]).toEqual(opened);
  });

  it('tells topic and subject, and nothing else', async () => {
    const heard: Announcement[] = [];
    both.other.listen((event) => heard.push(event));
    await announceUntilHeard(heard, { ...opened, subject: '观澜', text: 'CANARY' } as Announcement);
    expect(heard[0]).toEqual({ topic: 'case.opened', subject: '观澜' });
  });

  it('keeps the order of one announcer', async () => {
    const heard: Announcement[] = [];
    both.other.listen((event) => heard.push(event));
    await announceUntilHeard(heard);
    const subjects = Array.from({ length: 50 }, (_, index) => `in-order-${index}`);
    for (const subject of subjects) both.announcer.announce({ topic: 'case.decided', subject });
    const ordered = () => heard.map(({ subject }) => subject).filter((one) => one.startsWith('in-order'));
    await until('all of them', () => ordered().length === 50);
    expect(ordered()).toEqual(subjects);
  });

  it('a listener that throws keeps nobody else from hearing; one that has stopped hears nothing', async () => {
    const heard: Announcement[] = [];
    const stopped: Announcement[] = [];
    both.other.listen(() => {
      throw new Error('broken listener');
    });
    const stop = both.other.listen((event) => stopped.push(event));
    both.other.listen((event) => heard.push(event));
    stop();
    stop();
    await announceUntilHeard(heard);
    expect(stopped).toEqual([]);
  });

  it('may be closed twice, and says nothing any more', async () => {
    const heard: Announcement[] = [];
    both.announcer.listen((event) => heard.push(event));
    await both.announcer.close();
    await both.announcer.close();
    both.announcer.announce(opened);
    await new Promise(setImmediate);
    expect(heard).toEqual([]);
  });
}
