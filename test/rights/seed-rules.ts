import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { LexiconRule } from '../../pipeline/domain/rule.ts';

const folder = join(import.meta.dirname, '../../config/lexicons');

/** The rules as they are shipped. */
export function readSeedRules(): LexiconRule[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => {
      const body: unknown = parse(readFileSync(join(folder, file), 'utf8'));
      return z.object({ rules: z.array(LexiconRule) }).parse(body).rules;
    });
}
