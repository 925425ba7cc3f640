/** Codes of six digits that change every half minute (RFC 6238). */
export interface OneTimeCodes {
  /** A new secret, base32, of 160 bits. */
  newSecret(): string;
  /** The time step whose code this is, the step now or one beside it; null for none of them. @param now ISO UTC */
  findStep(secret: string, code: string, now: string): number | null;
  /** What an authenticator app reads as a QR code. @param account as the app lists it */
  uriOf(secret: string, account: string): string;
}
