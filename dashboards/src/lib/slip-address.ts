const forms = { slip: /^#\/slip\/([\w-]{43})$/, draft: /^#\/draft-link\/([\w-]{43})$/ } as const;

/** What a one-time link shows, and its token: behind the `#`, it goes to no server and into no log. */
export interface LinkToken {
  to: keyof typeof forms;
  token: string;
}

export function findLinkToken(hash: string): LinkToken | null {
  const slip = forms.slip.exec(hash)?.[1];
  if (slip !== undefined) return { to: 'slip', token: slip };
  const draft = forms.draft.exec(hash)?.[1];
  return draft === undefined ? null : { to: 'draft', token: draft };
}

/** @param here the address of the page */
export function linkAddress(token: string, here: string): string {
  return `${here.split('#')[0]}#/slip/${token}`;
}

/** @param here the address of the page */
export function draftLinkAddress(token: string, here: string): string {
  return `${here.split('#')[0]}#/draft-link/${token}`;
}
