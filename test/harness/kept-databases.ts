import { MongoClient } from 'mongodb';

/** Of one run of the tests: its worker processes have one parent. */
export const keptPrefix = (runPid: number) => `guanlan_test_run_${runPid}_`;

/** Drops what the workers of a run kept. */
export async function dropKeptDatabases(uri: string, runPid: number): Promise<void> {
  const client = new MongoClient(uri);
  try {
    const { databases } = await client.db().admin().listDatabases({ nameOnly: true });
    const ofRun = databases.filter(({ name }) => name.startsWith(keptPrefix(runPid)));
    for (const { name } of ofRun) await client.db(name).dropDatabase();
  } finally {
    await client.close();
  }
}
