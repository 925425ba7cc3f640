import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conflict } from '../../pipeline/domain/errors.ts';
import {
  buildDelivery,
  settleDelivery,
  type WebhookDelivery,
  type WebhookEndpoint,
} from '../../pipeline/domain/webhook.ts';
import type { NewAuditEntry } from '../../pipeline/ports/audit-log.ts';
import type { WebhookStore } from '../../pipeline/ports/webhook-store.ts';
import { FakeClock } from '../harness/fake-clock.ts';

export interface WebhookStoreFixture {
  webhooks: WebhookStore;
  countAudit(subject: string): Promise<number>;
  close(): Promise<void>;
}

export function webhookStoreContract(open: () => Promise<WebhookStoreFixture>): void {
  let opened: WebhookStoreFixture;
  let webhooks: WebhookStore;
  let clock: FakeClock;
  beforeEach(async () => {
    opened = await open();
    webhooks = opened.webhooks;
    clock = new FakeClock('2026-11-23T01:00:00.000Z');
  });
  afterEach(() => opened.close());

  const endpointOf = (more: Partial<WebhookEndpoint> = {}): WebhookEndpoint => ({
    ...{ id: clock.newId(), version: 1, name: '办公系统', url: 'https://oa.example/hooks?key=值' },
    ...{ privateAddress: false, topics: ['case.opened', 'case.decided'], state: 'active' },
    ...{ secret: { kid: 'k-1', sealed: 'c2VhbGVk' }, createdAt: clock.now(), createdBy: 'operator-1' },
    failingSince: null,
    ...more,
  });
  const auditOf = (subject: string): NewAuditEntry => ({
    ...{ id: clock.newId(), log: 'audit', at: clock.now(), actorId: 'operator-1' },
    ...{ action: 'webhook.saved', subject, payload: {} },
  });
  const add = (one: WebhookEndpoint) => webhooks.save(one, auditOf(one.id));
  const deliveryOf = (one: WebhookEndpoint, subject: string): WebhookDelivery =>
    buildDelivery(one, { id: clock.newId(), topic: 'case.decided', subject, createdAt: clock.now() });
  const take = (limit = 10) =>
    webhooks.takeDue(limit, clock.now(), new Date(Date.parse(clock.now()) + 60_000).toISOString());

  describe('endpoints', () => {
    it('are kept whole, listed by name, changed by version, with an audit entry each', async () => {
      const second = await add(endpointOf({ name: '乙' }));
      const first = await add(endpointOf({ name: '丙', id: clock.newId() }));
      expect(await webhooks.find(first.id)).toEqual(first);
      expect(await webhooks.find('none')).toBeNull();
      expect((await webhooks.list()).map(({ name }) => name)).toEqual(['丙', '乙']);
      const changed = { ...second, version: 2, state: 'paused' as const };
      expect(await add(changed)).toEqual(changed);
      expect(await webhooks.find(second.id)).toEqual(changed);
      await expect(add({ ...changed, name: '别名' })).rejects.toThrow(Conflict);
      await expect(add({ ...first, name: '同号' })).rejects.toThrow(Conflict);
      expect(await opened.countAudit(second.id)).toBe(2);
    });

    it('a repeated command writes nothing', async () => {
      const one = endpointOf();
      const audit = auditOf(one.id);
      await webhooks.save(one, audit);
      expect(await webhooks.save(one, audit)).toEqual(one);
      expect(await opened.countAudit(one.id)).toBe(1);
    });

    it('the machine’s notes need no audit entry and never overwrite a person’s change', async () => {
      const one = await add(endpointOf());
      const noted = { ...one, version: 2, failingSince: clock.now() };
      expect(await webhooks.note(noted)).toBe(true);
      expect(await webhooks.note({ ...one, version: 2, state: 'failed' })).toBe(false);
      expect(await webhooks.find(one.id)).toEqual(noted);
      expect(await opened.countAudit(one.id)).toBe(1);
    });

    it('go with what waits for them', async () => {
      const one = await add(endpointOf());
      await webhooks.enqueue([deliveryOf(one, 'c-1')]);
      await webhooks.remove(one.id, auditOf(one.id));
      await webhooks.remove(one.id, auditOf(one.id));
      expect(await webhooks.list()).toEqual([]);
      expect(await take()).toEqual([]);
    });
  });

  describe('deliveries', () => {
    it('told twice are one; taken by one process at a time, and again when it died', async () => {
      const one = await add(endpointOf());
      const deliveries = ['c-1', 'c-2', 'c-3'].map((subject) => deliveryOf(one, subject));
      await webhooks.enqueue(deliveries);
      await webhooks.enqueue(deliveries);
      const [first, second] = await Promise.all([take(2), take(2)]);
      const subjects = [...first, ...second].map(({ subject }) => subject).sort();
      expect(subjects).toEqual(['c-1', 'c-2', 'c-3']);
      expect(await take()).toEqual([]);
      clock.advance(60_000);
      expect((await take()).length).toBe(3);
    });

    it('settled for good come no more, put off ones when they are due', async () => {
      const one = await add(endpointOf());
      await webhooks.enqueue([deliveryOf(one, 'c-1')]);
      const [taken] = await take();
      if (taken === undefined) throw new Error('nothing was due');
      await webhooks.settle(settleDelivery(taken, { status: 500, failure: 'status 500' }, clock.now()));
      expect(await take()).toEqual([]);
      clock.advance(60_000);
      const [again] = await take();
      expect(again).toMatchObject({ attempts: 1, lastStatus: 500, lastFailure: 'status 500' });
      if (again === undefined) throw new Error('nothing was due');
      await webhooks.settle(settleDelivery(again, { status: 200, failure: null }, clock.now()));
      clock.advance(86_400_000);
      expect(await take()).toEqual([]);
      const { items } = await webhooks.listDeliveries(one.id, { cursor: null, limit: 10 });
      expect(items).toMatchObject([{ state: 'delivered', attempts: 2, lastStatus: 200, lastFailure: null }]);
    });

    it('are listed last occurred first, page by page, for their endpoint alone', async () => {
      const one = await add(endpointOf());
      const other = await add(endpointOf());
      for (const subject of ['c-1', 'c-2', 'c-3']) {
        await webhooks.enqueue([deliveryOf(one, subject), deliveryOf(other, subject)]);
        clock.advance(1000);
      }
      const first = await webhooks.listDeliveries(one.id, { cursor: null, limit: 2 });
      const rest = await webhooks.listDeliveries(one.id, { cursor: first.nextCursor, limit: 2 });
      expect([...first.items, ...rest.items].map(({ subject }) => subject)).toEqual(['c-3', 'c-2', 'c-1']);
      expect(rest.nextCursor).toBeNull();
    });

    it('can be sent again by hand, and are removed after their time', async () => {
      const one = await add(endpointOf());
      const delivery = deliveryOf(one, 'c-1');
      await webhooks.enqueue([delivery]);
      const [taken] = await take();
      if (taken === undefined) throw new Error('nothing was due');
      const over = { ...taken, state: 'given-up' as const, attempts: 8, settledAt: clock.now() };
      await webhooks.settle(over);
      clock.advance(1000);
      expect(await webhooks.retry(delivery.id, clock.now())).toMatchObject({ state: 'waiting', attempts: 0 });
      expect(await webhooks.retry('none', clock.now())).toBeNull();
      const [again] = await take();
      if (again === undefined) throw new Error('nothing was due');
      await webhooks.settle(settleDelivery(again, { status: 200, failure: null }, clock.now()));
      expect(await webhooks.purge(clock.now())).toBe(0);
      clock.advance(1);
      expect(await webhooks.purge(clock.now())).toBe(1);
      expect((await webhooks.listDeliveries(one.id, { cursor: null, limit: 10 })).items).toEqual([]);
    });
  });
}
