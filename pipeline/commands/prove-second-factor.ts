import type { KeyRing } from '../domain/key-ring.ts';
import { hasSecondFactor } from '../domain/second-factor.ts';
import { mayEnter, type Totp, type User } from '../domain/user.ts';
import type { OneTimeCodes } from '../ports/one-time-codes.ts';
import { chargeAttempt, tellIfLocked } from './authenticate.ts';
import { appendUserAudit, changeUser, type PeoplePorts } from './change-user.ts';
import { digestRecoveryCode, openTotpSecret } from './second-factor-secret.ts';

export interface SecondFactorPorts extends PeoplePorts {
  codes: OneTimeCodes;
  totpKeys: KeyRing;
}

/** What a code was: that of a time step, or one of the recovery codes. */
type Proof = { step: number } | { recovery: string };

/**
 * Uses up a code of the second factor, or a recovery code: each is good once, also when it is sent twice at a time. Wrong ones
 * count towards the lockout together with wrong passwords.
 * @returns the account as it stands then; null for a wrong or used code, a locked or disabled account, one without a second factor
 * @throws Permanent when the key that sealed the secret is lost
 */
export async function proveSecondFactor(
  userId: string,
  typed: string,
  ports: SecondFactorPorts,
): Promise<User | null> {
  const charged = await chargeAttempt(userId, ports);
  if (
    charged === null ||
    !mayEnter(charged, ports.clock.now()) ||
    charged.totp === null ||
    !hasSecondFactor(charged)
  ) {
    await tellFailure(userId, charged, ports);
    return null;
  }
  const proof = readCode({ ...charged, totp: charged.totp }, typed, ports);
  let isGood = false;
  const user = await changeUser(ports, userId, (one) => {
    const rest = proof === null || one.totp === null ? null : useUp(one.totp, proof);
    isGood = rest !== null;
    return rest === null ? one : { ...one, totp: rest, failedLogins: 0, lockedUntil: null };
  });
  if (!isGood) {
    await tellFailure(userId, charged, ports);
    return null;
  }
  if (proof !== null && 'recovery' in proof) {
    const left = user.totp?.recovery.length ?? 0;
    const action = 'second-factor.recovery-used';
    await appendUserAudit(ports, { action, userId, actorId: userId, payload: { left } });
  }
  return user;
}

async function tellFailure(userId: string, charged: User | null, ports: PeoplePorts): Promise<void> {
  await appendUserAudit(ports, { action: 'second-factor.failed', userId, actorId: null });
  if (charged !== null) await tellIfLocked(charged, ports);
}

function readCode(user: User & { totp: Totp }, typed: string, ports: SecondFactorPorts): Proof | null {
  const code = typed.replace(/\s/g, '');
  if (/^[0-9]{6}$/.test(code)) {
    const step = ports.codes.findStep(
      openTotpSecret(user.id, user.totp, ports.totpKeys),
      code,
      ports.clock.now(),
    );
    return step === null ? null : { step };
  }
  return { recovery: digestRecoveryCode(user.id, code, user.totp.kid, ports.totpKeys) };
}

/** What is left after this proof; null where it was used before, or never given out. */
function useUp(totp: Totp, proof: Proof): Totp | null {
  if ('step' in proof) return proof.step > totp.lastStep ? { ...totp, lastStep: proof.step } : null;
  const recovery = totp.recovery.filter((digest) => digest !== proof.recovery);
  return recovery.length < totp.recovery.length ? { ...totp, recovery } : null;
}
