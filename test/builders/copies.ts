import type { Judgement } from '../../pipeline/ports/post-store.ts';
import { buildFingerprint } from '../../pipeline/text/fingerprint.ts';
import { normalise } from '../../pipeline/text/normalise.ts';

/** A complaint, a near copy of it, and the same about another place. */
export const text =
  '昨天晚上东区宿舍的热水一直不热，问了宿管说是等通知，打了三次电话都没人接，早起上课特别受影响，希望学校能尽快解决一下！';
export const copy = `速看！${text.replace('特别', '非常')}😡`;
export const other = text.replace('东区', '西区');

/** Cuts after every second character: near enough to words, the same in every store. */
const words = (of: string) => of.match(/\p{Script=Han}{1,2}|[a-z0-9]+/gu) ?? [];

/** What the judge gives of a text for finding its copies. */
export function readCopy(body: string): Pick<Judgement, 'tokens' | 'fingerprint'> {
  const { text: normalised } = normalise(body);
  return { tokens: [...new Set(words(normalised))], fingerprint: buildFingerprint(normalised) };
}
