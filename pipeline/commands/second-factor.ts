import { z } from 'zod';
import type { Actor } from '../domain/case.ts';
import { Conflict, InvalidInput } from '../domain/errors.ts';
import { hasSecondFactor } from '../domain/second-factor.ts';
import { Instant } from '../domain/time.ts';
import type { Totp, User } from '../domain/user.ts';
import { type AuthenticatePorts, tryPassword } from './authenticate.ts';
import { buildUserAudit, changeOnRecord, changeUser, inSteadOf, type PeoplePorts } from './change-user.ts';
import { proveSecondFactor, type SecondFactorPorts } from './prove-second-factor.ts';
import {
  digestRecoveryCode,
  makeRecoveryCodes,
  openTotpSecret,
  sealTotpSecret,
} from './second-factor-secret.ts';

const setUpMinutes = 15;

/** What a setting-up is about, sealed, so that the browser can keep it: nothing is stored before a code has shown that it works. */
const Offer = z.object({
  kid: z.string().max(40),
  sealed: z.string().max(1000),
});
const OfferBody = z.object({
  secret: z.string(),
  offeredAt: Instant,
  /** The one that stood then: an offer of before it is void. */
  replaces: Instant.nullable(),
});

const wrongCode = (field = 'code') =>
  new InvalidInput(
    field,
    '验证码不正确，或已经用过。',
    '请输入手机上新出现的 6 位数字；连续输错 5 次，账号会锁定 15 分钟。',
  );

export type SecondFactorSetUpPorts = SecondFactorPorts & AuthenticatePorts;

/**
 * Before a second factor is set up: who has one proves it, who has none gives the password again where that is how they came in.
 * @throws InvalidInput naming the field
 */
export async function assertMayChangeFactor(
  user: User,
  given: { password?: string | undefined; code?: string | undefined; asksPassword: boolean },
  ports: SecondFactorSetUpPorts,
): Promise<void> {
  if (hasSecondFactor(user)) {
    if ((await proveSecondFactor(user.id, given.code ?? '', ports)) === null) throw wrongCode();
    return;
  }
  if (!given.asksPassword) return;
  const { matches } = await tryPassword(user.id, given.password ?? '', ports);
  if (!matches) throw new InvalidInput('password', '密码不正确。', '连续输错 5 次，账号会锁定 15 分钟。');
  await changeUser(ports, user.id, (one) => ({ ...one, failedLogins: 0, lockedUntil: null }));
}

/** A secret for an authenticator app. `offer` comes back with the first code. */
export function offerSecondFactor(
  user: Pick<User, 'id' | 'login' | 'totp'>,
  ports: Pick<SecondFactorPorts, 'codes' | 'totpKeys' | 'clock'>,
): { secret: string; uri: string; offer: string } {
  const secret = ports.codes.newSecret();
  const replaces = user.totp?.confirmedAt ?? null;
  const body = JSON.stringify({ secret, offeredAt: ports.clock.now(), replaces });
  const offer = Buffer.from(JSON.stringify(sealTotpSecret(user.id, body, ports.totpKeys))).toString(
    'base64url',
  );
  return { secret, uri: ports.codes.uriOf(secret, user.login), offer };
}

/**
 * The app shows the right code: from now on it is asked for. Every session of the account is ended.
 * @returns the account, and recovery codes that are shown this once
 * @throws InvalidInput; Conflict when another one was set up meanwhile
 */
