import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import {
  checkSetup,
  type FirstPassword,
  importSetup,
  type SetupPorts,
} from '../../pipeline/commands/import-setup.ts';
import { buildSetupTemplate } from '../../pipeline/commands/setup-template.ts';
import { writeCsv } from '../../pipeline/commands/write-csv.ts';
import type { Context } from '../../pipeline/context.ts';
import { InvalidInput } from '../../pipeline/domain/errors.ts';
import type { SectionPlan } from '../../pipeline/domain/setup/plan-section.ts';
import type { SetupPlan } from '../../pipeline/domain/setup/setup-plan.ts';
import { processTerminal, type Terminal } from '../terminal.ts';

export type SetupContext = Pick<Context, 'stores' | 'clock' | 'passwords' | 'tables' | 'close'> & {
  config: Pick<Context['config'], 'signIn'>;
};

interface ImportOptions {
  check?: boolean;
  passwords?: string;
}

const largestFileBytes = 5 * 1024 * 1024;

/** `guanlan setup`: a school from one Excel file. */
export function buildSetupCommand(
  openContext: () => Promise<SetupContext>,
  terminal: Terminal = processTerminal,
): Command {
  const setup = new Command('setup').description(
    'units, people, duty roster and review chains from one Excel file: template, import',
  );
  setup
    .command('template')
    .description('write the workbook to fill in')
    .requiredOption('--out <file>', 'where to; never over a file that is there')
    .action(({ out }: { out: string }) => {
      writeNew(out, buildSetupTemplate());
      terminal.say(`${out} written: fill it in, then: guanlan setup import ${out} --check`);
    });
  setup
    .command('import <file>')
    .description('bring in a filled workbook or CSV, all of it or nothing; twice changes nothing')
    .option('--check', 'say what would change and what is wrong, and write no part of the file')
    .option('--passwords <file>', 'where the first passwords of new accounts go, as CSV')
    .action(async (file: string, options: ImportOptions) => {
      const context = await openContext();
      try {
        await runImport(file, options, { context, terminal });
      } finally {
        await context.close();
      }
    });
  return setup;
}

interface Scene {
  context: SetupContext;
  terminal: Terminal;
}

function portsOf({ stores, clock, passwords, tables, config }: SetupContext): SetupPorts {
  const { cas, oidc, wecom } = config.signIn;
  const doors = [
    ...(cas === null ? [] : (['cas'] as const)),
    ...(oidc === null ? [] : (['oidc'] as const)),
    ...(wecom === null ? [] : (['wecom'] as const)),
  ];
  return { stores, clock, passwords, tables, doors };
}

/** @throws InvalidInput when the file has a problem; each was told before */
async function runImport(path: string, options: ImportOptions, { context, terminal }: Scene): Promise<void> {
  const file = { name: basename(path), bytes: readUpload(path) };
  const ports = portsOf(context);
  const { plan, digest, isUnchanged } = await checkSetup(file, null, ports);
  if (plan.problems.length > 0) {
    tellPlan(plan, terminal);
    throw new InvalidInput('file', `${plan.problems.length} problems: no part of the file was imported.`);
  }
  if (options.check === true) {
    tellPlan(plan, terminal);
    terminal.say(
      isUnchanged
        ? 'Nothing would change.'
        : 'No part of the file was written: leave out --check to import it.',
    );
    return;
  }
  const needed = plan.people?.add.filter(({ needsPassword }) => needsPassword).length ?? 0;
  // Refused before a line that reads as if it had been done.
  const out = assertPlace(options.passwords, needed);
  tellPlan(plan, terminal);
  const onProgress = (done: number, total: number) => {
    if (done % 20 === 0 || done === total) terminal.say(`accounts: ${done} of ${total}`);
  };
  const request = { file, digest, commandId: randomUUID(), onProgress };
  const { counts, firstPasswords } = await importSetup(request, null, ports).catch((error: unknown) => {
    if (out !== null) rmSync(out);
    throw error;
  });
  terminal.print(JSON.stringify(counts));
  if (out !== null) tellPasswords(out, firstPasswords, terminal);
}

/** Before anything is written: passwords that could be kept nowhere would be lost. */
function assertPlace(path: string | undefined, needed: number): string | null {
  if (needed === 0) return null;
  if (path === undefined)
    throw new InvalidInput(
      'passwords',
      `${needed} new accounts get a first password: say where to, with --passwords FILE.csv.`,
    );
  writeNew(path, '');
  return path;
}

function tellPasswords(path: string, firstPasswords: readonly FirstPassword[], terminal: Terminal): void {
  const rows = firstPasswords.map(({ login, name, password }) => [login, name, password]);
  writeFileSync(path, writeCsv([['账号', '姓名', '初始密码'], ...rows]), { mode: 0o600 });
  terminal.say(`${path}: first passwords; hand them over in person, then delete the file.`);
  terminal.say('Each must be changed at the first sign-in.');
}

function writeNew(path: string, content: Uint8Array | string): void {
  if (existsSync(path)) throw new InvalidInput('file', `${path} is there already; choose another name.`);
  writeFileSync(path, content, { mode: 0o600, flag: 'wx' });
}

function readUpload(path: string): Uint8Array {
  try {
    if (statSync(path).size > largestFileBytes)
      throw new InvalidInput('file', `${path} is larger than 5 MB.`);
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    if (error instanceof InvalidInput) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new InvalidInput('file', `The file ${path} cannot be read (${code}).`);
  }
}

const kinds = ['units', 'people', 'roster', 'chains'] as const;

/** Tab-separated, a line each: what would come, change and go, and what is wrong. */
function tellPlan(plan: SetupPlan, terminal: Terminal): void {
  for (const kind of kinds) {
    const section = plan[kind]?.section;
    if (section === undefined) continue;
    tellSection(kind, section, terminal);
  }
  for (const notice of plan.notices) terminal.say(`note: ${notice}`);
  for (const { sheet, row, column, message, hint } of plan.problems)
    terminal.print(['problem', sheet, row ?? '', column ?? '', message, hint].join('\t'));
}

function tellSection(kind: string, section: SectionPlan, terminal: Terminal): void {
  for (const move of ['added', 'changed', 'removed'] as const)
    for (const { label, details } of section[move])
      terminal.print([kind, move, label, details.join('；')].join('\t'));
  terminal.say(`${kind}: ${section.unchanged} unchanged`);
  if (section.missing.length > 0)
    terminal.say(`${kind}: not in the file, and left as they are: ${section.missing.join('、')}`);
}
