/** One-way password hashes. The hash is a string that carries its own algorithm, parameters and salt. */
export interface Passwords {
  /** @throws RetryLater when too many are being computed already */
  hash(password: string): Promise<string>;

  /**
   * Compares in constant time. `null` stands for an account that does not exist: it costs the same and is false.
   * @throws RetryLater when too many are being computed already
   */
  verify(password: string, hash: string | null): Promise<boolean>;
}
