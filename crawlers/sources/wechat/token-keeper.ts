import { z } from 'zod';
import type { Credentials } from '../../../pipeline/commands/credentials.ts';
import { withLease } from '../../../pipeline/commands/with-lease.ts';
import type { WechatChannel } from '../../../pipeline/domain/channel.ts';
import {
  Conflict,
  CredentialExpired,
  NotPermitted,
  PageChanged,
  Permanent,
  RetryLater,
} from '../../../pipeline/domain/errors.ts';
import { laterBy } from '../../../pipeline/domain/time.ts';
import type { Clock } from '../../../pipeline/ports/clock.ts';
import type { Egress } from '../../../pipeline/ports/egress.ts';
import type { LeaseStore } from '../../../pipeline/ports/lease.ts';
import type { RateStore } from '../../../pipeline/ports/rate-store.ts';
import type { Access } from '../../access.ts';
import { NetworkFailure } from '../../fetch/network-failure.ts';
import { platformAddress, platformAllowance } from '../../platforms.ts';
import { type Platforms, TokenStale } from '../../source.ts';
import { parseSafeJson } from '../weibo/safe-json.ts';
import { ErrorBody } from './api-bodies.ts';
import { refusalOf } from './api-errors.ts';
import { apiOrigin } from './calls.ts';
import { dayMs, hourMs, keeperOf, minuteMs } from './reading.ts';

/** The platform renews five minutes before the end, and takes both tokens meanwhile: so do we. */
const renewBeforeMs = 5 * minuteMs;
const leaseMs = minuteMs;
/** How long an asker waits for another one's refresh, and how often it looks. */
const waitMs = 30_000;
const lookEveryMs = 250;
/** What the platform allows of forced refreshes: 20 a day, 30 s apart. */
const forcedPerDay = 20;
const forcedApartMs = 30_000;

const path = '/cgi-bin/stable_token';

const TokenBody = z.object({
  access_token: z.string().min(1).max(4096),
  expires_in: z.number().int().positive(),
});

export interface TokenPorts {
  credentials: Credentials;
  leases: LeaseStore;
  rates: RateStore;
  egress: Egress;
  clock: Clock;
  platforms?: Platforms;
  /** Resolves after `delayMs`. Real time unless a test brings its own. */
  wait?: (delayMs: number) => Promise<void>;
}

const realWait = (delayMs: number) => new Promise<void>((resolve) => setTimeout(resolve, delayMs));

/** Codes that say that the AppSecret itself is no good: only a new one helps. */
const secretRefused = /\((?:40001|40013|40125|40243)\)/;

/**
 * The token that the platform lends the account for two hours, shared by all processes through the credential store: whoever needs
 * a new one first fetches it under a lease, and all others take that one.
 */
export class TokenKeeper implements Access {
  readonly #ports: TokenPorts;
  readonly #channel: WechatChannel;
  #refreshing: Promise<string> | null = null;

  constructor(ports: TokenPorts, channel: WechatChannel) {
    this.#ports = ports;
    this.#channel = channel;
  }

