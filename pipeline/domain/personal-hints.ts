/** What in a text that is to be published may point to a private person. A hint for who writes it: never a judgement. */
export type PersonalHint = 'mobile' | 'identity-number' | 'mention';

/** Land lines of offices and their mailboxes are meant to be public, and are no hint. */
const signs: readonly (readonly [PersonalHint, RegExp])[] = [
  ['mobile', /(?<!\d)(?:\+?86[\s-]?)?1[3-9]\d(?:[\s-]?\d{4}){2}(?!\d)/],
  ['identity-number', /(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\d)/],
  ['mention', /[@＠][\p{L}\p{N}_·-]{1,30}(?![\w-]*\.[a-z])/u],
];

export function findPersonalHints(...texts: readonly (string | null)[]): PersonalHint[] {
  const whole = texts.map((text) => (text ?? '').normalize('NFKC')).join('\n');
  return signs.filter(([, sign]) => sign.test(whole)).map(([hint]) => hint);
}

/** A blank that somebody has still to fill in: 【请填写…】. */
export function hasPlaceholder(...texts: readonly (string | null)[]): boolean {
  return texts.some((text) => /【[^】]*(填写|待定|号码)[^】]*】/.test(text ?? ''));
}
