import { randomBytes } from 'node:crypto';
import type { KeyRing, NamedKey } from '../../pipeline/domain/key-ring.ts';

/** Keys without a folder. `lose` is what happens when somebody mislays one. */
export function openMemoryKeys(purpose = 'connector'): KeyRing & { lose(kid: string): void } {
  const keys: NamedKey[] = [];
  const add = (): NamedKey => {
    const kid = `2026${String(keys.length + 101).padStart(4, '0')}T000000Z`;
    const key = { kid, bytes: new Uint8Array(randomBytes(32)) };
    keys.push(key);
    return key;
  };
  return {
    newest: () => keys.at(-1) ?? add(),
    find: (kid) => keys.find((key) => key.kid === kid) ?? null,
    kids: () => keys.map(({ kid }) => kid),
    add,
    fileOf: (kid) => `${purpose}-${kid}.key`,
    lose: (kid) => {
      keys.splice(
        keys.findIndex((key) => key.kid === kid),
        1,
      );
    },
  };
}
