import { builtDashboards } from './built-dashboards.ts';
import { builtProgram } from './built-program.ts';
import { dropKeptDatabases } from './kept-databases.ts';

const sharedFolders = [builtDashboards, builtProgram];

/** Before a whole run of the tests: what a killed run left that had the number of this one would be taken for its own. */
export function setup(): void {
  for (const folder of sharedFolders) folder.clear(process.pid);
}

/** After it: what its files share goes. */
export async function teardown(): Promise<void> {
  for (const folder of sharedFolders) folder.clear(process.pid);
  const { MONGODB_URI } = process.env;
  if (MONGODB_URI !== undefined) await dropKeptDatabases(MONGODB_URI, process.pid);
}