export async function confirmSecondFactor(
  user: User,
  { offer, code }: { offer: string; code: string },
  ports: SecondFactorPorts,
): Promise<{ user: User; recoveryCodes: string[] }> {
  const { secret, replaces } = openOffer(user.id, offer, ports);
  const step = ports.codes.findStep(secret, code.replace(/\s/g, ''), ports.clock.now());
  if (step === null) {
    throw new InvalidInput('code', '验证码不正确。', '请核对手机时间是否准确，再输入新出现的 6 位数字。');
  }
  const sealed = sealTotpSecret(user.id, secret, ports.totpKeys);
  const recoveryCodes = makeRecoveryCodes();
  const totp: Totp = {
    ...sealed,
    confirmedAt: ports.clock.now(),
    lastStep: step,
    recovery: digestsOf(user.id, recoveryCodes, sealed.kid, ports),
  };
  const changed = await changeOnRecord(ports, user.id, {
    change: (one) => {
      if ((one.totp?.confirmedAt ?? null) !== replaces) {
        throw new Conflict('动态口令已在别处设置过，请重新打开本页。');
      }
      return { ...one, totp };
    },
    describe: () => auditOf('set', user.id, user.id, ports),
  });
  await ports.stores.sessions.deleteOfUser(user.id);
  return { user: changed, recoveryCodes };
}

function auditOf(what: string, userId: string, actorId: string | null, { clock }: PeoplePorts) {
  return buildUserAudit(clock, { action: `second-factor.${what}`, userId, actorId });
}

function openOffer(userId: string, offer: string, { totpKeys, clock }: SecondFactorPorts) {
  const body = OfferBody.safeParse(parseOffer(userId, offer, totpKeys));
  const late = new InvalidInput('offer', '设置已超时，请重新开始。');
  if (!body.success) throw late;
  const ageMs = Date.parse(clock.now()) - Date.parse(body.data.offeredAt);
  if (ageMs > setUpMinutes * 60_000) throw late;
  return body.data;
}

function parseOffer(userId: string, offer: string, keys: SecondFactorPorts['totpKeys']): unknown {
  try {
    const sealed = Offer.parse(JSON.parse(Buffer.from(offer, 'base64url').toString('utf8')));
    return JSON.parse(openTotpSecret(userId, sealed, keys));
  } catch {
    return null;
  }
}

const digestsOf = (userId: string, codes: readonly string[], kid: string, { totpKeys }: SecondFactorPorts) =>
  codes.map((code) => digestRecoveryCode(userId, code, kid, totpKeys));

/** New recovery codes; those of before are void. @throws InvalidInput for a wrong code */
export async function renewRecoveryCodes(
  userId: string,
  code: string,
  ports: SecondFactorPorts,
): Promise<string[]> {
  if ((await proveSecondFactor(userId, code, ports)) === null) throw wrongCode();
  const codes = makeRecoveryCodes();
  await changeOnRecord(ports, userId, {
    change: (one) => {
      if (one.totp === null) return one;
      return { ...one, totp: { ...one.totp, recovery: digestsOf(userId, codes, one.totp.kid, ports) } };
    },
    describe: () => auditOf('recovery-renewed', userId, userId, ports),
  });
  return codes;
}

/** Takes one's own second factor away. @throws InvalidInput for a wrong code */
export async function removeSecondFactor(
  userId: string,
  code: string,
  ports: SecondFactorPorts,
): Promise<void> {
  if ((await proveSecondFactor(userId, code, ports)) === null) throw wrongCode();
  await changeOnRecord(ports, userId, {
    change: (one) => ({ ...one, totp: null }),
    describe: () => auditOf('removed', userId, userId, ports),
  });
}

/**
 * For somebody who lost phone and recovery codes: the second factor is gone, the lockout ended, every session ended. Who asks has
 * made sure in person whom it is for.
 * @param actor null for the command line
 */
export async function resetSecondFactor(
  userId: string,
  actor: Pick<Actor, 'id' | 'onBehalfOf'> | null,
  ports: PeoplePorts,
): Promise<void> {
  const by = { actorId: actor?.id ?? null, payload: actor === null ? {} : inSteadOf(actor) };
  await changeOnRecord(ports, userId, {
    change: (one) => ({ ...one, totp: null, failedLogins: 0, lockedUntil: null }),
    describe: () => buildUserAudit(ports.clock, { action: 'second-factor.reset', userId, ...by }),
  });
  await ports.stores.sessions.deleteOfUser(userId);
}
