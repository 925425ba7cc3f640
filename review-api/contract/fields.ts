import { z } from 'zod';

/** A lone half of a surrogate pair: it can't be stored as UTF-8 and back. */
const loneSurrogate = /\p{Surrogate}/u;
const controlCharacter = /[^\P{Cc}\n\t]/u;

/** Text that a person types: whole characters only, no control characters besides line break and tab. */
export function TypedText(minLength: number, maxLength: number) {
  return z
    .string()
    .min(minLength, minLength === 1 ? '不能为空' : `至少 ${minLength} 个字`)
    .max(maxLength, `最多 ${maxLength} 个字`)
    .refine((text) => !loneSurrogate.test(text), '含有不完整的字符')
    .refine((text) => !controlCharacter.test(text), '含有控制字符');
}

/** An id as it stands in an address or a body. */
export const IdText = z
  .string()
  .min(1)
  .max(300)
  .regex(/^[\p{L}\p{N}._:~/?&=%+#-]+$/u, '编号含有不允许的字符');

/** Takes room or none, and shows nothing: format characters, zero-width joiners, fillers, empty Braille. */
const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;
const shortestPurpose = 4;

/**
 * Why a text outside one's own queues is read; kept in the read log. What nobody can see doesn't count towards its length and is
 * not kept.
 */
export const Purpose = TypedText(0, 200)
  .transform((text) => text.replace(unseen, '').trim())
  .refine(
    (text) => [...text.replace(/\s/gu, '')].length >= shortestPurpose,
    `至少 ${shortestPurpose} 个字，空白不算`,
  )
  .meta({ description: 'Why a text outside one’s own queues is read' });

export const Cursor = z
  .string()
  .max(500)
  .regex(/^[\w+/=:.~-]+$/, '分页标记不对，请从第一页重新打开');

export const PageLimit = z.coerce.number().int().min(1).max(200);

/** `{ items, nextCursor }`; the cursor is opaque and null at the end. */
export function PageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
