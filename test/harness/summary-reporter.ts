import { mkdirSync, writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** Leaves "passed failed skipped" in test-results/summary.txt; a file that could not run counts as a failure. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      let tests = 0;
      for (const test of module.children.allTests()) {
        tests += 1;
        const { state } = test.result();
        counts[state === 'pending' ? 'skipped' : state] += 1;
      }
      if (module.state() === 'failed' && (tests === 0 || module.errors().length > 0)) counts.failed += 1;
    }
    mkdirSync('test-results', { recursive: true });
    writeFileSync('test-results/summary.txt', `${counts.passed} ${counts.failed} ${counts.skipped}\n`);
  }
}
