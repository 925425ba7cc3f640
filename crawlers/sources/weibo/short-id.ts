const digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * The number of a status from the short form in its address (`mblogid`, `bid`): four signs of base 62 stand for seven digits, from
 * the end. Null for what is none.
 */
export function idOfShort(short: unknown): string | null {
  if (typeof short !== 'string' || !/^[0-9A-Za-z]{7,12}$/.test(short) || /^\d+$/.test(short)) return null;
  let id = '';
  for (let end = short.length; end > 0; end -= 4) {
    const part = short.slice(Math.max(0, end - 4), end);
    const value = [...part].reduce((sum, sign) => sum * 62 + digits.indexOf(sign), 0);
    if (value > 9_999_999) return null;
    id = String(value).padStart(7, '0') + id;
  }
  return id.replace(/^0+/, '');
}
