/** A line past the test runner, so that a long test shows where it is and a failed one can be repeated by its seed. */
export function reportProgress(line: string): void {
  process.stdout.write(`  ${line}\n`);
}
