import { z } from 'zod';
import { DraftContent } from '../../pipeline/domain/draft-content.ts';

export { DraftContent } from '../../pipeline/domain/draft-content.ts';

const loneSurrogate = /\p{Surrogate}/u;
/** What office programs leave between lines, and nobody sees. */
const controlCharacters = /[^\P{Cc}\n\t]/gu;
/** Layout tools nest sections some thirty deep; each is an object in a list. */
const deepest = 240;

class Unusable extends Error {
  readonly path: (string | number)[];
  constructor(message: string, path: (string | number)[]) {
    super(message);
    this.path = path;
  }
}

/** A copy in which texts have no control characters. @throws Unusable */
function clean(value: unknown, path: (string | number)[]): unknown {
  if (typeof value === 'string') {
    if (loneSurrogate.test(value)) throw new Unusable('含有不完整的字符', path);
    return value.replace(controlCharacters, '');
  }
  if (typeof value !== 'object' || value === null) return value;
  if (path.length > deepest) throw new Unusable('版式嵌套的层数太多，请简化后再试', []);
  if (Array.isArray(value)) return value.map((one, index) => clean(one, [...path, index]));
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, clean(field, [...path, key])]));
}

/** What a page sends: whole characters only, no control characters but line break and tab, and no depth without an end. */
export const DraftContentRequest = z.preprocess((sent, context) => {
  try {
    return clean(sent, []);
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    context.addIssue({ code: 'custom', path: error.path, message: error.message });
    return z.NEVER;
  }
}, DraftContent);
