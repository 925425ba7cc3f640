import { Secret, TOTP } from 'otpauth';
import type { OneTimeCodes } from '../ports/one-time-codes.ts';

const stepSeconds = 30;
const issuer = '观澜';
/** What every authenticator app can do. */
const form = { algorithm: 'SHA1', digits: 6, period: stepSeconds } as const;

/** @param secret base32 */
const totpOf = (secret: string, label = '') =>
  new TOTP({ ...form, issuer, label, secret: Secret.fromBase32(secret) });

export const otpauthCodes: OneTimeCodes = {
  newSecret: () => new Secret({ size: 20 }).base32,
  findStep: (secret, code, now) => {
    if (!/^[0-9]{6}$/.test(code)) return null;
    const timestamp = Date.parse(now);
    const delta = totpOf(secret).validate({ token: code, timestamp, window: 1 });
    return delta === null ? null : Math.floor(timestamp / 1000 / stepSeconds) + delta;
  },
  uriOf: (secret, account) => totpOf(secret, account).toString(),
};
