import { beforeEach, expect, it } from 'vitest';
import type { OpenedPorts } from '../../../pipeline/adapters/open-stores.ts';
import { type Credentials, openCredentials } from '../../../pipeline/commands/credentials.ts';
import { WechatChannel } from '../../../pipeline/domain/channel.ts';
import { CredentialExpired, RetryLater } from '../../../pipeline/domain/errors.ts';
import type { Egress, EgressRequest } from '../../../pipeline/ports/egress.ts';
import { describeSetUps } from '../../../test/harness/describe-set-ups.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { openMemoryKeys } from '../../../test/harness/memory-keys.ts';
import { openPlace, type Place } from '../../../test/harness/places.ts';
import { NetworkFailure } from '../../fetch/network-failure.ts';
import { TokenKeeper } from './token-keeper.ts';

const channel = WechatChannel.parse({
  kind: 'wechat',
  id: 'account',
  name: '公众号',
  unit: 'publicity',
  responsible: '林老师',
  biz: 'MzA5MDAwMDAwMQ==',
  appId: 'wx0123456789abcdef',
});

/** The platform's door for tokens: one at a time, another when the old is forced out. */
class TokenDoor implements Egress {
  readonly asked: { forced: boolean; secret: string }[] = [];
  current = 1;
  answer: object | Error | null = null;
  /** Answers wait here until let go. */
  gate: Promise<void> = Promise.resolve();

  async fetch(request: EgressRequest) {
    const { url } = request;
    const { force_refresh: forced, secret } = JSON.parse(String(request.body ?? ''));
    this.asked.push({ forced, secret });
    await this.gate;
    if (this.answer instanceof Error) throw this.answer;
    if (forced === true) this.current += 1;
    const body = this.answer ?? { access_token: `CANARY-TOKEN-${this.current}`, expires_in: 7200 };
    return { url, status: 200, headers: {}, body: new TextEncoder().encode(JSON.stringify(body)) };
  }

  async close() {}
}

