/** A symmetric key of 32 bytes, which lies outside the database and its backups. */
export interface NamedKey {
  kid: string;
  bytes: Uint8Array;
}

/** The keys for one purpose, older ones too: they still open what they closed. */
export interface KeyRing {
  /** The one to close with now; the first one is made when it is asked for. @throws Permanent when the folder cannot be used */
  newest(): NamedKey;
  /** Null for one that is not in the folder. @throws Permanent when its file cannot be read as a key */
  find(kid: string): NamedKey | null;
  /** Oldest first. */
  kids(): string[];
  /** Makes one more, which is the newest from now on. */
  add(): NamedKey;
  /** The file that holds it, as people see it. */
  fileOf(kid: string): string;
}
