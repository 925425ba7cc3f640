import { afterEach, beforeEach, expect, it } from 'vitest';
import { Conflict, InvalidInput } from '../../pipeline/domain/errors.ts';
import type { SetupCounts } from '../../pipeline/domain/setup/setup-plan.ts';
import type { User } from '../../pipeline/domain/user.ts';
import type { NewAuditEntry } from '../../pipeline/ports/audit-log.ts';
import type { Stores } from '../../pipeline/ports/index.ts';
import type { SetupWrite } from '../../pipeline/ports/setup-store.ts';
import { buildUser } from '../builders/user.ts';
import { FakeClock } from '../harness/fake-clock.ts';

type Kept = Pick<Stores, 'setup' | 'settings' | 'users' | 'sessions' | 'audit'>;
export interface OpenedSetup {
  stores: Kept;
  close(): Promise<void>;
}

const counts: SetupCounts = {
  units: { added: 1, changed: 0, removed: 0, unchanged: 0 },
  people: { added: 2, changed: 1, removed: 1, unchanged: 3 },
  roster: null,
  chains: null,
};
const unit = { id: 'logistics', name: '后勤处', aliases: [], topics: [], places: [] };

export function setupStoreContract(open: () => Promise<OpenedSetup>): void {
  let opened: OpenedSetup;
  let stores: Kept;
  let clock: FakeClock;
  let head: User;

  beforeEach(async () => {
    opened = await open();
    stores = opened.stores;
    clock = new FakeClock();
    head = buildUser({ id: clock.newId(), login: 'guanli', roles: ['account-admin'] });
    await stores.users.add(head);
  });
  afterEach(() => opened.close());

  const audit = (action: string, userId: string): NewAuditEntry => ({
    ...{ id: clock.newId(), log: 'audit', at: clock.now(), actorId: 'admin', action },
    ...{ subject: userId, payload: {} },
  });
  const colleague = (login: string) => buildUser({ id: clock.newId(), login, roles: ['reviewer'] });
  const adding = (login: string, over: Partial<User> = {}) => {
    const user = buildUser({ id: clock.newId(), login, roles: ['reviewer'], ...over });
    return { user, audit: audit('user.added', user.id) };
  };
  const write = (over: Partial<SetupWrite> = {}): SetupWrite => ({
    ...{ commandId: clock.newId(), digest: 'd1', counts, actorId: 'admin', at: clock.now() },
    ...{ source: 'setup:学校.xlsx', settingsVersion: 0, settings: {}, add: [], update: [], leave: [] },
    ...over,
  });
  /** Of all entries, through the chain that they are linked into. */
  const actions = async () => {
    await stores.audit.linkPending(1, 100);
    const chains = await stores.audit.listChains();
    const links = await Promise.all(chains.map((chain) => stores.audit.readChain(chain, 0, 100)));
    return links
      .flat()
      .flatMap(({ entry }) => (entry === null || entry === 'unreadable' ? [] : entry.action))
      .toSorted();
  };
  const logins = async () => (await stores.users.list()).map(({ login }) => login);

  it('writes settings, accounts and audit entries together', async () => {
    const known = colleague('jiuren');
    const goer = colleague('ligang');
    for (const user of [known, goer]) await stores.users.add(user);
    const receipt = await stores.setup.apply(
      write({
        settings: { units: { id: clock.newId(), body: [unit] }, roster: { id: clock.newId(), body: [] } },
        add: [adding('xinren'), adding('yixin', { identities: [{ provider: 'cas', subject: '001234' }] })],
        update: [{ user: { ...known, unitId: 'logistics' }, audit: audit('user.changed', known.id) }],
        leave: [{ userId: goer.id, audit: audit('user.disabled', goer.id) }],
      }),
    );
    expect(receipt).toEqual({ counts, repeated: false });
    expect((await stores.settings.read()).units).toEqual([unit]);
    expect(await logins()).toEqual(['guanli', 'jiuren', 'ligang', 'xinren', 'yixin']);
    expect(await stores.users.findByIdentity({ provider: 'cas', subject: '001234' })).toMatchObject({
      login: 'yixin',
    });
    expect(await stores.users.find(known.id)).toMatchObject({ unitId: 'logistics', version: 2 });
    expect(await stores.users.find(goer.id)).toMatchObject({ disabled: true });
    expect(await actions()).toEqual([
      'settings.changed',
      'settings.changed',
      'setup.imported',
      'user.added',
      'user.added',
      'user.changed',
      'user.disabled',
    ]);
  });

  it('said again with the same id: the same answer, nothing written; with other content: refused', async () => {
    const first = write({ add: [adding('xinren')] });
    await stores.setup.apply(first);
    const again = { ...first, settingsVersion: 7, add: [adding('xinren')] };
    expect(await stores.setup.apply(again)).toEqual({ counts, repeated: true });
    expect(await stores.setup.find(first.commandId, 'd1')).toEqual({ counts, repeated: true });
    expect(await stores.setup.find(clock.newId(), 'd1')).toBeNull();
    await expect(stores.setup.apply({ ...again, digest: 'd2' })).rejects.toThrow(Conflict);
    await expect(stores.setup.find(first.commandId, 'd2')).rejects.toThrow(Conflict);
    expect(await logins()).toEqual(['guanli', 'xinren']);
    expect(await actions()).toEqual(['setup.imported', 'user.added']);
  });

  const held = (over: Partial<User>) => ({
    user: { ...head, ...over },
    audit: audit('user.changed', head.id),
  });
  it.each<[string, () => Partial<SetupWrite>, typeof Conflict | typeof InvalidInput]>([
    ['settings that have changed', () => ({ settingsVersion: 3 }), Conflict],
    ['a login that is taken', () => ({ add: [adding('xinren'), adding('guanli')] }), Conflict],
    [
      'one identity for two accounts',
      () => ({
        add: ['jia', 'yi'].map((login) => adding(login, { identities: [{ provider: 'cas', subject: '1' }] })),
      }),
      Conflict,
    ],
    ['an account that has changed', () => ({ update: [held({ version: 9, name: '改' })] }), Conflict],
    ['nobody left who manages accounts', () => ({ update: [held({ roles: ['reviewer'] })] }), InvalidInput],
    [
      'the last administrator leaving',
      () => ({ leave: [{ userId: head.id, audit: audit('user.disabled', head.id) }] }),
      InvalidInput,
    ],
  ])('writes nothing at all for %s', async (_, over, error) => {
    const settings = { units: { id: clock.newId(), body: [unit] } };
    const wrong = write({ add: [adding('xinren')], settings, ...over() });
    await expect(stores.setup.apply(wrong)).rejects.toThrow(error);
    expect(await logins()).toEqual(['guanli']);
    expect(await stores.settings.readVersion()).toBe(0);
    expect(await actions()).toEqual([]);
    expect(await stores.users.find(head.id)).toMatchObject({ version: 1, disabled: false });
  });

  it('has one winner among several that were worked out from the same settings', async () => {
    const body = (name: string) => ({ units: { id: clock.newId(), body: [{ ...unit, name }] } });
    const tries = ['甲处', '乙处', '丙处'].map((name) =>
      stores.setup.apply(write({ settings: body(name), digest: name })),
    );
    const settled = await Promise.allSettled(tries);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await stores.settings.readVersion()).toBe(1);
  });

  it('signs out who leaves', async () => {
    const goer = colleague('ligang');
    await stores.users.add(goer);
    const at = clock.now();
    await stores.sessions.create({
      ...{ id: 's1', userId: goer.id, csrfToken: 'c', createdAt: at, lastSeenAt: at },
      ...{ expiresAt: '2027-01-01T00:00:00.000Z', door: 'password', device: '', ticket: null },
    });
    await stores.setup.apply(write({ leave: [{ userId: goer.id, audit: audit('user.disabled', goer.id) }] }));
    expect(await stores.sessions.find('s1', at)).toBeNull();
  });
}
