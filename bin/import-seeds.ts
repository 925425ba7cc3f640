import { readSeeds, type Seeds } from '../config/seeds.ts';
import { findInvalidSelector } from '../crawlers/sources/site/selectors.ts';
import { importSeeds } from '../pipeline/commands/import-seeds.ts';
import type { Context } from '../pipeline/context.ts';
import { InvalidInput } from '../pipeline/domain/errors.ts';
import { seedFallbackDir } from './open-context.ts';
import { withRuleFiles } from './rule-report.ts';

const say = (line: string) => void process.stderr.write(`${line}\n`);

/**
 * The seeds of this deployment, with what only the crawler can check.
 * @throws InvalidInput for the first thing that is wrong
 */
export function readCheckedSeeds(seedDir: string): Seeds {
  const seeds = readSeeds(seedDir, seedFallbackDir);
  for (const channel of seeds.channels.body) {
    const invalid = channel.kind === 'site' ? findInvalidSelector(channel.selectors) : null;
    if (invalid === null) continue;
    const field = `channels.${channel.id}.selectors.${invalid.field}`;
    throw new InvalidInput(field, `channels.yaml: ${field}: "${invalid.selector}" is not a CSS selector`);
  }
  return seeds;
}

/** Reads the seed files before anything else: a wrong one stops the command, with nothing changed. */
export async function bringInSeeds(context: Context): Promise<void> {
  const { seedDir } = context.config;
  const imports = await withRuleFiles({ seedDir, fallbackDir: seedFallbackDir }, () =>
    importSeeds(readCheckedSeeds(seedDir), context),
  );
  for (const { kind, outcome, version } of imports) {
    if (outcome === 'imported') say(`${kind}: imported as settings version ${version}`);
    if (outcome === 'kept') say(`${kind}: changed in the office since; the seed file is left aside`);
  }
}
