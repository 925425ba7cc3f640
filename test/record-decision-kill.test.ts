import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseCollections } from '../pipeline/adapters/mongo/case-documents.ts';
import { openMongoCaseStore } from '../pipeline/adapters/mongo/case-store.ts';
import { openCaseStore } from '../pipeline/adapters/sqlite/case-store.ts';
import { openDatabase, type SqliteDatabase } from '../pipeline/adapters/sqlite/database.ts';
import type { Case } from '../pipeline/domain/case.ts';
import type { CaseStore } from '../pipeline/ports/case-store.ts';
import { buildCase, buildDecisionCommand, reviewer } from './builders/case.ts';
import type { CaseEvidence } from './contracts/case-store.contract.ts';
import { findBuiltProcess } from './harness/built-program.ts';
import type { DecisionProcessInput } from './harness/decision-process.ts';
import { FakeClock } from './harness/fake-clock.ts';
import { countMongoEvidence, seedMongoCase } from './harness/mongo-case-fixture.ts';
import { useMongoTestDatabase } from './harness/mongo-database.ts';
import { describeWithMongo } from './harness/services.ts';
import { countSqliteEvidence, seedSqliteCase } from './harness/sqlite-case-fixture.ts';

const nothing: CaseEvidence = { events: 0, notes: 0, auditEntries: 0, outboxEntries: 0 };
const whole: CaseEvidence = { events: 1, notes: 1, auditEntries: 1, outboxEntries: 1 };
const maxSteps = 60;

interface Ground {
  where: DecisionProcessInput['store'];
  store: CaseStore;
  seed(one: Case): Promise<void>;
  countEvidence(caseId: string): Promise<CaseEvidence>;
}

/** Kills a deciding process before every one of its steps in turn, then repeats the command as a client would. */
async function killAtEveryStep(
  ground: Ground,
  steps: number[],
): Promise<{ outcomes: string[]; survived: boolean }> {
  const clock = new FakeClock();
  const outcomes: string[] = [];
  for (const dieAtStep of steps) {
    const one = buildCase({ id: clock.newId() });
    await ground.seed(one);
    const command = buildDecisionCommand({ commandId: clock.newId(), caseId: one.id, note: '已电话核实' });
    const input: DecisionProcessInput = { store: ground.where, command, at: clock.now(), dieAtStep };
    const run = spawnSync(process.execPath, [findBuiltProcess('decision-process'), JSON.stringify(input)], {
      encoding: 'utf8',
    });
    if (run.stdout === 'survived') return { outcomes, survived: true };
    expect(run.signal, run.stderr).toBe('SIGKILL');

    const left = await ground.countEvidence(one.id);
    expect([nothing, whole], `after dying at step ${dieAtStep}`).toContainEqual(left);
    const retried = await ground.store.recordDecision(command, reviewer, clock.now());
    expect(retried.repeated).toBe(left.events === 1);
    expect(retried.case).toMatchObject({ state: 'decided', version: 2, decisionId: command.commandId });
    expect(await ground.countEvidence(one.id)).toEqual(whole);
    outcomes.push(left.events === 1 ? 'whole' : 'nothing');
  }
  return { outcomes, survived: false };
}

describe('a decision cut off by kill -9 on SQLite', () => {
  let folder: string;
  let db: SqliteDatabase;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'guanlan-kill-'));
    db = openDatabase(join(folder, 'guanlan.db'));
  });
  afterAll(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });

  it('is whole or not there, at every statement, and can be sent again', { timeout: 120_000 }, async () => {
    const ground: Ground = {
      where: { kind: 'sqlite', path: join(folder, 'guanlan.db') },
      store: openCaseStore(db, new FakeClock()),
      seed: async (one) => seedSqliteCase(db, one),
      countEvidence: async (caseId) => countSqliteEvidence(db, caseId),
    };
    const everyStep = Array.from({ length: maxSteps }, (_, index) => index + 1);
    const { outcomes, survived } = await killAtEveryStep(ground, everyStep);
    expect(survived, 'every statement was tried').toBe(true);
    expect(outcomes.length).toBeGreaterThan(8);
    expect(outcomes).toContain('nothing');
  });
});

describeWithMongo('a decision cut off by kill -9 on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);

  it('is whole or not there, at every command and reply, and can be sent again', {
    timeout: 180_000,
  }, async () => {
    const at = caseCollections(database().db);
    const ground: Ground = {
      where: { kind: 'mongo', uri, dbName: database().name },
      store: openMongoCaseStore(database(), new FakeClock()),
      seed: (one) => seedMongoCase(at, one),
      countEvidence: (caseId) => countMongoEvidence(at, caseId),
    };
    const everyStep = Array.from({ length: maxSteps }, (_, index) => index + 1);
    const { outcomes, survived } = await killAtEveryStep(ground, everyStep);
    expect(survived, 'every command was tried').toBe(true);
    expect(outcomes.length).toBeGreaterThan(8);
    expect(outcomes).toContain('nothing');
    expect(outcomes, 'dying after the commit leaves it whole').toContain('whole');
  });
});
