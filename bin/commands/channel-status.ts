import type { Command } from 'commander';
import { type ChannelFacts, readChannelFacts } from '../../pipeline/commands/channel-facts.ts';
import type { Context } from '../../pipeline/context.ts';
import type { Channel } from '../../pipeline/domain/channel.ts';
import type { ChannelWindow, Gap } from '../../pipeline/domain/completeness.ts';
import { InvalidInput, NotFound } from '../../pipeline/domain/errors.ts';
import { bucketHour } from '../../pipeline/domain/time.ts';
import { processTerminal, type Terminal } from '../terminal.ts';

export type StatusContext = Pick<Context, 'close' | 'clock'> & {
  stores: Pick<Context['stores'], 'ledger' | 'credentials' | 'settings'>;
};

const mostGaps = 1000;

/** As on a Shanghai clock. */
function wallClock(instant: string): string {
  return `${bucketHour(instant).replace('T', ' ')}:${instant.slice(14, 16)}`;
}

const orDash = (value: string | number | null | undefined) => String(value ?? '-');

/** Columns as wide as their widest cell. */
function layOut(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (known, row) => row.map((cell, i) => Math.max(known[i] ?? 0, cell.length)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function windowRow(window: ChannelWindow): string[] {
  const { from, state, expected, runs, fetched, parsed, created, failed, refused, objected } = window;
  const usual = expected === null ? '-' : `${Math.round(expected.usual)} (>=${Math.round(expected.low)})`;
  const counts = [runs, fetched, parsed, created, failed, refused, objected].map(String);
  return [wallClock(from), state, usual, ...counts, window.credential, orDash(window.outcome)];
}

const windowHeads =
  'FROM STATE EXPECTED RUNS FETCHED PARSED NEW FAILED REFUSED OBJECTED CREDENTIAL OUTCOME'.split(' ');

const gapRow = ({ id, cause, from, to, nextStep }: Gap) => [
  id,
  cause,
  wallClock(from),
  wallClock(to),
  nextStep,
];

function listChannels(found: readonly { channel: Channel; facts: ChannelFacts }[]): string[] {
  const rows = found.map(({ channel, facts }) => {
    const [run] = facts.runs;
    const [window] = facts.windows;
    const lastRun = run === undefined ? '-' : wallClock(run.startedAt);
    return [
      ...[
        channel.id,
        channel.kind,
        channel.state,
        lastRun,
        orDash(run?.outcome ?? run?.state),
        orDash(window?.state),
      ],
      ...[String(facts.openGaps.length), facts.notices[0]?.code ?? '-'],
    ];
  });
  return layOut([['CHANNEL', 'KIND', 'STATE', 'LAST RUN', 'OUTCOME', 'WINDOW', 'GAPS', 'NOTICE'], ...rows]);
}

function showChannel({ facts }: { facts: ChannelFacts }): string[] {
  const { windows, openGaps, notices } = facts;
  return [
    ...layOut([windowHeads, ...windows.map(windowRow)]),
    '',
    ...(openGaps.length === 0
      ? ['no open gaps']
      : layOut([['GAP', 'CAUSE', 'FROM', 'TO', 'NEXT'], ...openGaps.map(gapRow)])),
    ...notices.map(({ code, says }) => `${code}: ${says}`),
  ];
}

async function tellStatus(
  { stores, clock }: StatusContext,
  id: string | undefined,
  { json, windows }: { json: boolean; windows: number },
): Promise<string[]> {
  const { channels } = await stores.settings.read();
  const asked = id === undefined ? channels : channels.filter((channel) => channel.id === id);
  if (asked.length === 0 && id !== undefined) {
    const known = channels.map((channel) => channel.id).join(', ') || 'none';
    throw new InvalidInput('id', `there is no channel ${id}; known: ${known}`);
  }
  const found = [];
  for (const channel of asked) {
    const most = { runs: 10, windows, gaps: mostGaps };
    found.push({ channel, facts: await readChannelFacts(channel, most, { stores, clock }) });
  }
  if (json) {
    return found.map(({ channel, facts }) =>
      JSON.stringify({ id: channel.id, state: channel.state, ...facts }),
    );
  }
  const [only] = found;
  return id !== undefined && only !== undefined ? showChannel(only) : listChannels(found);
}

/** A person has made good what no run can find any more. */
async function fillGap({ stores: { ledger }, clock }: StatusContext, id: string): Promise<string> {
  const gap = (await ledger.listGaps(null, 'open', mostGaps)).find((one) => one.id === id);
  if (gap === undefined) throw new NotFound(`there is no open gap ${id}; see guanlan channel status`);
  await ledger.settleGap({ ...gap, filledAt: clock.now(), filledByRun: null });
  return `${id}: filled by hand`;
}

/** `status` and `fill-gap`, of the group `guanlan channel`. */
export function registerStatus(
  group: Command,
  openContext: () => Promise<StatusContext>,
  terminal: Terminal = processTerminal,
): void {
  const run = async (work: (context: StatusContext) => Promise<void>) => {
    const context = await openContext();
    try {
      await work(context);
    } finally {
      await context.close();
    }
  };
  group
    .command('status [id]')
    .description(
      'whether channels are read in full: all in a table, or one with its last windows and open gaps',
    )
    .option('--json', 'one JSON line a channel')
    .option('--windows <count>', 'how many windows back', '14')
    .action((id: string | undefined, { json = false, windows }: { json?: boolean; windows: string }) =>
      run(async (context) => {
        const count = Number(windows);
        if (!Number.isInteger(count) || count < 1)
          throw new InvalidInput('--windows', 'must be a whole number from 1');
        for (const line of await tellStatus(context, id, { json, windows: count })) terminal.print(line);
      }),
    );
  group
    .command('fill-gap <gap>')
    .description('say that what a gap missed was imported by hand')
    .action((id: string) => run(async (context) => terminal.print(await fillGap(context, id))));
}
