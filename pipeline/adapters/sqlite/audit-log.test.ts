import { describe } from 'vitest';
import { auditLogContract } from '../../../test/contracts/audit-log.contract.ts';
import { openSqliteFile } from '../../../test/harness/sqlite-files.ts';
import { openAuditLog } from './audit-log.ts';

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
