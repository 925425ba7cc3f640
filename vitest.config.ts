import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { textsOfPages } from './dashboards/texts-of-pages.ts';

/** So many other files are begun between two of the faults. */
const filesBetweenFaults = 12;

/**
 * The faults take minutes, and wait for most of them: begun last, one would run alone while the other workers have nothing to
 * do; begun together, they leave the cores idle.
 */
class SpacedFaults extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const faults = sorted.filter(({ moduleId }) => moduleId.includes('/test/faults/'));
    const others = sorted.filter((file) => !faults.includes(file));
    const spaced = faults.flatMap((fault) => [fault, ...others.splice(0, filesBetweenFaults)]);
    return [...spaced, ...others];
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
    sequence: { sequencer: SpacedFaults },
    reporters: ['default', './test/harness/summary-reporter.ts'],
  },
});
