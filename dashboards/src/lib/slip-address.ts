/** What a one-time link shows, and its token: behind the `#`, it goes to no server and into no log. */
export interface LinkToken {
  to: 'slip' | 'draft';
  token: string;
}

/** @param here the address of the page */
export function linkAddress(token: string, here: string): string {
  return `${here.split('#')[0]}#/slip/${token}`;
}

/** @param here the address of the page */
export function draftLinkAddress(token: string, here: string): string {
  return `${here.split('#')[0]}#/draft-link/${token}`;
}
