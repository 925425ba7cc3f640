import { type ShallowRef, shallowRef } from 'vue';
import { findLinkToken, type LinkToken } from '../lib/slip-address.ts';
import { useWindowEvent } from './use-window-event.ts';

/** What the address of a one-time link shows, while it is one. */
export function useLinkToken(): ShallowRef<LinkToken | null> {
  const token = shallowRef(findLinkToken(location.hash));
  const look = () => {
    token.value = findLinkToken(location.hash);
  };
  useWindowEvent('hashchange', look);
  useWindowEvent('popstate', look);
  return token;
}
