import { extname, resolve } from 'node:path';
import { Argument, Command } from 'commander';
import { workbookWriter } from '../../pipeline/adapters/workbook-writer.ts';
import { listCasesOfTopic } from '../../pipeline/commands/cases-of-topic.ts';
import { previewBrief } from '../../pipeline/commands/create-brief.ts';
import { buildLedger } from '../../pipeline/commands/export-ledger.ts';
import { findIssue } from '../../pipeline/commands/find-issue.ts';
import { noteExport } from '../../pipeline/commands/note-export.ts';
import { printBrief } from '../../pipeline/commands/print-brief.ts';
import { refreshRollups } from '../../pipeline/commands/refresh-rollups.ts';
import type { Context } from '../../pipeline/context.ts';
import { BriefKind, type BriefPeriod, type BriefSubject } from '../../pipeline/domain/brief.ts';
import type { PrintableBrief } from '../../pipeline/domain/brief-document.ts';
import { InvalidInput } from '../../pipeline/domain/errors.ts';
import { rollupLayout } from '../../pipeline/domain/rollup.ts';
import {
  type DocumentPrinter,
  type PrintedFormat,
  printedFormats,
} from '../../pipeline/ports/document-printer.ts';
import { parseDay } from '../day-option.ts';
import { type StopWatch, watchStopSignals } from '../stop-signals.ts';
import { assertFree, writeNewFile } from '../write-new-file.ts';
import { choosePeriod } from './report-period.ts';

export type ReportContext = Pick<Context, 'stores' | 'clock' | 'calendar' | 'config' | 'close'> & {
  printer: DocumentPrinter;
};

export interface ReportTerminal {
  /** Everything but the file: stderr. */
  say(line: string): void;
  /** Where progress is shown; null where nobody watches. */
  progress: ((line: string) => void) | null;
}

const processTerminal: ReportTerminal = {
  say: (line) => void process.stderr.write(`${line}\n`),
  progress: process.stderr.isTTY ? (line) => void process.stderr.write(`\r\x1b[K${line}`) : null,
};

interface Options {
  out: string;
  day?: string;
  from?: string;
  topic?: string;
  case?: string[];
  draft?: true;
  force?: true;
}

interface Order extends Options {
  kind: BriefKind;
  as: PrintedFormat | 'xlsx';
}

interface Work {
  context: ReportContext;
  terminal: ReportTerminal;
  signal: AbortSignal;
}

/** @throws InvalidInput (`out`) */
function formatOf(out: string): Order['as'] {
  const ending = extname(out).slice(1).toLowerCase();
  const found = [...printedFormats, 'xlsx' as const].find((one) => one === ending);
  if (found !== undefined) return found;
  throw new InvalidInput('out', `--out ${out}: name a file that ends in .docx, .pdf, .html or .xlsx.`);
}

/** @throws InvalidInput for options that do not go together */
function readOrder(kind: BriefKind, options: Options): Order {
  const { topic, case: cases } = options;
  const as = formatOf(options.out);
  if (topic !== undefined && cases !== undefined)
    throw new InvalidInput('topic', '--topic or --case: one of them.');
  const isAbout = topic !== undefined || cases !== undefined;
  if (isAbout && (kind !== 'special' || as === 'xlsx'))
    throw new InvalidInput('topic', '--topic and --case are for a special one in .docx, .pdf or .html.');
  if (kind === 'special' && !isAbout && as !== 'xlsx')
    throw new InvalidInput('topic', 'what is it about? Name a --topic, or one or more --case.');
  const out = resolve(options.out);
  assertFree(out, options.force === true);
  return { ...options, out, kind, as };
}

async function findSubject({ topic, case: cases }: Order, { context }: Work): Promise<BriefSubject | null> {
  if (cases !== undefined) return { kind: 'cases', caseIds: cases };
  if (topic === undefined) return null;
  return { kind: 'cases', caseIds: await listCasesOfTopic(topic, context.stores) };
}

const changesAtOnce = 500;

/** What has changed since the last count is counted first; the service does the same every few seconds. */
async function refresh({ context, terminal, signal }: Work): Promise<void> {
  // After an update all is counted anew, whether or not a service runs.
  if ((await context.stores.rollups.readLayout()) < rollupLayout) await refreshRollups(context, signal);
  let counted = 0;
  for (;;) {
    signal.throwIfAborted();
    const looked = await context.stores.rollups.refresh(changesAtOnce);
    if (looked === 0) return;
    counted += looked;
    terminal.progress?.(`counting what has changed: ${counted}`);
  }
}

