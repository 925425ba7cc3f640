import { DraftContent } from '../../pipeline/domain/draft-content.ts';

export { DraftContent } from '../../pipeline/domain/draft-content.ts';

const loneSurrogate = /\p{Surrogate}/u;
const controlCharacter = /[^\P{Cc}\n\t]/u;

/** The path of the first text that cannot be kept as it is; null for none. */
function findBroken(value: unknown, path: (string | number)[] = []): (string | number)[] | null {
  if (typeof value === 'string')
    return loneSurrogate.test(value) || controlCharacter.test(value) ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, field] of Object.entries(value)) {
    const found = findBroken(field, [...path, Array.isArray(value) ? Number(key) : key]);
    if (found !== null) return found;
  }
  return null;
}

/** What a page sends: whole characters only, and no control characters but line break and tab, wherever text can stand. */
export const DraftContentRequest = DraftContent.superRefine((content, context) => {
  const path = findBroken(content);
  if (path !== null) context.addIssue({ code: 'custom', path, message: '含有控制字符或不完整的字符' });
});
