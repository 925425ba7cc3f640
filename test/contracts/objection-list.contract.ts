import { afterEach, beforeEach, expect, it } from 'vitest';
import { Conflict, NotFound } from '../../pipeline/domain/errors.ts';
import type { Objection } from '../../pipeline/domain/objection.ts';
import type { AuditLog } from '../../pipeline/ports/audit-log.ts';
import type { ObjectionList } from '../../pipeline/ports/objection-list.ts';
import { FakeClock } from '../harness/fake-clock.ts';

export interface OpenedObjections {
  objections: ObjectionList;
  audit: AuditLog;
  close(): Promise<void>;
}

export function objectionListContract(open: () => Promise<OpenedObjections>): void {
  let opened: OpenedObjections;
  let list: ObjectionList;
  const clock = new FakeClock();
  beforeEach(async () => {
    opened = await open();
    list = opened.objections;
  });
  afterEach(() => opened.close());

  const change = () => ({ id: clock.newId(), at: clock.now(), actorId: 'user-1' });
  const build = (id: string, other: Partial<Objection> = {}): Objection => ({
    ...{ id, platform: 'weibo', digest: id.repeat(64).slice(0, 64), kid: '20261122T010203Z' },
    ...{ receivedOn: '2026-11-20', reference: '沧宣异〔2026〕1号' },
    ...other,
  });
  const readAudit = async () => {
    await opened.audit.linkPending(1, 100);
    const entries: string[] = [];
    for (const chain of await opened.audit.listChains())
      for (const { entry, payload } of await opened.audit.readChain(chain, 0, 100))
        if (entry !== null && entry !== 'unreadable')
          entries.push(`${entry.action} ${entry.subject} ${payload?.body}`);
    return entries;
  };

  it('lists what was added, by day received and id, with a version that grows', async () => {
    expect(await list.list()).toEqual([]);
    expect(await list.readVersion()).toBe(0);
    const [b, a, c] = [build('b'), build('a'), build('c', { receivedOn: '2026-11-19', platform: 'wechat' })];
    for (const objection of [b, a, c]) await list.add(objection, change());
    expect(await list.list()).toEqual([c, a, b]);
    expect(await list.readVersion()).toBe(3);
  });

  it('takes the very same once, and nobody twice', async () => {
    const first = build('a');
    await list.add(first, change());
    await list.add({ ...first }, change());
    const same = { digest: first.digest };
    await expect(list.add(build('b', same), change())).rejects.toThrow('entry a');
    await expect(list.add(build('a', { reference: '2' }), change())).rejects.toThrow(Conflict);
    await list.add(build('c', { ...same, platform: 'wechat' }), change());
    await list.add(build('d', { ...same, kid: '20270101T000000Z' }), change());
    expect((await list.list()).map(({ id }) => id)).toEqual(['a', 'c', 'd']);
    expect(await list.readVersion()).toBe(3);
  });

  it('of many who add the same person at once, one does', async () => {
    const adding = ['b', 'c', 'd'].map((id) => list.add(build(id, { digest: '0'.repeat(64) }), change()));
    const results = await Promise.allSettled(adding);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(Conflict);
    expect(await list.readVersion()).toBe(1);
  });

  it('removes one, once', async () => {
    await list.add(build('a'), change());
    await list.add(build('b'), change());
    const removal = change();
    await list.remove('a', 'taken back', removal);
    await list.remove('a', 'taken back', removal);
    await expect(list.remove('a', 'taken back', change())).rejects.toThrow(NotFound);
    await expect(list.remove('none', 'x', change())).rejects.toThrow(NotFound);
    expect((await list.list()).map(({ id }) => id)).toEqual(['b']);
    expect(await list.readVersion()).toBe(3);
    await list.add(build('a'), change());
    expect(await list.list()).toHaveLength(2);
  });

  it('is audited by document number, without a digest', async () => {
    const objection = build('a');
    await list.add(objection, change());
    await list.remove('a', 'taken back', change());
    const entries = await readAudit();
    expect(entries.map((entry) => entry.split(' {')[0])).toEqual([
      'objection.added a',
      'objection.removed a',
    ]);
    expect(entries[0]).toContain(objection.reference);
    expect(entries.join()).not.toContain(objection.digest);
  });
}
