const form = /^#\/slip\/([\w-]{43})$/;

/** The token of a one-time link in the address; behind the `#`, it goes to no server and into no log. */
export function findLinkToken(hash: string): string | null {
  return form.exec(hash)?.[1] ?? null;
}

/** @param here the address of the page */
export function linkAddress(token: string, here: string): string {
  return `${here.split('#')[0]}#/slip/${token}`;
}
