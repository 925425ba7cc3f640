import { afterEach, beforeEach, expect, it } from 'vitest';
import { Conflict, InvalidInput, NotFound } from '../../pipeline/domain/errors.ts';
import type { Role } from '../../pipeline/domain/role.ts';
import type { Maker, MakeStandIn } from '../../pipeline/domain/stand-in.ts';
import type { Stores } from '../../pipeline/ports/index.ts';
import { buildGathered, buildVerdict } from '../builders/post.ts';
import { buildUser } from '../builders/user.ts';
import type { FakeClock } from '../harness/fake-clock.ts';

export interface StandInFixture {
  stores: Stores;
  clock: FakeClock;
  close(): Promise<void>;
}

const everything = { accessClasses: ['open', 'victim', 'safety'] as const };
const office: Maker = { actor: { id: 'admin', roles: ['account-admin'] }, forAnybody: true };

/** Accounts, sessions, claims and stand-ins, as far as one transaction goes over them. */
export function standInStoreContract(open: () => Promise<StandInFixture>): void {
  let opened: StandInFixture;
  let stores: Stores;
  beforeEach(async () => {
    opened = await open();
    stores = opened.stores;
  });
  afterEach(() => opened.close());
  const now = () => opened.clock.now();
  const day = (offset: number) =>
    new Date(Date.parse(now()) + (offset * 24 + 8) * 3_600_000).toISOString().slice(0, 10);

  const hire = async (id: string, roles: Role[], unitId: string | null = null) => {
    await stores.users.add(buildUser({ id, roles, unitId, name: '很长的名字😀'.repeat(5) }));
  };
  const commandOf = (more: Partial<MakeStandIn> = {}): MakeStandIn => ({
    ...{ commandId: opened.clock.newId(), absentId: 'zhou', standInId: 'qian', roles: ['director'] },
    ...{ from: day(0), until: day(2), reason: 'trip' as const },
    ...more,
  });
  const make = async (more: Partial<MakeStandIn> = {}, maker = office) =>
    (await stores.standIns.make(commandOf(more), maker, now())).standIn;
  const readAudit = async () => {
    await stores.audit.linkPending(1, 1000);
    const chains = await stores.audit.listChains();
    const linked = await Promise.all(chains.map((chain) => stores.audit.readChain(chain, 0, 1000)));
    return linked
      .flat()
      .flatMap(({ entry, payload }) =>
        entry === null || entry === 'unreadable' || entry.action === 'case.opened'
          ? []
          : [{ ...entry, body: payload?.body ?? '' }],
      );
  };

  it('makes one, finds it while it lasts and lists it for both', async () => {
    await hire('zhou', ['director', 'reviewer'], 'publicity');
    await hire('qian', ['reviewer'], 'publicity');
    const one = await make({ from: day(1), until: day(2) });
    expect(one).toMatchObject({ version: 1, madeBy: 'admin', endedAt: null });
    expect(await stores.standIns.listActive('qian', now())).toEqual([]);
    expect(await stores.standIns.listActive('qian', one.startsAt)).toEqual([one]);
    const lastInstant = new Date(Date.parse(one.endsAt) - 1).toISOString();
    expect(await stores.standIns.listActive('qian', lastInstant)).toEqual([one]);
    expect(await stores.standIns.listActive('qian', one.endsAt)).toEqual([]);
    expect(await stores.standIns.listActive('zhou', one.startsAt)).toEqual([]);
    for (const person of ['zhou', 'qian']) expect(await stores.standIns.listOf(person)).toEqual([one]);
    expect(await stores.standIns.listOf('nobody')).toEqual([]);
  });

  it('answers a repeated command as before, and refuses another one under its id', async () => {
    await hire('zhou', ['director']);
    await hire('qian', ['reviewer']);
    const command = commandOf();
    const first = await stores.standIns.make(command, office, now());
    opened.clock.advance(60_000);
    expect(await stores.standIns.make(command, office, now())).toEqual({ ...first, repeated: true });
    const other = { ...command, until: day(5) };
    await expect(stores.standIns.make(other, office, now())).rejects.toThrow(Conflict);
    expect((await readAudit()).map(({ action }) => action)).toEqual(['stand-in.made']);
  });

  it('writes nothing of what the rules refuse', async () => {
    await hire('zhou', ['director']);
    await hire('qian', ['reviewer']);
    await expect(make({ roles: ['leader'] })).rejects.toThrow(InvalidInput);
    await expect(make({ standInId: 'nobody' })).rejects.toThrow(InvalidInput);
    await make();
    await expect(make({ from: day(1), until: day(9) })).rejects.toThrow(/已有代理人/);
    expect(await stores.standIns.listOf('zhou')).toHaveLength(1);
    expect(await readAudit()).toHaveLength(1);
  });

  it('lets one of many that would lend the same role at the same time through', async () => {
    await hire('zhou', ['director']);
    const persons = ['p1', 'p2', 'p3', 'p4'];
    for (const id of persons) await hire(id, ['reviewer']);
    const results = await Promise.allSettled(persons.map((standInId) => make({ standInId })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await stores.standIns.listOf('zhou')).toHaveLength(1);
  });

  it('and a change of roles at the same moment do not pass each other by', async () => {
    await hire('zhou', ['operator']);
    await hire('qian', ['reviewer']);
    const seen = await stores.users.find('qian');
    await make({ roles: ['operator'] });
    if (seen === null) throw new Error('no such user');
    await expect(stores.users.update({ ...seen, roles: ['auditor'] })).rejects.toThrow(Conflict);
  });

  it('ends at once, once; repeated it answers the same', async () => {
    await hire('zhou', ['director']);
    await hire('qian', ['reviewer']);
    const one = await make();
    opened.clock.advance(3_600_000);
    const command = { commandId: opened.clock.newId(), standInId: one.id, version: 1 };
    const byHerself: Maker = { actor: { id: 'qian', roles: ['reviewer'] }, forAnybody: false };
    const ended = await stores.standIns.end(command, byHerself, now());
    expect(ended.standIn).toEqual({ ...one, version: 2, endsAt: now(), endedAt: now(), endedBy: 'qian' });
    expect(await stores.standIns.listActive('qian', now())).toEqual([]);
    expect(await stores.standIns.end(command, byHerself, now())).toEqual({ ...ended, repeated: true });
    const again = { ...command, commandId: opened.clock.newId() };
    await expect(stores.standIns.end(again, office, now())).rejects.toThrow(Conflict);
    const stranger: Maker = { actor: { id: 'sun', roles: ['reviewer'] }, forAnybody: false };
    const other = await make({ from: day(0), until: day(1) });
    const theirs = { commandId: opened.clock.newId(), standInId: other.id, version: 1 };
    await expect(stores.standIns.end(theirs, stranger, now())).rejects.toThrow(NotFound);
    await expect(stores.standIns.end({ ...theirs, standInId: 'none' }, office, now())).rejects.toThrow(
      NotFound,
    );
    await expect(stores.standIns.end({ ...theirs, version: 7 }, office, now())).rejects.toThrow(Conflict);
    await expect(
      stores.standIns.end({ ...theirs, commandId: command.commandId }, office, now()),
    ).rejects.toThrow(Conflict);
  });

  it('says in the audit log who, for whom, which roles and days, and in whose stead; no name', async () => {
    await hire('zhou', ['director']);
    await hire('qian', ['reviewer']);
    const inStead: Maker = { actor: { ...office.actor, onBehalfOf: ['chief'] }, forAnybody: true };
    const one = await make({}, inStead);
    const [entry] = await readAudit();
    expect(entry).toMatchObject({ action: 'stand-in.made', subject: one.id, actorId: 'admin' });
    expect(JSON.parse(entry?.body ?? '')).toEqual({
      ...{ absentId: 'zhou', standInId: 'qian', roles: ['director'], from: day(0), until: day(2) },
      ...{ byRight: true, onBehalfOf: ['chief'] },
    });
    expect(entry?.body).not.toContain('名字');
  });

  it('lists by state, the last to end first, page by page without doubles', async () => {
    for (const id of ['p1', 'p2', 'p3', 'p4', 'p5']) await hire(id, ['director']);
    await hire('qian', ['reviewer']);
    // Three end at the same instant.
    for (const id of ['p1', 'p2', 'p3']) await make({ absentId: id });
    await make({ absentId: 'p4', until: day(9) });
    const over = await make({ absentId: 'p5' });
    await stores.standIns.end(
      { commandId: opened.clock.newId(), standInId: over.id, version: 1 },
      office,
      now(),
    );
    const walk = async (state: 'open' | 'over') => {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await stores.standIns.list({ state, at: now(), cursor, limit: 2 });
        seen.push(...page.items.map(({ absentId }) => absentId));
        cursor = page.nextCursor;
      } while (cursor !== null);
      return seen;
    };
    const open = await walk('open');
    expect(open[0]).toBe('p4');
    expect([...open].sort()).toEqual(['p1', 'p2', 'p3', 'p4']);
    expect(await walk('over')).toEqual(['p5']);
  });

  it('disabling ends sessions, claims and stand-ins of the person, and of nobody else', async () => {
    await hire('zhou', ['director']);
    await hire('qian', ['reviewer']);
    const given = await make();
    for (const userId of ['zhou', 'qian']) {
      const expiresAt = new Date(Date.parse(now()) + 3_600_000).toISOString();
      await stores.sessions.create({
        ...{ id: `of-${userId}`, userId, csrfToken: 'c', createdAt: now(), lastSeenAt: now(), expiresAt },
        ...{ door: 'password', device: '', ticket: null },
      });
    }
    const claimed = await fileClaimed('zhou');
    const others = await fileClaimed('qian');
    const audit = {
      ...{ id: opened.clock.newId(), log: 'audit' as const, at: now(), actorId: 'admin' },
      ...{ action: 'user.disabled', subject: 'zhou', payload: {} },
    };
    expect(await stores.users.disable('zhou', audit)).toMatchObject({ disabled: true });
    expect(await stores.users.disable('zhou', { ...audit, id: opened.clock.newId() })).toMatchObject({
      disabled: true,
    });
    expect(await stores.users.disable('nobody', audit)).toBeNull();
    expect(await stores.sessions.find('of-zhou', now())).toBeNull();
    expect(await stores.sessions.find('of-qian', now())).not.toBeNull();
    expect((await stores.cases.findCase(claimed, everything))?.claim).toBeNull();
    expect((await stores.cases.findCase(others, everything))?.claim?.actorId).toBe('qian');
    expect(await stores.standIns.listActive('qian', now())).toEqual([]);
    expect(await stores.standIns.listOf('qian')).toMatchObject([{ id: given.id, endedBy: 'admin' }]);
    expect((await readAudit()).map(({ action }) => action).sort()).toEqual([
      'stand-in.ended',
      'stand-in.made',
      'user.disabled',
    ]);
  });

  async function fileClaimed(actorId: string): Promise<string> {
    const post = buildGathered({ externalId: `of-${actorId}` });
    await stores.posts.storePosts([{ post, snapshotHash: null }], now());
    const caseId = opened.clock.newId();
    const postId = `${post.channelId}:${post.kind}:${post.externalId}`;
    const judged = {
      postId,
      textVersion: 1,
      tokens: [],
      caseId,
      verdict: buildVerdict({ queues: ['review'] }),
    };
    await stores.posts.storeJudgements([judged], now());
    const expiresAt = new Date(Date.parse(now()) + 1_800_000).toISOString();
    await stores.cases.claimCase({ caseId, actorId, token: 't', at: now(), expiresAt, ...everything });
    return caseId;
  }

  it('the last one who can manage accounts stays, also when two would go at the same moment', async () => {
    await hire('admin', ['account-admin']);
    await hire('second', ['account-admin']);
    const both = await Promise.all(['admin', 'second'].map((id) => stores.users.find(id)));
    const results = await Promise.allSettled(
      both.map(async (one) => one !== null && stores.users.update({ ...one, disabled: true })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const left = (await stores.users.list()).find(({ disabled }) => !disabled);
    if (left === undefined) throw new Error('nobody is left');
    for (const change of [{ disabled: true }, { roles: ['editor' as const] }, { leavesOn: '2027-01-01' }]) {
      await expect(stores.users.update({ ...left, ...change })).rejects.toThrow(/最后一位/);
    }
    expect(await stores.users.update({ ...left, name: '新名字' })).toMatchObject({ name: '新名字' });
  });
}