const unapproved: Omit<PrintableBrief, 'facts'> = {
  ...{ id: null, state: 'draft', number: null, hash: null, words: {} },
  ...{ wordsBy: null, submittedBy: null, submittedAt: null, approvedBy: null, approvedAt: null },
};

async function findPrintable(order: Order, period: BriefPeriod, work: Work): Promise<PrintableBrief> {
  const { context, terminal, signal } = work;
  const wish = { kind: order.kind, period, subject: await findSubject(order, work) };
  const issue = order.draft === true ? null : await findIssue(wish, context.stores);
  if (issue !== null) {
    terminal.say(`the approved issue ${issue.number ?? issue.id}, as archived (SHA-256 ${issue.hash})`);
    return issue;
  }
  terminal.progress?.('counting the period');
  const { facts } = await previewBrief({ ...wish, days: null }, context);
  signal.throwIfAborted();
  terminal.say(`no approved issue ${order.draft === true ? 'asked for' : 'of this period'}: marked 未经审定`);
  return { ...unapproved, facts };
}

async function writeBrief(order: Order, period: BriefPeriod, work: Work): Promise<void> {
  const { context, terminal, signal } = work;
  if (order.as === 'xlsx') return;
  const brief = await findPrintable(order, period, work);
  terminal.progress?.(`writing ${order.as}`);
  const { publicOrigin, basePath } = context.config.http;
  const address = publicOrigin === null ? null : `${publicOrigin}${basePath}`;
  const bytes = await printBrief(brief, { as: order.as, address }, context);
  signal.throwIfAborted();
  await writeNewFile(order.out, [bytes], order.force === true);
  const subject = brief.id ?? `${order.kind}/${period.fromDay}/${period.toDay}`;
  const payload = { as: order.as, hash: brief.hash, by: 'command line' };
  await noteExport({ actorId: null, action: 'brief.exported', subject, payload }, context);
}

/** A shell has no role of the table: it gets what every role of the office may see in full. */
const ledgerClasses = ['open'] as const;

async function writeLedger(order: Order, period: BriefPeriod, work: Work): Promise<void> {
  const { context, terminal, signal } = work;
  let rows = 0;
  const onProgress = (count: number) => {
    rows = count;
    terminal.progress?.(`cases written: ${count}`);
  };
  const sheets = buildLedger({ period, accessClasses: ledgerClasses, onProgress, signal }, context);
  await writeNewFile(order.out, workbookWriter.write(sheets), order.force === true);
  const subject = `${period.fromDay}/${period.toDay}`;
  const payload = { rows, by: 'command line' };
  await noteExport({ actorId: null, action: 'ledger.exported', subject, payload }, context);
}

async function report(order: Order, work: Work): Promise<void> {
  const { context } = work;
  const { kind, day = null, from = null } = order;
  const { briefs } = await context.stores.settings.read();
  const everyDay = briefs.kinds[kind].time.days === 'every';
  const known = { now: context.clock.now(), calendar: await context.calendar.read(), everyDay };
  const period = choosePeriod({ kind, day, from }, known);
  await refresh(work);
  if (order.as === 'xlsx') await writeLedger(order, period, work);
  else await writeBrief(order, period, work);
}

/** `guanlan report`: beside a running service; nothing is stored but that it was done. */
export function buildReportCommand(
  openContext: (say: (notice: string) => void) => Promise<ReportContext>,
  terminal: ReportTerminal = processTerminal,
  watch: () => StopWatch = watchStopSignals,
): Command {
  return new Command('report')
    .description('write a brief as a file, or the ledger of cases 舆情台账 of its period')
    .addArgument(new Argument('<kind>', 'which brief').choices(BriefKind.options))
    .requiredOption('--out <file>', 'ends in .docx, .pdf, .html, or .xlsx for the ledger of cases')
    .option(
      '--day <day>',
      'that it is about: the day, its week, its month; the last day of a special one',
      parseDay,
    )
    .option('--from <day>', 'the first day of a special one; a week before unless told', parseDay)
    .option('--topic <id>', 'what a special one is about: its newest fifty cases')
    .option('--case <id...>', 'which cases a special one is about')
    .option('--draft', 'count anew and mark it 未经审定, even where an approved issue is archived')
    .option('--force', 'write over a file that is there')
    .action(async (kind: BriefKind, options: Options) => {
      const order = readOrder(kind, options);
      const stop = watch();
      const context = await openContext(terminal.say);
      try {
        await report(order, { context, terminal, signal: stop.signal });
        terminal.progress?.('');
        terminal.say(order.out);
      } catch (error) {
        const exitCode = stop.exitCode();
        if (exitCode === null) throw error;
        terminal.say('stopped; nothing was written');
        process.exitCode = exitCode;
      } finally {
        await context.close();
        stop.release();
      }
    });
}
