import {
  assertMayChangeFactor,
  confirmSecondFactor as confirm,
  offerSecondFactor as offer,
  removeSecondFactor as remove,
  renewRecoveryCodes as renew,
  resetSecondFactor as reset,
} from '../../../pipeline/commands/second-factor.ts';
import { Conflict, NotPermitted } from '../../../pipeline/domain/errors.ts';
import { rolesOf } from '../../../pipeline/domain/role.ts';
import { graceEnd, hasSecondFactor, isSecondFactorDemanded } from '../../../pipeline/domain/second-factor.ts';
import { selvesOf } from '../../../pipeline/domain/stand-in.ts';
import { type Call, getReader, getSignedIn, type Handler } from '../../http/call.ts';
import { openSession, type SignedIn } from '../../http/sessions.ts';
import { presentMe } from '../../present/me.ts';

const isLocal = ({ session }: SignedIn) => session.door === 'password' || session.door === 'emergency';

/** Of whom a second factor is asked, may change it and not go without. */
function isDemanded({ user, appointments }: SignedIn, { deps }: Pick<Call, 'deps'>): boolean {
  const local = user.emergency;
  return local || isSecondFactorDemanded(rolesOf(appointments), deps.signIn.secondFactor);
}

export const readSecondFactor: Handler<'readSecondFactor'> = async (call) => {
  const signedIn = getSignedIn(call);
  const { user } = signedIn;
  const isOn = hasSecondFactor(user);
  const demanded = isDemanded(signedIn, call);
  return {
    state: isOn ? 'on' : 'off',
    confirmedAt: user.totp?.confirmedAt ?? null,
    recoveryLeft: user.totp?.recovery.length ?? 0,
    demanded,
    putOffUntil: demanded && !isOn ? graceEnd(user, call.deps.signIn.secondFactor) : null,
    asksPassword: !isOn && isLocal(signedIn),
  };
};

export const offerSecondFactor: Handler<'offerSecondFactor'> = async (call) => {
  const { body, deps } = call;
  const signedIn = getSignedIn(call);
  await assertMayChangeFactor(signedIn.user, { ...body, asksPassword: isLocal(signedIn) }, deps);
  return offer(signedIn.user, deps);
};

/** Ends every session of the account, and opens a new one for who asked. */
export const confirmSecondFactor: Handler<'confirmSecondFactor'> = async (call) => {
  const { session: before, user, appointments } = getSignedIn(call);
  const { user: changed, recoveryCodes } = await confirm(user, call.body, call.deps);
  const { door, device, ticket } = before;
  const { token, session } = await openSession({ userId: changed.id, door, device, ticket }, call.deps);
  call.cookies.setSession(token);
  return { me: await presentMe({ user: changed, session, appointments }, call.deps), recoveryCodes };
};

export const renewRecoveryCodes: Handler<'renewRecoveryCodes'> = async (call) => ({
  recoveryCodes: await renew(getSignedIn(call).user.id, call.body.code, call.deps),
});

export const removeSecondFactor: Handler<'removeSecondFactor'> = async (call) => {
  const signedIn = getSignedIn(call);
  if (isDemanded(signedIn, call)) {
    throw new Conflict('您的角色必须使用动态口令，可以更换，不能停用。');
  }
  await remove(signedIn.user.id, call.body.code, call.deps);
  return null;
};

export const resetSecondFactor: Handler<'resetSecondFactor'> = async (call) => {
  const { actor } = getReader(call);
  if (selvesOf(actor).includes(call.params.id)) {
    throw new NotPermitted('不能重置自己的动态口令，请另一位安全管理员办理。');
  }
  await reset(call.params.id, actor, call.deps);
  return null;
};
