import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { buildSeedText } from '../../config/seed-text.ts';
import { type Proposal, propose } from '../../crawlers/propose/propose.ts';
import { surveySite } from '../../crawlers/propose/survey-site.ts';
import { Conflict } from '../../pipeline/domain/errors.ts';
import type { Clock } from '../../pipeline/ports/clock.ts';
import type { Egress } from '../../pipeline/ports/egress.ts';
import { watchStopSignals } from '../stop-signals.ts';
import { processTerminal, type Terminal } from '../terminal.ts';

export interface InitContext {
  egress: Egress;
  clock: Pick<Clock, 'now'>;
}

interface InitOptions {
  out?: string;
  force?: boolean;
  privateAddress?: boolean;
  pages: number;
}

const mostPages = 200;

/** `guanlan init`: what to put into channels.yaml and units.yaml, read from the school's home page. Needs no database. */
export function buildInitCommand(
  openContext: () => InitContext,
  terminal: Terminal = processTerminal,
): Command {
  return new Command('init')
    .description("propose channels.yaml and units.yaml from a school's home page")
    .argument('<url>', 'the home page', parseAddress)
    .option(
      '--out <path>',
      'write to this folder, or to this .yaml file with units.yaml beside it; else print',
    )
    .option('--force', 'write over files that are there')
    .option('--private-address', 'the site stands in the internal network')
    .option('--pages <number>', `pages below the home page, at most ${mostPages}`, parsePages, 30)
    .action((url: string, options: InitOptions) => init(url, options, { openContext, terminal }));
}

async function init(
  url: string,
  options: InitOptions,
  { openContext, terminal }: { openContext: () => InitContext; terminal: Terminal },
): Promise<void> {
  const paths = options.out === undefined ? null : pathsOf(options.out);
  // Before the site is asked for anything.
  if (paths !== null && options.force !== true) assertFree(Object.values(paths));
  const { privateAddress = false, pages: maxPages } = options;
  const { egress, clock } = openContext();
  const stop = watchStopSignals();
  try {
    const onPage = (page: string) => terminal.say(`reading ${page}`);
    const now = clock.now();
    const survey = await surveySite(url, {
      egress,
      now,
      privateAddress,
      maxPages,
      signal: stop.signal,
      onPage,
    });
    const proposal = propose(survey, { privateAddress });
    const texts = { channels: channelsText(proposal, url, now), units: unitsText(proposal, url, now) };
    if (paths === null) {
      terminal.print(texts.channels);
      terminal.print(`--- # units.yaml\n${texts.units}`);
    } else {
      write(paths, texts, options.force ?? false);
      terminal.say(`wrote ${paths.channels} and ${paths.units}`);
    }
    terminal.say(
      `${proposal.school}: ${proposal.channels.length} channels, ${proposal.units.length} units; all are not-connected until somebody has looked`,
    );
  } finally {
    stop.release();
    await egress.close();
  }
}

interface SeedPaths {
  channels: string;
  units: string;
}

function pathsOf(out: string): SeedPaths {
  const path = resolve(out);
  if (/\.ya?ml$/i.test(path)) return { channels: path, units: join(dirname(path), 'units.yaml') };
  return { channels: join(path, 'channels.yaml'), units: join(path, 'units.yaml') };
}

function assertFree(paths: readonly string[]): void {
  const there = paths.find((path) => existsSync(path));
  if (there !== undefined) throw new Conflict(`${there} is there already; --force writes over it`);
}

function write(paths: SeedPaths, texts: SeedPaths, force: boolean): void {
  mkdirSync(dirname(paths.channels), { recursive: true });
  for (const key of ['channels', 'units'] as const) {
    // Somebody may have made it meanwhile.
    writeFileSync(paths[key], texts[key], { flag: force ? 'w' : 'wx' });
  }
}

function channelsText({ school, channels, notes }: Proposal, url: string, now: string): string {
  return buildSeedText({
    head: [
      `Proposed for ${school} from ${url}, ${now.slice(0, 10)}. Nothing of it is checked.`,
      'Look at each channel: is it the school’s own? Is its unit right? Then try it (guanlan channel test ID --file THIS-FILE),',
      'and set its state to trial. Delete what is not wanted.',
    ],
    key: 'channels',
    entries: channels,
    tail: notes.length === 0 ? [] : ['Seen, and not proposed:', ...notes.map((note) => `- ${note}`)],
  });
}

function unitsText({ school, units }: Proposal, url: string, now: string): string {
  return buildSeedText({
    head: [
      `Proposed for ${school} from ${url}, ${now.slice(0, 10)}. Nothing of it is checked.`,
      'Ids are kept for good: change them now or never. Add aliases, topics and places by hand (docs/configuration.md).',
    ],
    key: 'units',
    entries: units,
  });
}

function parseAddress(value: string): string {
  if (URL.canParse(value) && /^https?:/.test(value)) return value;
  throw new InvalidArgumentError('give a full address, such as https://www.example.edu.cn/.');
}

function parsePages(value: string): number {
  const pages = Number(value);
  if (Number.isInteger(pages) && pages >= 0 && pages <= mostPages) return pages;
  throw new InvalidArgumentError(`give a number from 0 to ${mostPages}.`);
}
