import { open } from 'node:fs/promises';
import path from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { openGatherGate } from '../../crawlers/gather-gate.ts';
import { importWechatPages } from '../../crawlers/sources/wechat/import-pages.ts';
import { addressOf } from '../../crawlers/sources/weibo/calls.ts';
import { type ImportedItems, readImportFile } from '../../crawlers/sources/weibo/import-file.ts';
import { type ImportReport, importItems } from '../../crawlers/sources/weibo/import-items.ts';
import type { Context } from '../../pipeline/context.ts';
import type { WechatChannel, WeiboChannel } from '../../pipeline/domain/channel.ts';
import { InvalidInput, NotFound } from '../../pipeline/domain/errors.ts';
import { isRealDay } from '../day-option.ts';
import type { Terminal } from '../terminal.ts';

export type ImportContext = Pick<Context, 'stores' | 'queue' | 'clock' | 'objections' | 'close'>;

interface ImportOptions {
  savedAt?: string;
  status?: string;
}

const largestFileBytes = 256 * 1024 * 1024;

/** `guanlan channel import`: what a person saved of the school's own accounts. */
export function registerImport(
  channel: Command,
  openContext: () => Promise<ImportContext>,
  terminal: Terminal,
): void {
  channel
    .command('import <channel> <file...>')
    .description(
      "bring in files saved of the school's own account; all or nothing. Weibo: JSON, JSON lines, HAR or CSV; WeChat: pages of articles",
    )
    .option('--saved-at <instant>', 'when they were saved, if not at the time of the file', parseInstant)
    .option('--status <id>', 'the status that comments stand under, where a file does not say', parseStatusId)
    .action(async (id: string, files: string[], options: ImportOptions) => {
      const context = await openContext();
      try {
        await importFiles(id, { files, options }, { context, terminal });
      } finally {
        await context.close();
      }
    });
}

interface Scene {
  context: ImportContext;
  terminal: Terminal;
}

/** @throws NotFound, InvalidInput that names file, row and column; then nothing was stored */
async function importFiles(
  id: string,
  { files, options }: { files: readonly string[]; options: ImportOptions },
  { context, terminal }: Scene,
): Promise<void> {
  const channel = await getAccount(id, context);
  if (channel.kind === 'wechat') return importPages(channel, files, { context, terminal });
  const { commentsOff, isObjector } = await openGatherGate(context, channel)();
  const read: ImportedItems[] = [];
  for (const file of files) {
    const { bytes, changedAt } = await readFile(file);
    const fetchedAt = options.savedAt ?? changedAt;
    const url = options.status === undefined ? null : addressOf.hotComments(options.status);
    const parsing = { fetchedAt, url, ownAccount: channel.uid, isObjector };
    read.push(readImportFile({ name: path.basename(file), bytes }, parsing));
  }
  const ports = { store: context, posts: context.stores.posts };
  const report = await importItems(read, { channel, commentsOff, ports });
  tell(report, { commentsOff, terminal });
}

async function importPages(
  channel: WechatChannel,
  files: readonly string[],
  { context, terminal }: Scene,
): Promise<void> {
  const pages = [];
  for (const file of files) pages.push({ name: path.basename(file), bytes: (await readFile(file)).bytes });
  terminal.print(JSON.stringify(await importWechatPages(context, channel, pages)));
}

function tell(
  report: ImportReport,
  { commentsOff, terminal }: { commentsOff: string | null; terminal: Terminal },
): void {
  const { statuses, comments, outcomes, refused, objected } = report;
  terminal.print(
    JSON.stringify({ statuses, comments, ...outcomes, refused, objected, commentsOff: report.commentsOff }),
  );
  if (refused > 0) {
    terminal.say(
      `${refused} left out: of other accounts, or not under a status of this one that is known or comes along.`,
    );
  }
  if (report.commentsOff > 0) terminal.say(`${report.commentsOff} comments left out: ${commentsOff}`);
}

async function readFile(file: string): Promise<{ bytes: Uint8Array; changedAt: string }> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size, mtime } = await handle.stat();
      if (size > largestFileBytes) throw new InvalidInput('file', `${file} is larger than 256 MB.`);
      return { bytes: await handle.readFile(), changedAt: mtime.toISOString() };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof InvalidInput) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new InvalidInput('file', `The file ${file} cannot be read (${code}).`);
  }
}

async function getAccount(id: string, { stores }: ImportContext): Promise<WeiboChannel | WechatChannel> {
  const channel = (await stores.settings.read()).channels.find((one) => one.id === id);
  if (channel === undefined) throw new NotFound(`There is no channel "${id}".`);
  if (channel.kind === 'weibo' || channel.kind === 'wechat') return channel;
  throw new InvalidInput('channel', `"${id}" is no account of Weibo or WeChat.`);
}

/** Without a zone it is a clock in Shanghai, wherever this machine stands. */
function parseInstant(value: string): string {
  const [, day, time = 'T00:00', zone = '+08:00'] =
    /^(\d{4}-\d{2}-\d{2})([T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|[+-]\d{2}:\d{2})?$/.exec(value) ?? [];
  const at =
    day === undefined || !isRealDay(day) ? Number.NaN : Date.parse(`${day}${time.replace(' ', 'T')}${zone}`);
  if (!Number.isNaN(at)) return new Date(at).toISOString();
  throw new InvalidArgumentError('give a date and time, such as 2026-03-05T12:00:00+08:00.');
}

function parseStatusId(value: string): string {
  if (/^\d{10,20}$/.test(value)) return value;
  throw new InvalidArgumentError('give the number of the status, as in m.weibo.cn/status/5270000000000001.');
}
