import { openMongoCaseStore } from '../../pipeline/adapters/mongo/case-store.ts';
import { openMongo } from '../../pipeline/adapters/mongo/connection.ts';
import { openCaseStore } from '../../pipeline/adapters/sqlite/case-store.ts';
import { openDatabase } from '../../pipeline/adapters/sqlite/database.ts';
import { systemClock } from '../../pipeline/adapters/system-clock.ts';
import type { DecisionCommand } from '../../pipeline/domain/decision.ts';
import { reviewer } from '../builders/case.ts';

/** What the process is told: which store, which decision, and before which of its steps it dies. */
export interface DecisionProcessInput {
  store: { kind: 'sqlite'; path: string } | { kind: 'mongo'; uri: string; dbName: string };
  command: DecisionCommand;
  at: string;
  /** The statement or command, counted from 1 within the decision, at which the process kills itself. */
  dieAtStep: number;
}

/** As `kill -9` from outside, at an exact place: no handler runs, nothing is flushed. */
function dieAt(step: number): () => void {
  let seen = 0;
  return () => {
    seen += 1;
    if (seen === step) process.kill(process.pid, 'SIGKILL');
  };
}

async function openStore(input: DecisionProcessInput, onStep: () => void) {
  let armed = false;
  const arm = () => {
    armed = true;
  };
  const step = () => {
    if (armed) onStep();
  };
  if (input.store.kind === 'sqlite') {
    const db = openDatabase(input.store.path, { onStatement: step });
    return { store: openCaseStore(db, systemClock), arm };
  }
  const connection = await openMongo(input.store.uri, input.store.dbName);
  connection.client.on('commandStarted', step);
  connection.client.on('commandSucceeded', step);
  return { store: openMongoCaseStore(connection, systemClock), arm };
}

const input = JSON.parse(process.argv[2] ?? '') as DecisionProcessInput;
const { store, arm } = await openStore(input, dieAt(input.dieAtStep));
arm();
await store.recordDecision(input.command, reviewer, input.at);
// Reached only when the decision has fewer steps than asked for: the parent then knows that it has seen them all.
process.stdout.write('survived');
process.exit(0);
