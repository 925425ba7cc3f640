import { removeBuiltDashboards } from './built-dashboards.ts';
import { removeBuiltProgram } from './built-program.ts';
import { dropKeptDatabases } from './kept-databases.ts';

/** Around a whole run of the tests: what its files share goes when it is over. */
export async function teardown(): Promise<void> {
  removeBuiltDashboards(process.pid);
  removeBuiltProgram(process.pid);
  const { MONGODB_URI } = process.env;
  if (MONGODB_URI !== undefined) await dropKeptDatabases(MONGODB_URI, process.pid);
}
