import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { countPublicFigures } from '../../pipeline/commands/public-figures.ts';
import { listCorrections } from '../../pipeline/commands/public-requests.ts';
import type { Context } from '../../pipeline/context.ts';
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
  terminal: Pick<Terminal, 'print'> = processTerminal,
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
        const pages = await buildPages(context, year === undefined ? null : Number(year));
        mkdirSync(out, { recursive: true });
        for (const [name, html] of Object.entries(pages)) {
          writeFileSync(join(out, name), html);
          terminal.print(join(out, name));
        }
      } finally {
        await context.close();
      }
    });
}

async function buildPages({ stores, clock }: NoticeContext, year: number | null) {
  const settings = await stores.settings.read();
  const today = bucketHour(clock.now()).slice(0, 10);
  const notice = buildNotice({ settings, models: readModelFacts(), today });
  const links = publicLinks('.html');
  const figures = await countPublicFigures(year ?? Number(today.slice(0, 4)), { stores });
  return {
    'notice.html': buildNoticePage(notice, links),
    'request.html': buildRequestByMailPage(notice, settings.governance?.contact ?? null, links),
    'corrections.html': buildCorrectionsPage(await listCorrections({ stores }), notice, links),
    'figures.html': buildFiguresPage(figures, notice, links),
  };
}
