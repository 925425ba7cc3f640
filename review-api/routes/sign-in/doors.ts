import { SignInOutcome } from '../../contract/sign-in.ts';
import type { Handler } from '../../http/call.ts';

export const listDoors: Handler<'listDoors'> = async ({ cookies, deps }) => {
  const { password, providers } = deps.signIn;
  const outcome = cookies.signed.find('outcome');
  if (outcome !== null) cookies.signed.forget('outcome');
  const code = SignInOutcome.safeParse(outcome?.code);
  return {
    password,
    doors: providers.map(({ provider, label, signsOut }) => ({ provider, label, signsOut })),
    pending: cookies.signed.find('step')?.need ?? null,
    outcome: outcome === null || !code.success ? null : { ...outcome, code: code.data },
  };
};