describeSetUps('the token that the platform lends', (emptyPlace) => {
  let clock: FakeClock;
  let door: TokenDoor;
  let processes: { ports: OpenedPorts; credentials: Credentials; keeper: TokenKeeper }[];
  const keys = openMemoryKeys();

  async function openProcess(place: Place, seed: number) {
    const own = new FakeClock(clock.now(), seed);
    const ports = await openPlace(place, own);
    const { credentials: store, leases, rates } = ports.stores;
    const credentials = openCredentials({
      store,
      keys,
      clock: { now: () => clock.now(), newId: () => own.newId() },
    });
    const wait = () => new Promise<void>((resolve) => setImmediate(resolve));
    const time = { now: () => clock.now(), newId: () => own.newId() };
    const keeper = new TokenKeeper({ credentials, leases, rates, egress: door, clock: time, wait }, channel);
    return { ports, credentials, keeper };
  }

  beforeEach(async () => {
    clock = new FakeClock('2026-11-22T04:00:00.000Z');
    door = new TokenDoor();
    const place = await emptyPlace();
    processes = [await openProcess(place, 1), await openProcess(place, 2)];
    const byHand = { expiresAt: null, actorId: 'user-1' };
    await first().credentials.save(channel.id, 'wechat-app', { appSecret: 'CANARY-SECRET' }, byHand);
    return async () => {
      for (const { ports } of processes) await ports.close();
    };
  });

  const first = () => {
    const [one] = processes;
    if (one === undefined) throw new Error('no process');
    return one;
  };
  const keepers = () => processes.map(({ keeper }) => keeper);

  it('is fetched once for all who ask at the same time, in all processes', async () => {
    let open = () => {};
    door.gate = new Promise((resolve) => {
      open = resolve;
    });
    const asking = Array.from({ length: 20 }, (_, i) => keepers()[i % 2]?.secret());
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    open();
    expect(new Set(await Promise.all(asking))).toEqual(new Set(['CANARY-TOKEN-1']));
    expect(door.asked).toEqual([{ forced: false, secret: 'CANARY-SECRET' }]);
  });

  it('is used until five minutes before its end', async () => {
    await first().keeper.secret();
    clock.advance(7200_000 - 301_000);
    await first().keeper.secret();
    expect(door.asked).toHaveLength(1);
    clock.advance(2000);
    door.current = 2;
    expect(await keepers()[1]?.secret()).toBe('CANARY-TOKEN-2');
    expect(door.asked).toHaveLength(2);
  });

  it('that went stale is replaced once, whoever found it first', async () => {
    await first().keeper.secret();
    door.current = 2;
    expect(await first().keeper.renew('CANARY-TOKEN-1')).toBe('CANARY-TOKEN-2');
    expect(await keepers()[1]?.renew('CANARY-TOKEN-1')).toBe('CANARY-TOKEN-2');
    expect(door.asked.map(({ forced }) => forced)).toEqual([false, false]);
  });

  it('is forced out only where the platform gives the stale one again, and seldom', async () => {
    const { keeper } = first();
    let token = await keeper.secret();
    token = await keeper.renew(token);
    expect(token).toBe('CANARY-TOKEN-2');
    await expect(keeper.renew(token)).rejects.toThrow(RetryLater);
    for (let times = 1; times < 20; times += 1) {
      clock.advance(30_001);
      token = await keeper.renew(token);
    }
    clock.advance(30_001);
    await expect(keeper.renew(token)).rejects.toThrow(RetryLater);
    expect(door.asked.filter(({ forced }) => forced)).toHaveLength(20);
  });

  it('is not fetched without a secret, or with one that was refused', async () => {
    const { keeper, credentials } = first();
    await keeper.refused('the AppSecret is wrong (40125)');
    await expect(keeper.secret()).rejects.toThrow(CredentialExpired);
    expect(await keeper.standing()).toBe('refused');
    await credentials.remove(channel.id, 'wechat-app', null);
    await expect(keeper.secret()).rejects.toThrow('guanlan credential set account --kind wechat-app');
    expect(door.asked).toHaveLength(0);
  });

  it('what the account may not do is no fault of its secret', async () => {
    await first().keeper.refused('the account may not use this interface (48001)');
    expect(await first().keeper.standing()).toBe('ok');
  });

  it('refused says what helps, and nothing in the platform’s words', async () => {
    for (const [errcode, kind] of [
      [45_011, RetryLater],
      [77_777, RetryLater],
      [40_164, CredentialExpired],
      [40_001, CredentialExpired],
    ] as const) {
      door.answer = { errcode, errmsg: 'CANARY invalid ip 203.0.113.7, not in whitelist' };
      const refusal = await first()
        .keeper.secret()
        .catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(kind);
      expect(String(refusal)).toContain(String(errcode));
      expect(String(refusal)).not.toMatch(/CANARY/);
    }
  });

  it('is not asked for again with a secret that the platform refused', async () => {
    door.answer = { errcode: 40_125, errmsg: 'invalid appsecret' };
    await expect(first().keeper.secret()).rejects.toThrow(CredentialExpired);
    await expect(keepers()[1]?.secret()).rejects.toThrow('guanlan credential set');
    expect(door.asked).toHaveLength(1);
    door.answer = { errcode: 40_164, errmsg: 'invalid ip 203.0.113.7, not in whitelist' };
    const byHand = { expiresAt: null, actorId: 'user-1' };
    await first().credentials.save(channel.id, 'wechat-app', { appSecret: 'CANARY-NEW' }, byHand);
    await expect(first().keeper.secret()).rejects.toThrow('203.0.113.7');
    expect(await first().keeper.standing()).toBe('ok');
  });

  it('that cannot be fetched just now is asked for later', async () => {
    door.answer = new NetworkFailure('api.weixin.qq.com', 'no answer within 30 s', null);
    await expect(first().keeper.secret()).rejects.toThrow(RetryLater);
    door.answer = null;
    expect(await keepers()[1]?.secret()).toBe('CANARY-TOKEN-1');
  });
});
