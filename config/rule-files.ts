import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseSeedFile } from './seed-file.ts';

/** One rule as a file has it. */
export interface FiledRule {
  /** Not looked at yet. */
  raw: unknown;
  /** The file's name below the configuration folder. */
  file: string;
  /** @returns where this field stands, or the rule where it has no such field: `lexicons/fraud/fraud.yaml:12` */
  where(field: string): string;
}

const RawRulesFile = z.strictObject({ rules: z.array(z.unknown()) });

/** A deployment's own rules, or those that come with the program. Null where there are none. */
export function findLexicons(seedDir: string, fallbackDir: string): string | null {
  const own = join(seedDir, 'lexicons');
  const folder = existsSync(own) ? own : join(fallbackDir, 'lexicons');
  return existsSync(folder) ? folder : null;
}

/** The YAML files below the folder, by name. */
export function listRuleFiles(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.yaml')).sort();
}

/** One file of rules, each as it stands there. @throws InvalidSeed for what is no YAML or no list of rules */
export function readRuleFile(path: string, name: string): FiledRule[] {
  const file = parseSeedFile(path, name, RawRulesFile);
  return file.body.rules.map((raw, index) => ({
    raw,
    file: name,
    where: (field) => `${name}:${file.lineOf(['rules', index, ...pathOf(field)])}`,
  }));
}

/** A number in a path is a place in a list. */
function pathOf(field: string): (string | number)[] {
  return field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** All rules of a folder, file by file. */
export function readRuleFiles(folder: string): FiledRule[] {
  return listRuleFiles(folder).flatMap((name) => readRuleFile(join(folder, name), join('lexicons', name)));
}
