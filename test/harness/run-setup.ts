import { removeBuiltDashboards } from './built-dashboards.ts';

/** Around a whole run of the tests: what its files share goes when it is over. */
export function teardown(): void {
  removeBuiltDashboards(process.pid);
}
