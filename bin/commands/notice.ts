import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { countPublicFigures } from '../../pipeline/commands/public-figures.ts';
import { listCorrections } from '../../pipeline/commands/public-requests.ts';
import type { Context } from '../../pipeline/context.ts';
import { InvalidInput } from '../../pipeline/domain/errors.ts';
import { buildNotice } from '../../pipeline/domain/public-notice.ts';
import { bucketHour } from '../../pipeline/domain/time.ts';
import { readModelFacts } from '../../pipeline/stages/model-facts.ts';
import {
  buildCorrectionsPage,
  buildFiguresPage,
  buildNoticePage,
  publicLinks,
} from '../../review-api/public/notice-page.ts';
import { buildRequestByMailPage } from '../../review-api/public/request-page.ts';
import { processTerminal, type Terminal } from '../terminal.ts';

type NoticeContext = Pick<Context, 'stores' | 'clock' | 'close'>;

/** `guanlan notice`: the public pages as files that stand by themselves, to be hung out on the school's own web site. */
export function buildNoticeCommand(
  openContext: () => Promise<NoticeContext>,
  terminal: Pick<Terminal, 'print' | 'say'> = processTerminal,
): Command {
  return new Command('notice')
    .description(
      'write the public notice, the page for requests, corrections and yearly counts as HTML files',
    )
    .requiredOption('--out <folder>', 'where to; made if it is not there')
    .option('--year <year>', 'of the counts; this year unless told')
    .action(async ({ out, year }: { out: string; year?: string }) => {
      const context = await openContext();
      try {
        const pages = await buildPages(context, parseYear(year, context));
        for (const path of writePages(out, pages)) terminal.print(path);
        if (!(await hasContact(context))) terminal.say(noContact);
      } finally {
        await context.close();
      }
    });
}

const noContact =
  'warning: no way of contact is filled in, so that request.html leads nowhere; ' +
  'fill in contact (phone, email, post) in governance.yaml and write the pages again.';

async function hasContact({ stores }: NoticeContext): Promise<boolean> {
  const contact = (await stores.settings.read()).governance?.contact ?? null;
  return contact !== null && [contact.phone, contact.email, contact.post].some((way) => way !== null);
}

const firstYear = 2020;
const todayOf = ({ clock }: NoticeContext) => bucketHour(clock.now()).slice(0, 10);

/** @throws InvalidInput (`year`) */
function parseYear(text: string | undefined, context: NoticeContext): number {
  const thisYear = Number(todayOf(context).slice(0, 4));
  if (text === undefined) return thisYear;
  const year = /^\d{4}$/.test(text) ? Number(text) : 0;
  if (year < firstYear || year > thisYear) {
    throw new InvalidInput('year', `--year ${text}: give a year from ${firstYear} to ${thisYear}.`);
  }
  return year;
}

/** @returns the paths written @throws InvalidInput (`out`) where nothing can be written */
function writePages(folder: string, pages: Record<string, string>): string[] {
  try {
    mkdirSync(folder, { recursive: true });
    return Object.entries(pages).map(([name, html]) => {
      const path = join(folder, name);
      writeFileSync(path, html);
      return path;
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === null) throw error;
    const isFile = code === 'EEXIST' || code === 'ENOTDIR';
    const reason = isFile ? 'a file is in the way; name a folder' : `cannot be written (${code})`;
    throw new InvalidInput('out', `--out ${folder}: ${reason}.`);
  }
}

async function buildPages(context: NoticeContext, year: number) {
  const { stores } = context;
  const settings = await stores.settings.read();
  const today = todayOf(context);
  const notice = buildNotice({ settings, models: readModelFacts(), today });
  const links = publicLinks('.html');
  const figures = await countPublicFigures(year, { stores });
  return {
    'notice.html': buildNoticePage(notice, links),
    'request.html': buildRequestByMailPage(notice, settings.governance?.contact ?? null, links),
    'corrections.html': buildCorrectionsPage(await listCorrections({ stores }), notice, links),
    'figures.html': buildFiguresPage(figures, notice, links),
  };
}