  async secret(): Promise<string> {
    await this.#appSecret();
    return (await this.#findGood(null)) ?? this.#refresh(null);
  }

  async renew(stale: string): Promise<string> {
    return (await this.#findGood(stale)) ?? this.#refresh(stale);
  }

  /** Only the AppSecret can be no good for good; what the account may not do is no fault of it. */
  async refused(reason: string): Promise<void> {
    const code = secretRefused.exec(reason)?.[0];
    if (code === undefined) return;
    const { credentials } = this.#ports;
    const app = await credentials.find(this.#channel.id, 'wechat-app');
    if (app === null) return;
    const { version } = app.facts;
    await credentials.markRefused(this.#channel.id, 'wechat-app', { version, reason: code });
  }

  standing() {
    return this.#ports.credentials.standing(this.#channel.id, ['wechat-app']);
  }

  #expired(what: string): CredentialExpired {
    const { id } = this.#channel;
    return new CredentialExpired(
      keeperOf(this.#channel),
      `${what}: guanlan credential set ${id} --kind wechat-app`,
    );
  }

  async #appSecret(): Promise<string> {
    const app = await this.#ports.credentials.find(this.#channel.id, 'wechat-app');
    if (app === null) throw this.#expired('no AppSecret is stored for this account; store it');
    if (app.facts.state === 'refused') {
      throw this.#expired(
        `the platform refused the stored AppSecret (${app.facts.reason ?? 'no reason given'}); store a new one`,
      );
    }
    return app.secret.appSecret;
  }

  /** One that another process fetched, good for five minutes yet; not the one that went stale. */
  async #findGood(stale: string | null): Promise<string | null> {
    const { credentials, clock } = this.#ports;
    const known = await credentials.find(this.#channel.id, 'wechat-token');
    if (known === null || known.secret.accessToken === stale) return null;
    const { expiresAt } = known.facts;
    const isGood = expiresAt !== null && expiresAt > laterBy(clock.now(), renewBeforeMs);
    return isGood ? known.secret.accessToken : null;
  }

  /** Everybody in this process waits for the same one. */
  #refresh(stale: string | null): Promise<string> {
    this.#refreshing ??= this.#refreshShared(stale).finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  async #refreshShared(stale: string | null): Promise<string> {
    const { clock, wait = realWait } = this.#ports;
    const lease = { name: `wechat-token:${this.#channel.id}`, owner: clock.newId(), ttlMs: leaseMs };
    for (let waitedMs = 0; waitedMs <= waitMs; waitedMs += lookEveryMs) {
      const token = await withLease(
        this.#ports,
        lease,
        async () => (await this.#findGood(stale)) ?? this.#fetch(stale),
      );
      if (token !== null) return token;
      await wait(lookEveryMs);
      const fetched = await this.#findGood(stale);
      if (fetched !== null) return fetched;
    }
    throw new RetryLater(minuteMs, 'another process is still fetching a token for this account');
  }

  /** A new one where the old has ended; the same again where it has not, and then by force. */
  async #fetch(stale: string | null): Promise<string> {
    const given = await this.#ask(false);
    const fetched = given.access_token === stale ? await this.#force() : given;
    const { credentials, clock } = this.#ports;
    const expiresAt = laterBy(clock.now(), fetched.expires_in * 1000);
    try {
      const saved = { accessToken: fetched.access_token };
      await credentials.save(this.#channel.id, 'wechat-token', saved, { expiresAt, actorId: null });
    } catch (error) {
      // Another process, whose lease ran out meanwhile, was faster: both tokens are good.
      if (!(error instanceof Conflict)) throw error;
    }
    return fetched.access_token;
  }

  async #force() {
    const { rates, clock } = this.#ports;
    const name = `wechat-force:${this.#channel.id}`;
    const now = clock.now();
    for (const limits of [
      { name: `${name}:apart`, limit: 1, windowMs: forcedApartMs },
      { name: `${name}:day`, limit: forcedPerDay, windowMs: dayMs },
    ]) {
      const charged = await rates.charge(limits.name, now, limits);
      if (charged.allowed) continue;
      const delayMs = Math.max(1000, Date.parse(charged.retryAt) - Date.parse(now));
      throw new RetryLater(delayMs, 'the platform allows no further forced refresh of the token yet');
    }
    return this.#ask(true);
  }

  /** @throws CredentialExpired, RetryLater, NotPermitted */
  async #ask(isForced: boolean): Promise<z.infer<typeof TokenBody>> {
    try {
      return await this.#askPlatform(isForced);
    } catch (error) {
      if (error instanceof CredentialExpired) await this.refused(error.message);
      // Before a run begins, what cannot be had now is asked for again later.
      if (error instanceof NetworkFailure)
        throw new RetryLater(5 * minuteMs, `no token could be fetched: ${error.message}`);
      if (error instanceof PageChanged || error instanceof Permanent) {
        throw new RetryLater(hourMs, `no token could be fetched: ${error.message}`);
      }
      throw error;
    }
  }

  async #askPlatform(isForced: boolean): Promise<z.infer<typeof TokenBody>> {
    const { egress, platforms } = this.#ports;
    const { appId, requestsPerMinute } = this.#channel;
    if (appId === undefined) throw new NotPermitted('the channel has no appId: its interface is not asked');
    const secret = await this.#appSecret();
    const allowance = {
      hosts: [{ host: new URL(apiOrigin).host, paths: [path] }],
      privateAddress: false,
      requestsPerMinute,
    };
    const response = await egress.fetch({
      url: platformAddress(`${apiOrigin}${path}`, platforms),
      allowance: platformAllowance(allowance, platforms),
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
      body: JSON.stringify({
        grant_type: 'client_credential',
        appid: appId,
        secret,
        force_refresh: isForced,
      }),
      redirects: 'return',
      robots: 'not-asked',
      maxBytes: 64_000,
    });
    return this.#readToken(response.status, response.body);
  }

  #readToken(status: number, bytes: Uint8Array): z.infer<typeof TokenBody> {
    const url = `${apiOrigin}${path}`;
    if (status !== 200) throw new RetryLater(10 * minuteMs, `status ${status}: no token could be fetched`);
    let body: unknown;
    try {
      body = parseSafeJson(new TextDecoder().decode(bytes));
    } catch {
      throw new PageChanged(url, 'the answer with the token is no JSON');
    }
    const token = TokenBody.safeParse(body);
    if (token.success) return token.data;
    const refused = ErrorBody.safeParse(body);
    if (!refused.success) throw new PageChanged(url, 'the answer with the token has another form');
    const refusal = refusalOf(refused.data, { url, keeper: keeperOf(this.#channel) });
    // Here it is the secret that is meant.
    if (refusal instanceof TokenStale) {
      throw new CredentialExpired(
        keeperOf(this.#channel),
        `the AppSecret is wrong: reset it on the developer page, and save the new one (${refused.data.errcode})`,
      );
    }
    throw refusal;
  }
}
