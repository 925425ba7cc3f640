import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { textsOfPages } from './dashboards/texts-of-pages.ts';

/** The faults take minutes: begun last, they would run alone while the other workers have nothing to do. */
class FaultsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isFault = ({ moduleId }: TestSpecification) => moduleId.includes('/test/faults/');
    const sorted = await super.sort(files);
    return [...sorted.filter(isFault), ...sorted.filter((file) => !isFault(file))];
  }
}

export default defineConfig({
  plugins: [textsOfPages()],
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules', 'dist', 'data'],
    // nodejieba aborts a process whose thread is ended inside `cut`: child processes end cleanly.
    pool: 'forks',
    // Loading the program and its dictionaries anew takes longer than most files: those of a worker share them.
    isolate: false,
    // Of two cores: what waits for servers, browsers and clocks leaves them half of the time (9 GB at most for all four).
    maxWorkers: 4,
    // Longer than a transaction is begun anew (adapters/mongo/connection.ts): a busy server is not a failed test.
    testTimeout: 45_000,
    // What a page or a worker shows in its own time is waited for.
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 60_000,
    globalSetup: './test/harness/run-setup.ts',
    sequence: { sequencer: FaultsFirst },
    reporters: ['default', './test/harness/summary-reporter.ts'],
  },
});
