const provinces = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(
    ' ',
  ),
);
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkCharacters = '10x98765432';

function isPlausibleBirth(year: number, month: number, day: number): boolean {
  if (year < 1900 || year > 2099 || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The check character of an 18-digit identity number by ISO 7064 MOD 11-2; `x` in lower case. */
export function identityCheckCharacter(first17: string): string {
  let sum = 0;
  weights.forEach((weight, i) => {
    sum += weight * (first17.charCodeAt(i) - 0x30);
  });
  return checkCharacters.charAt(sum % 11);
}

/** A known province and a real date of birth, whatever the check character says. */
export function hasIdentityForm(compact: string): boolean {
  if (!/^\d{17}[\dx]$/.test(compact) || !provinces.has(compact.slice(0, 2))) return false;
  const year = Number(compact.slice(6, 10));
  return isPlausibleBirth(year, Number(compact.slice(10, 12)), Number(compact.slice(12, 14)));
}

/** 17 digits and a check character: a known province, a real date of birth, and the right check. */
export function isIdentityNumber(compact: string): boolean {
  return hasIdentityForm(compact) && identityCheckCharacter(compact) === compact.charAt(17);
}

/** The form in use until 1999: no check character, so province and date are all the evidence. */
export function isOldIdentityNumber(compact: string): boolean {
  if (!/^\d{15}$/.test(compact) || !provinces.has(compact.slice(0, 2))) return false;
  const year = 1900 + Number(compact.slice(6, 8));
  return isPlausibleBirth(year, Number(compact.slice(8, 10)), Number(compact.slice(10, 12)));
}

export function isMobileNumber(compact: string): boolean {
  return /^1[3-9]\d{9}$/.test(compact);
}
