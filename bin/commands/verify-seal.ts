import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { buildOfflineHands } from '../../pipeline/adapters/seal-signer.ts';
import { readSealed, type SealedPorts, type SealedReading } from '../../pipeline/commands/read-sealed.ts';
import { listSealedDrafts } from '../../pipeline/commands/sealed-drafts.ts';
import type { Draft } from '../../pipeline/domain/draft.ts';
import { InvalidInput, NotFound } from '../../pipeline/domain/errors.ts';
import { SealedFile, type SealVerdict, verifySeal } from '../../pipeline/domain/seal.ts';
import { processTerminal, type Terminal } from '../terminal.ts';

export interface VerifySealContext extends SealedPorts {
  close(): Promise<void>;
}

interface Options {
  all?: true;
  file?: string;
  key?: string;
  export?: string;
}

const meanings: Record<SealVerdict['state'], string> = {
  valid: 'valid',
  changed: 'not what was sealed',
  forged: 'the record of the seal was tampered with, or is not signed by its key',
  'unknown-key': 'sealed with a key that is not in the folder of keys',
  'unknown-form': 'sealed in a form that this program does not know',
};
/** 1: something is wrong. 2: it cannot be told. */
const exitCodes: Record<SealVerdict['state'], number> = {
  ...{ valid: 0, changed: 1, forged: 1, 'unknown-key': 2, 'unknown-form': 2 },
};

/** `guanlan verify-seal`: beside a running service, or of a file alone. Exits 1 when a seal does not hold, 2 when it cannot be told. */
export function buildVerifySealCommand(
  openContext: () => Promise<VerifySealContext>,
  terminal: Pick<Terminal, 'print'> = processTerminal,
): Command {
  return new Command('verify-seal')
    .description(
      'check that approved drafts are what was sealed; one JSON object a seal, naming every part that differs',
    )
    .argument('[draft...]', 'ids or numbers of drafts')
    .option('--all', 'every seal of every draft, those included that no longer hold')
    .option('--file <path>', 'an exported seal with what it covers, checked without the store')
    .option('--key <path>', 'with --file: the public key, PEM; without it the folder of keys is asked')
    .option('--export <path>', 'write the seal of the one draft named, with what it covers')
    .action(async (names: string[], options: Options) => {
      const worst =
        options.file === undefined
          ? await verifyStored(openContext, { names, options, terminal })
          : await verifyFile(openContext, options.file, { key: options.key, terminal });
      if (worst > 0) process.exitCode = worst;
    });
}

function tell(terminal: Pick<Terminal, 'print'>, file: SealedFile, { state, parts }: SealVerdict): number {
  const { draftId, number, seal } = file;
  const { kid, version, at, digest } = seal;
  terminal.print(
    JSON.stringify({
      draftId,
      number,
      version,
      sealedAt: at,
      kid,
      digest,
      state,
      parts,
      says: meanings[state],
    }),
  );
  return exitCodes[state];
}

/** What is wrong weighs more than what cannot be told. */
const worse = (a: number, b: number) => (a === 1 || b === 1 ? 1 : Math.max(a, b));

async function verifyStored(
  openContext: () => Promise<VerifySealContext>,
  { names, options, terminal }: { names: string[]; options: Options; terminal: Pick<Terminal, 'print'> },
): Promise<number> {
  if (names.length === 0 && options.all !== true)
    throw new InvalidInput('draft', 'name drafts by id or number, or say --all, or --file');
  if (options.export !== undefined && names.length !== 1)
    throw new InvalidInput('export', '--export takes exactly one draft');
  const context = await openContext();
  try {
    let worst = 0;
    for await (const reading of readings(context, names, options)) {
      worst = worse(worst, tell(terminal, reading.file, reading.verdict));
      if (options.export !== undefined)
        writeFileSync(options.export, `${JSON.stringify(reading.file, null, 1)}\n`, { mode: 0o600 });
    }
    return worst;
  } finally {
    await context.close();
  }
}

async function* readings(
  context: VerifySealContext,
  names: readonly string[],
  { all }: Options,
): AsyncGenerator<SealedReading> {
  const named = await Promise.all(names.map((name) => getDraft(context, name)));
  const drafts =
    named.length > 0 ? named : listSealedDrafts(context.stores, { channelId: null, changedSince: null });
  for await (const draft of drafts) {
    const kept = await context.stores.drafts.listSeals(draft.id);
    const asked = all === true ? kept : kept.slice(-1);
    if (asked.length === 0) throw new NotFound(`draft ${draft.number ?? draft.id} was never sealed`);
    for (const { seal } of asked) yield await readSealed(draft, seal, context);
  }
}

async function getDraft({ stores }: VerifySealContext, name: string): Promise<Draft> {
  const sight = { units: 'all', personIds: [] } as const;
  const draft = (await stores.drafts.find(name, sight)) ?? (await stores.drafts.findByNumber(name, sight));
  if (draft === null) throw new NotFound(`no draft has the id or number ${name}`);
  return draft;
}

async function verifyFile(
  openContext: () => Promise<VerifySealContext>,
  path: string,
  { key, terminal }: { key: string | undefined; terminal: Pick<Terminal, 'print'> },
): Promise<number> {
  const file = readSealedFile(path);
  const matter = { form: file.form, reportDigest: file.reportDigest };
  if (key !== undefined)
    return tell(terminal, file, verifySeal(file.seal, matter, buildOfflineHands(readPublicKey(key))));
  const context = await openContext();
  try {
    return tell(terminal, file, verifySeal(file.seal, matter, context.seal));
  } finally {
    await context.close();
  }
}

function readSealedFile(path: string): SealedFile {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new InvalidInput(
      'file',
      `--file ${path}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const parsed = SealedFile.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InvalidInput('file', `--file ${path}: ${issue?.path.join('.')}: ${issue?.message}`);
}

function readPublicKey(path: string): KeyObject {
  try {
    return createPublicKey(readFileSync(path));
  } catch (error) {
    throw new InvalidInput('key', `--key ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
