import type { Config } from '../config/config.ts';
import { hasKeys, type Keys } from '../config/secrets.ts';
import { openPorts, type SetUp } from '../pipeline/adapters/open-stores.ts';
import { systemClock } from '../pipeline/adapters/system-clock.ts';
import { listLatestKids } from '../pipeline/commands/anchor-kids.ts';
import { Permanent } from '../pipeline/domain/errors.ts';
import type { Stores } from '../pipeline/ports/index.ts';

/**
 * A first key belongs to a store that nobody has signed yet: on any other one this is a wrong or an emptied folder, and with a
 * key of its own the chains would look forged. Asks the store only when there is no key.
 * @throws Permanent
 */
export async function assertMayMakeKey(
  { dataDir, keysDir }: Config,
  connections: SetUp['connections'],
): Promise<void> {
  if (hasKeys(keysDir)) return;
  const { stores, close } = await openPorts({
    ...{ dataDir, connections, clock: systemClock },
    onTrouble: () => {},
  });
  try {
    const kids = await listLatestKids(stores.audit);
    // Another process may have made and used the first one meanwhile.
    if (kids.size === 0 || hasKeys(keysDir)) return;
    throw new Permanent(
      `There is no key in ${keysDir}, but the audit chains are signed (${nameKeys(kids)}). Put this office's keys into GUANLAN_KEYS; if they are lost for good, see "Keys" in docs/operations.md.`,
    );
  } finally {
    await close();
  }
}

/** What should be said of a process whose keys do not know the last signatures; null when all is well. */
export async function describeForeignKeys({ audit }: Stores, { anchorPublicKeys }: Keys) {
  const foreign = [...(await listLatestKids(audit))].filter((kid) => !anchorPublicKeys.has(kid));
  if (foreign.length === 0) return null;
  return `The audit chains were signed with keys that are not in GUANLAN_KEYS (${nameKeys(foreign)}): put them there, or verify-audit takes these signatures for forged.`;
}

export function nameKeys(kids: Iterable<string>): string {
  return [...kids]
    .sort()
    .map((kid) => `anchor-${kid}.pem`)
    .join(', ');
}
