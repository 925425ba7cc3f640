import { type ComputedRef, computed, ref, shallowRef } from 'vue';
import type { Me } from '../../../review-api/contract/session.ts';
import { ApiError, describeFailure } from '../api/api-error.ts';
import { type Client, createClient } from '../api/client.ts';
import { t } from '../i18n/t.ts';
import { newId } from '../lib/new-id.ts';
import { ownAddress } from '../lib/own-address.ts';

type SessionState = 'checking' | 'unreachable' | 'signed-out' | 'signed-in';

export interface Session {
  client: Client;
  state: ComputedRef<SessionState>;
  me: ComputedRef<Me | null>;
  /** Why one stands before the login page again. */
  notice: ComputedRef<string | null>;
  check(): Promise<void>;
  /** The same session, or its successor, as the server told it after a change. */
  renew(me: Me): void;
  /** Ends the session here and on the server. @param why what the sign-in page says */
  signOut(why?: string): Promise<void>;
}

/** Who is signed in; owns the client, because a 401 anywhere ends the session on the screen too. */
export function useSession(): Session {
  const state = ref<SessionState>('checking');
  const me = shallowRef<Me | null>(null);
  const notice = ref<string | null>(null);
  const client = createClient({
    tabId: newId(),
    fetch: (path, init) => window.fetch(ownAddress(path), init),
    onSignedOut: () => {
      if (state.value === 'checking') leave(null);
      else if (state.value === 'signed-in') leave(t('app.signedOutElsewhere'));
    },
  });

  function enter(answer: Me) {
    client.setCsrfToken(answer.csrfToken);
    me.value = answer;
    notice.value = null;
    state.value = 'signed-in';
  }

  function leave(why: string | null) {
    client.setCsrfToken(null);
    me.value = null;
    notice.value = why;
    state.value = 'signed-out';
  }

  return {
    client,
    state: computed(() => state.value),
    me: computed(() => me.value),
    notice: computed(() => notice.value),
    async check() {
      state.value = 'checking';
      try {
        enter(await client.call('readSession', {}));
      } catch (thrown) {
        if (thrown instanceof ApiError && thrown.status === 401) return;
        notice.value = describeFailure(thrown);
        state.value = 'unreachable';
      }
    },
    renew: enter,
    async signOut(why = t('app.signedOut')) {
      await client.call('logout', {}).catch(() => null);
      leave(why);
    },
  };
}
