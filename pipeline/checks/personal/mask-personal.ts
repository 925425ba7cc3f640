import type { DraftPersonalKind } from './personal-kind.ts';

const mark = '*';

/** Of numbers: how many digits stay at both ends, as notices of schools show them. */
const shown: Partial<Record<DraftPersonalKind, { first: number; last: number }>> = {
  'identity-number': { first: 3, last: 4 },
  'old-identity-number': { first: 3, last: 3 },
  'bank-card': { first: 4, last: 4 },
  'mobile-number': { first: 3, last: 4 },
  'land-line': { first: 3, last: 2 },
  'student-number': { first: 4, last: 2 },
  'licence-plate': { first: 2, last: 2 },
};

const sign = /[\p{L}\p{N}]/u;

/** Separators stay where they are: 138-0013-8000 → 138-****-8000. */
function maskMiddle(text: string, { first, last }: { first: number; last: number }): string {
  const signs = [...text];
  const places = signs.flatMap((one, i) => (sign.test(one) ? [i] : []));
  const hidden = new Set(places.slice(first, Math.max(first, places.length - last)));
  return signs.map((one, i) => (hidden.has(i) ? mark : one)).join('');
}

function maskAddress(text: string): string {
  const upToDistrict = /^.{0,24}?(?:[区县旗]|[州市](?!.{0,8}[区县旗]))/u.exec(text)?.[0] ?? '';
  return upToDistrict === text ? `${text.slice(0, 2)}${mark.repeat(3)}` : `${upToDistrict}${mark.repeat(4)}`;
}

function maskEmail(text: string): string {
  const at = text.search(/@|艾特|\[at\]|\(at\)/i);
  return at < 1 ? mark.repeat(3) : `${text.slice(0, 1)}${mark.repeat(3)}${text.slice(at)}`;
}

/** Only the year stays. */
function maskDate(text: string): string {
  return text.slice(0, 4) + text.slice(4).replace(/\p{N}/gu, mark);
}

/** What may stand in a notice instead; never longer evidence than that in a report that is kept. */
export function maskPersonal(kind: DraftPersonalKind, text: string): string {
  const kept = shown[kind];
  if (kept !== undefined) return maskMiddle(text, kept);
  switch (kind) {
    case 'home-address':
      return maskAddress(text);
    case 'e-mail':
      return maskEmail(text);
    case 'birth-date':
      return maskDate(text);
    default:
      return maskName(text);
  }
}

/** Surname and one mark: 张*患有… */
function maskName(text: string): string {
  return text.replace(/^([一-鿿])[一-鿿·]{1,3}/u, `$1${mark}`);
}
