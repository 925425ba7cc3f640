import { afterEach, beforeEach, expect, it } from 'vitest';
import { Conflict } from '../../pipeline/domain/errors.ts';
import type { User } from '../../pipeline/domain/user.ts';
import type { UserStore } from '../../pipeline/ports/user-store.ts';
import { FakeClock } from '../harness/fake-clock.ts';

export interface OpenedUsers {
  users: UserStore;
  reopen(): Promise<UserStore>;
  close(): Promise<void>;
}

export function userStoreContract(open: () => Promise<OpenedUsers>): void {
  let opened: OpenedUsers;
  let users: UserStore;
  let clock: FakeClock;

  beforeEach(async () => {
    opened = await open();
    users = opened.users;
    clock = new FakeClock();
  });
  afterEach(() => opened.close());

  const userOf = (login: string, over: Partial<User> = {}): User => ({
    id: clock.newId(),
    version: 1,
    login,
    name: '审核员甲😀',
    unitId: null,
    roles: ['reviewer', 'analyst'],
    passwordHash: 'scrypt$…',
    failedLogins: 0,
    lockedUntil: null,
    disabled: false,
    createdAt: clock.now(),
    ...{
      identities: [],
      totp: null,
      emergency: false,
      emergencyUses: [],
      leavesOn: null,
      mustChangePassword: false,
      student: false,
    },
    ...over,
  });

  it('finds a user by login and by id, whole', async () => {
    const user = userOf('shenhe.1', {
      name: '长'.repeat(60),
      unitId: 'unit-1',
      lockedUntil: '2026-03-02T01:00:00.000Z',
      disabled: true,
      identities: [{ provider: 'cas', subject: '20190042' }],
      totp: { sealed: 'b3BhcXVl', kid: '20261123T000000Z', confirmedAt: null, lastStep: 0, recovery: ['d1'] },
      emergency: true,
      emergencyUses: ['2026-11-23T01:00:00.000Z'],
      leavesOn: '2027-01-31',
      student: true,
      failedLogins: 3,
    });
    await users.add(user);
    const again = await opened.reopen();
    expect(await again.findByLogin('shenhe.1')).toEqual(user);
    expect(await again.find(user.id)).toEqual(user);
    expect(await users.find('nobody')).toBeNull();
    expect(await users.findByLogin('SHENHE.1')).toBeNull();
  });

  it('has one user a login', async () => {
    const first = userOf('shenhe');
    await users.add(first);
    await users.add({ ...first });
    await expect(users.add(userOf('shenhe'))).rejects.toThrow(Conflict);
    await expect(users.add({ ...userOf('other'), id: first.id })).rejects.toThrow(Conflict);
    const second = userOf('second');
    await users.add(second);
    await expect(users.update({ ...second, login: 'shenhe' })).rejects.toThrow(Conflict);
    expect(await users.list()).toEqual([second, first]);
  });

  it('adds one of many with one login at a time', async () => {
    const other = await opened.reopen();
    const adds = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? users : other).add(userOf('wanted')));
    const results = await Promise.allSettled(adds);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await users.list()).toHaveLength(1);
  });

  it('updates by compare-and-swap', async () => {
    const user = userOf('shenhe');
    await users.add(user);
    const next = await users.update({ ...user, failedLogins: 1, roles: ['director'], unitId: 'unit-2' });
    expect(next).toEqual({ ...user, version: 2, failedLogins: 1, roles: ['director'], unitId: 'unit-2' });
    expect(await users.find(user.id)).toEqual(next);
    await expect(users.update({ ...user, disabled: true })).rejects.toThrow(Conflict);
    await expect(users.update(userOf('unknown'))).rejects.toThrow(Conflict);
    expect(await users.find(user.id)).toEqual(next);
  });

  it('lets one of many updates of one version win', async () => {
    const user = userOf('shenhe');
    await users.add(user);
    const other = await opened.reopen();
    const updates = Array.from({ length: 10 }, (_, i) =>
      (i % 2 === 0 ? users : other).update({ ...user, failedLogins: i }),
    );
    const results = await Promise.allSettled(updates);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect((await users.find(user.id))?.version).toBe(2);
  });

  it('lists by login, and gives copies', async () => {
    for (const login of ['b', 'a.1', 'c'].map((part) => `${part}-user`)) await users.add(userOf(login));
    const listed = await users.list();
    expect(listed.map((user) => user.login)).toEqual(['a.1-user', 'b-user', 'c-user']);
    listed[0]?.roles.push('auditor');
    expect((await users.list())[0]?.roles).toEqual(['reviewer', 'analyst']);
  });

  it('finds one account by an identity, exactly as it is written', async () => {
    const identities: User['identities'] = [
      { provider: 'cas', subject: '20190042' },
      { provider: 'wecom', subject: 'ZhangSan' },
    ];
    const user = userOf('shenhe', { identities });
    const without = userOf('other');
    await users.add(user);
    await users.add(without);
    await users.add(userOf('third'));
    const again = await opened.reopen();
    for (const identity of identities) expect(await again.findByIdentity(identity)).toEqual(user);
    expect(await users.findByIdentity({ provider: 'wecom', subject: '20190042' })).toBeNull();
    expect(await users.findByIdentity({ provider: 'wecom', subject: 'zhangsan' })).toBeNull();
    expect(await users.findByIdentity({ provider: 'cas', subject: '2019004' })).toBeNull();
  });

  it('gives an identity to one account at a time, and frees what is taken away', async () => {
    const identities: User['identities'] = [{ provider: 'oidc', subject: 's:1' }];
    const first = userOf('first', { identities });
    const second = userOf('second');
    await users.add(first);
    await users.add(second);
    await expect(users.add(userOf('third', { identities }))).rejects.toThrow(/身份标识 oidc:s:1/);
    await expect(users.update({ ...second, identities })).rejects.toThrow(/身份标识 oidc:s:1/);
    expect(await users.find(second.id)).toEqual(second);
    expect(await users.findByLogin('third')).toBeNull();
    const freed = await users.update({ ...first, identities: [] });
    expect(await users.findByIdentity({ provider: 'oidc', subject: 's:1' })).toBeNull();
    const owner = await users.update({ ...second, identities });
    expect(await users.findByIdentity({ provider: 'oidc', subject: 's:1' })).toEqual(owner);
    await expect(users.update({ ...freed, identities })).rejects.toThrow(Conflict);
  });

  it('lets one of many accounts that want an identity at a time have it', async () => {
    const identities: User['identities'] = [{ provider: 'cas', subject: 'wanted' }];
    const wanting = Array.from({ length: 6 }, (_, i) => userOf(`account${i}`));
    for (const user of wanting) await users.add(user);
    const other = await opened.reopen();
    const results = await Promise.allSettled(
      wanting.map((user, i) => (i % 2 === 0 ? users : other).update({ ...user, identities })),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect((await users.list()).filter((user) => user.identities.length > 0)).toHaveLength(1);
  });
}
