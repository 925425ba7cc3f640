import { describe } from 'vitest';
import { objectionListContract } from '../../../test/contracts/objection-list.contract.ts';
import { openSqliteFile } from '../../../test/harness/sqlite-files.ts';
import { openAuditLog } from './audit-log.ts';
import { openObjectionList } from './objection-list.ts';

describe('the SQLite list of objections keeps the objection list contract', () => {
  objectionListContract(async () => {
    const file = openSqliteFile();
    const db = file.connect();
    return { objections: openObjectionList(db), audit: openAuditLog(db), close: async () => file.close() };
  });
});
