import { computed, ref, shallowRef } from 'vue';
import type { Me } from '../../../review-api/contract/session.ts';
import type { Offer, SignInDoors } from '../../../review-api/contract/sign-in.ts';
import { ApiError } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import { outcomeWords } from '../lib/sign-in-words.ts';

/** `codes`: signed in already, with recovery codes that are shown this once. */
export type SignInStep = 'password' | 'prove' | 'set-up' | 'codes';

const localOnly: SignInDoors = { password: 'on', doors: [], pending: null, outcome: null };

/** Signing in, step by step. @param enter called once somebody is in */
export function useSignIn(client: Client, enter: (me: Me) => void) {
  const doors = shallowRef<SignInDoors>(localOnly);
  const step = ref<SignInStep>('password');
  const offer = shallowRef<Offer | null>(null);
  const confirmed = shallowRef<{ me: Me; recoveryCodes: string[] } | null>(null);

  async function go(next: SignInStep) {
    if (next === 'set-up') offer.value = await client.call('offerSecondStep', {});
    step.value = next;
  }

  return {
    doors: computed(() => doors.value),
    step: computed(() => step.value),
    offer: computed(() => offer.value),
    recoveryCodes: computed(() => confirmed.value?.recoveryCodes ?? []),
    /** What became of the way over the school's own sign-in, if this browser was there just now. */
    outcome: computed(() => {
      const { outcome } = doors.value;
      return outcome === null ? null : { ...outcome, words: outcomeWords[outcome.code] };
    }),
    /** Where the list of doors can't be had, the password's is shown. */
    async look() {
      doors.value = await client.call('listDoors', {}).catch(() => localOnly);
      if (doors.value.pending !== null) await go(doors.value.pending).catch(() => null);
    },
    async byPassword(login: string, password: string) {
      try {
        enter(await client.call('login', { body: { login, password } }));
      } catch (thrown) {
        const code = thrown instanceof ApiError ? thrown.code : '';
        if (code === 'second-factor-required') return go('prove');
        if (code === 'second-factor-set-up-required') return go('set-up');
        throw thrown;
      }
    },
    async prove(code: string) {
      enter(await client.call('proveSecondStep', { body: { code } }));
    },
    async confirm(code: string) {
      const body = { offer: offer.value?.offer ?? '', code };
      confirmed.value = await client.call('confirmSecondStep', { body });
      step.value = 'codes';
    },
    /** The recovery codes have been kept. */
    finish() {
      if (confirmed.value !== null) enter(confirmed.value.me);
    },
    again() {
      step.value = 'password';
    },
  };
}
