import { describe, expect, it } from 'vitest';
import { readLogContract } from '../../../test/contracts/read-log.contract.ts';
import { openDatabase } from './database.ts';
import { openReadLog } from './read-log.ts';

describe('the SQLite read log keeps the read log contract', () => {
  readLogContract(async () => {
    const db = openDatabase(':memory:');
    return {
      reads: openReadLog(db),
      close: async () => {
        db.close();
      },
    };
  });
});

describe('the SQLite read log', () => {
  const read = {
    id: 'r1',
    at: '2026-03-02T00:00:00.000Z',
    actorId: 'u1',
    caseId: 'c1',
    postId: 'main-site:article:1',
    textVersion: 1,
    purpose: 'case.read',
  };

  it('waits for the disk at a reading, and only then', async () => {
    const statements: string[] = [];
    const db = openDatabase(':memory:', { onStatement: (sql) => statements.push(sql) });
    statements.length = 0;
    await openReadLog(db).record(read);
    const at = (part: string) => statements.findIndex((sql) => sql.includes(part));
    expect(at('synchronous = FULL')).toBe(0);
    expect(at('INSERT INTO audit_entry')).toBeGreaterThan(0);
    expect(at('COMMIT')).toBeGreaterThan(at('INSERT INTO audit_entry'));
    expect(at('synchronous = NORMAL')).toBeGreaterThan(at('COMMIT'));
    await expect(openReadLog(db).record({ ...read, actorId: 'u2' })).rejects.toThrow(/already stands/);
    expect(db.pragma('synchronous', { simple: true })).toBe(1);
    db.close();
  });

  it('still tells who read which text after the payload was erased', async () => {
    const db = openDatabase(':memory:');
    await openReadLog(db).record(read);
    db.exec('DELETE FROM audit_payload');
    expect((await openReadLog(db).list({ cursor: null, limit: 5 })).items).toEqual([
      { ...read, caseId: null, purpose: '' },
    ]);
    db.close();
  });
});
