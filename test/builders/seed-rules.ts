import { join } from 'node:path';
import { readSeeds } from '../../config/seeds.ts';
import type { LexiconRule } from '../../pipeline/domain/rule.ts';

const configDir = join(import.meta.dirname, '../../config');

/** The rules as they are shipped. */
export function readSeedRules(): LexiconRule[] {
  return readSeeds(configDir, configDir).rules.body;
}
