import { expect, it } from 'vitest';
import { leaseContract } from '../../../test/contracts/lease.contract.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { openMongoLeaseStore } from './lease-store.ts';

describeWithMongo('the MongoDB lease store keeps the lease contract', (uri) => {
  const database = useMongoTestDatabase(uri);
  leaseContract(async () => {
    await database().clear();
    return {
      leases: openMongoLeaseStore(database()),
      reopen: async () => openMongoLeaseStore(database()),
      close: async () => {},
    };
  });

  it('has one winner among fifty when a lease has ended, and each token once', async () => {
    await database().clear();
    const leases = openMongoLeaseStore(database());
    const hour = (n: number) => `2026-03-02T0${n}:00:00.000Z`;
    const tokens: number[] = [];
    for (const round of [1, 2, 3]) {
      const got = await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          leases.acquire('sweep', `$owner ${round}-${i}`, hour(round), 60_000),
        ),
      );
      tokens.push(...got.flatMap((lease) => (lease === null ? [] : [lease.token])));
    }
    expect(tokens).toEqual([1, 2, 3]);
  });
});
