import { randomInt } from 'node:crypto';

const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/** For somebody else, shown once. Without letters and digits that are easily taken for one another; 98 bits. */
export function makeFirstPassword(login: string): string {
  for (;;) {
    const group = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');
    const password = [group(), group(), group(), group()].join('-');
    // No password may hold its login, and logins may be as short as two letters.
    if (!password.includes(login)) return password;
  }
}
