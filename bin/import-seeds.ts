import { readSeeds } from '../config/seeds.ts';
import { importSeeds } from '../pipeline/commands/import-seeds.ts';
import type { Context } from '../pipeline/context.ts';
import { seedFallbackDir } from './open-context.ts';

const say = (line: string) => void process.stderr.write(`${line}\n`);

/** Reads the seed files before anything else: a wrong one stops the command, with nothing changed. */
export async function bringInSeeds(context: Context): Promise<void> {
  const imports = await importSeeds(readSeeds(context.config.seedDir, seedFallbackDir), context);
  for (const { kind, outcome, version } of imports) {
    if (outcome === 'imported') say(`${kind}: imported as settings version ${version}`);
    if (outcome === 'kept') say(`${kind}: changed in the office since; the seed file is left aside`);
  }
}
