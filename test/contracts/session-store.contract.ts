import { afterEach, beforeEach, expect, it } from 'vitest';
import { Conflict } from '../../pipeline/domain/errors.ts';
import type { Session } from '../../pipeline/domain/user.ts';
import type { SessionStore } from '../../pipeline/ports/session-store.ts';
import { FakeClock } from '../harness/fake-clock.ts';

export interface OpenedSessions {
  sessions: SessionStore;
  close(): Promise<void>;
}

const hourMs = 3_600_000;

export function sessionStoreContract(open: () => Promise<OpenedSessions>): void {
  let opened: OpenedSessions;
  let sessions: SessionStore;
  let clock: FakeClock;

  beforeEach(async () => {
    opened = await open();
    sessions = opened.sessions;
    clock = new FakeClock();
  });
  afterEach(() => opened.close());

  const start = async (
    id: string,
    userId = 'user-1',
    { hours = 8, ticket = null }: { hours?: number; ticket?: string | null } = {},
  ): Promise<Session> => {
    const session: Session = {
      id,
      userId,
      csrfToken: `csrf-of-${id}`,
      createdAt: clock.now(),
      lastSeenAt: clock.now(),
      expiresAt: new Date(Date.parse(clock.now()) + hours * hourMs).toISOString(),
      door: 'cas',
      device: 'Firefox · Windows',
      ticket,
    };
    await sessions.create(session);
    return session;
  };
  const find = (id: string) => sessions.find(id, clock.now());

  it('finds a session until it expires', async () => {
    const session = await start('digest-1');
    expect(await find('digest-1')).toEqual(session);
    expect(await find('digest-2')).toBeNull();
    clock.advance(8 * hourMs - 1);
    expect(await find('digest-1')).toEqual(session);
    clock.advance(1);
    expect(await find('digest-1')).toBeNull();
  });

  it('creates a repeated call once, and refuses another session under its id', async () => {
    const session = await start('digest-1');
    await sessions.create({ ...session });
    await expect(sessions.create({ ...session, userId: 'user-2' })).rejects.toThrow(Conflict);
    expect(await find('digest-1')).toEqual(session);
  });

  it('remembers the last touch, never an earlier one', async () => {
    const session = await start('digest-1');
    const early = clock.advance(1000);
    const late = clock.advance(1000);
    await sessions.touch('digest-1', late);
    await sessions.touch('digest-1', early);
    await sessions.touch('unknown', late);
    expect(await find('digest-1')).toEqual({ ...session, lastSeenAt: late });
    expect(await find('unknown')).toBeNull();
  });

  it('lists those of one user that live, last seen first', async () => {
    await start('short', 'user-1', { hours: 1 });
    const [first, second] = [await start('first'), await start('second')];
    await start('other', 'user-2');
    clock.advance(hourMs);
    await sessions.touch('first', clock.now());
    const listed = await sessions.listOfUser('user-1', clock.now());
    expect(listed).toEqual([{ ...first, lastSeenAt: clock.now() }, second]);
    expect(await sessions.listOfUser('nobody', clock.now())).toEqual([]);
  });

  it('ends one session, or all of a user', async () => {
    for (const id of ['a', 'b', 'c']) await start(id);
    await start('d', 'user-2');
    await sessions.delete('a');
    await sessions.delete('a');
    expect(await find('a')).toBeNull();
    expect(await find('b')).not.toBeNull();
    await sessions.deleteOfUser('user-1');
    await sessions.deleteOfUser('user-1');
    expect(await find('b')).toBeNull();
    expect(await find('c')).toBeNull();
    expect(await find('d')).not.toBeNull();
  });

  it('ends the session that a ticket opened, and no other', async () => {
    await start('a', 'user-1', { ticket: 'digest-of-ST-1' });
    await start('b', 'user-2', { ticket: 'digest-of-ST-2' });
    await start('c');
    expect(await sessions.deleteByTicket('digest-of-ST-1')).toBe('user-1');
    expect(await sessions.deleteByTicket('digest-of-ST-1')).toBeNull();
    expect(await find('a')).toBeNull();
    expect(await find('b')).not.toBeNull();
    expect(await find('c')).not.toBeNull();
  });

  it('purges what has expired and what was idle, nothing else', async () => {
    await start('expired', 'user-1', { hours: 1 });
    await start('idle');
    await start('lively');
    clock.advance(hourMs);
    await sessions.touch('lively', clock.now());
    await start('fresh');
    const halfHourAgo = new Date(Date.parse(clock.now()) - hourMs / 2).toISOString();
    expect(await sessions.purge(clock.now(), halfHourAgo)).toBe(2);
    expect(await sessions.purge(clock.now(), halfHourAgo)).toBe(0);
    expect(await find('idle')).toBeNull();
    expect(await find('lively')).not.toBeNull();
    expect(await find('fresh')).not.toBeNull();
  });
}
