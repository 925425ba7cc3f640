import type { RetentionClass } from '../domain/retention-class.ts';

/** Bytes by their SHA-256 (hex of the bytes as given), in one namespace a retention class, never shared across. */
export interface BlobStore {
  /** Storing the same bytes again is harmless. @returns the hash */
  put(retention: RetentionClass, bytes: Uint8Array): Promise<string>;
  find(retention: RetentionClass, hash: string): Promise<Uint8Array | null>;
  /** Deleting what is not there is harmless. */
  delete(retention: RetentionClass, hash: string): Promise<void>;
  list(retention: RetentionClass): Promise<string[]>;
}
