import { type Ref, ref } from 'vue';
import { findLinkToken } from '../lib/slip-address.ts';
import { useWindowEvent } from './use-window-event.ts';

/** The token of a one-time link, while the address names one. */
export function useLinkToken(): Ref<string | null> {
  const token = ref(findLinkToken(location.hash));
  const look = () => {
    token.value = findLinkToken(location.hash);
  };
  useWindowEvent('hashchange', look);
  useWindowEvent('popstate', look);
  return token;
}
