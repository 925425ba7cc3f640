import { describe, expect, it } from 'vitest';
import { auditLogContract } from '../../../test/contracts/audit-log.contract.ts';
import { openSqliteFile } from '../../../test/harness/sqlite-files.ts';
import { Permanent } from '../../domain/errors.ts';
import { openAuditLog } from './audit-log.ts';
import { openDatabase } from './database.ts';

describe('the SQLite audit log keeps the audit log contract', () => {
  auditLogContract(async () => {
    const file = openSqliteFile();
    return {
      audit: openAuditLog(file.connect()),
      reopen: async () => openAuditLog(file.connect()),
      close: async () => file.close(),
    };
  });
});

it('names an entry that was made unreadable before it could be linked', async () => {
  const db = openDatabase(':memory:');
  const audit = openAuditLog(db);
  const at = '2026-03-02T00:00:00.000Z';
  await audit.append({ id: 'e1', log: 'audit', at, actorId: null, action: 'a', subject: 's', payload: {} });
  db.exec("UPDATE audit_entry SET at = 'never'");
  await expect(audit.linkPending(1, 10)).rejects.toThrow(Permanent);
  await expect(audit.linkPending(1, 10)).rejects.toThrow(/entry e1 /);
  expect(await audit.countUnlinked('audit')).toBe(1);
  db.close();
});
