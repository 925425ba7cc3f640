import { expect, it } from 'vitest';
import { auditLogContract } from '../../../test/contracts/audit-log.contract.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { verifyAudit } from '../../commands/verify-audit.ts';
import { Permanent } from '../../domain/errors.ts';
import { openMongoAuditLog } from './audit-log.ts';
import { chainCollections } from './chain-documents.ts';
import { openMongo } from './connection.ts';

const chain = 'audit/audit/2026-03';

describeWithMongo('the MongoDB audit log keeps the audit log contract', (uri) => {
  const database = useMongoTestDatabase(uri);
  auditLogContract(async () => {
    await database().clear();
    return {
      audit: openMongoAuditLog(database()),
      reopen: async () => openMongoAuditLog(database()),
      close: async () => {},
    };
  });

  const append = async (count: number) => {
    await database().clear();
    const audit = openMongoAuditLog(database());
    for (let i = 0; i < count; i++) {
      const at = `2026-03-02T00:00:00.${String(i).padStart(3, '0')}Z`;
      const facts = { actorId: null, action: 'a', subject: 's', payload: { i } };
      await audit.append({ id: `e${i}`, log: 'audit', at, ...facts });
    }
    return audit;
  };

  it('never forks a chain when two processes link at once', async () => {
    const audit = await append(40);
    const elsewhere = await openMongo(uri, database().name);
    const other = openMongoAuditLog(elsewhere);
    const linked = await Promise.all(
      Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? audit : other).linkPending(3, 4)),
    );
    await elsewhere.client.close();
    expect(linked.reduce((sum, n) => sum + n, 0)).toBe(40);
    const report = await verifyAudit(audit, { now: '2026-03-03T00:00:00.000Z', verify: () => true });
    expect(report).toEqual({ chains: 1, entries: 40, breaks: [], unlinkedTail: 0 });
  });

  it('names an entry that was made unreadable before it could be linked', async () => {
    const audit = await append(1);
    await chainCollections(database().db).audit.updateOne({ _id: 'e0' }, { $set: { at: 'never' } });
    await expect(audit.linkPending(1, 10)).rejects.toThrow(Permanent);
    await expect(audit.linkPending(1, 10)).rejects.toThrow(/entry e0 /);
    expect(await audit.countUnlinked('audit')).toBe(1);
  });

  it('lets verification name what was tampered with', async () => {
    const audit = await append(6);
    await audit.linkPending(1, 10);
    const at = chainCollections(database().db);
    await at.audit.deleteOne({ _id: 'e0' });
    await at.audit.updateOne({ _id: 'e1' }, { $set: { subject: 'another' } });
    await at.audit.updateOne({ _id: 'e2' }, { $set: { payload: null } });
    await at.audit.updateOne({ _id: 'e3' }, { $unset: { 'payload.salt': '' } });
    await at.audit.updateOne({ _id: 'e4' }, { $set: { at: 'never' } });
    await at.links.deleteOne({ _id: 'e5' });
    expect(await audit.listStray(10)).toEqual([{ chain, entryId: 'e5' }]);
    const { breaks } = await verifyAudit(audit, { now: '2026-03-03T00:00:00.000Z', verify: () => true });
    expect(breaks.map(({ entryId, what }) => `${entryId} ${what}`)).toEqual([
      'e0 entry-missing',
      'e1 entry-differs',
      'e2 payload-missing',
      'e3 payload-changed',
      'e4 entry-differs',
      'e5 link-missing',
    ]);
  });
});
