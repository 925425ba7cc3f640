import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { Authority, emptyAuthority, findAuthorityProblem } from '../pipeline/domain/authority.ts';
import { BriefTemplates, defaultTemplates, findTemplateProblem } from '../pipeline/domain/brief-template.ts';
import { Channel, Governance, Unit } from '../pipeline/domain/channel.ts';
import { ReviewChain } from '../pipeline/domain/review-chain.ts';
import { RosterEntry } from '../pipeline/domain/roster.ts';
import { findRoutingProblem, RoutingRules } from '../pipeline/domain/routing.ts';
import { LexiconRule } from '../pipeline/domain/rule.ts';
import { emptySchoolCalendar, SchoolCalendar } from '../pipeline/domain/school-calendar.ts';
import type { SettingsBody, SettingsKind } from '../pipeline/domain/settings.ts';
import { findLexicons, listRuleFiles } from './rule-files.ts';
import { parseSeedFile, type SeedFile } from './seed-file.ts';

export type Seeds = { [K in SettingsKind]: { source: string; body: SettingsBody<K> } };

const ChannelsFile = z.strictObject({ channels: z.array(Channel) });
const UnitsFile = z.strictObject({ units: z.array(Unit) });
const RoutingFile = z.strictObject({ rules: RoutingRules });
const ChainsFile = z.strictObject({ chains: z.array(ReviewChain) });
const RosterFile = z.strictObject({ roster: z.array(RosterEntry) });
const RulesFile = z.strictObject({ rules: z.array(LexiconRule) });

function assertUniqueIds(file: SeedFile<unknown>, field: string, items: readonly { id: string }[]): void {
  const seen = new Set<string>();
  for (const [index, { id }] of items.entries()) {
    if (seen.has(id)) file.refuse([field, index, 'id'], `the id "${id}" is used twice`, 'ids are unique');
    seen.add(id);
  }
}

function readRules(seedDir: string, fallbackDir: string): SettingsBody<'rules'> {
  const folder = findLexicons(seedDir, fallbackDir);
  if (folder === null) return [];
  const rules: SettingsBody<'rules'> = [];
  const seen = new Map<string, string>();
  for (const name of listRuleFiles(folder)) {
    const file = parseSeedFile(join(folder, name), join('lexicons', name), RulesFile);
    for (const [index, rule] of file.body.rules.entries()) {
      const other = seen.get(rule.id);
      if (other !== undefined)
        file.refuse(['rules', index, 'id'], `the id "${rule.id}" stands in ${other} already`);
      seen.set(rule.id, file.name);
      rules.push(rule);
    }
  }
  return rules;
}

function readUnits(seedDir: string): SettingsBody<'units'> {
  const path = join(seedDir, 'units.yaml');
  if (!existsSync(path)) return [];
  const file = parseSeedFile(path, 'units.yaml', UnitsFile);
  assertUniqueIds(file, 'units', file.body.units);
  return file.body.units;
}

function readChannels(seedDir: string, units: SettingsBody<'units'>): SettingsBody<'channels'> {
  const file = parseSeedFile(join(seedDir, 'channels.yaml'), 'channels.yaml', ChannelsFile);
  assertUniqueIds(file, 'channels', file.body.channels);
  for (const [index, channel] of file.body.channels.entries()) {
    if (!units.some((unit) => unit.id === channel.unit)) {
      file.refuse(['channels', index, 'unit'], `there is no unit "${channel.unit}"`, 'add it to units.yaml');
    }
    if (channel.kind !== 'site') continue;
    for (const [start, url] of channel.startUrls.entries()) {
      if (channel.allow.some((allowed) => isInside(url, allowed))) continue;
      const hint = `add its host (${new URL(url).host}) and path to "allow"`;
      file.refuse(['channels', index, 'startUrls', start], 'lies outside what the channel allows', hint);
    }
  }
  return file.body.channels;
}

/** The channels of one file by itself, whatever units there are. @throws InvalidSeed */
export function readChannelsFile(path: string): SettingsBody<'channels'> {
  const file = parseSeedFile(path, basename(path), ChannelsFile);
  assertUniqueIds(file, 'channels', file.body.channels);
  return file.body.channels;
}

function isInside(url: string, allowed: { host: string; paths: readonly string[] }): boolean {
  const { host, pathname } = new URL(url);
  return host === allowed.host && allowed.paths.some((path) => pathname.startsWith(path));
}

function readGovernance(seedDir: string): SettingsBody<'governance'> {
  const path = join(seedDir, 'governance.yaml');
  if (!existsSync(path)) return Governance.parse({ school: '（未填写）' });
  return parseSeedFile(path, 'governance.yaml', Governance).body;
}

function readCalendar(seedDir: string): SettingsBody<'calendar'> {
  const path = join(seedDir, 'calendar.yaml');
  if (!existsSync(path)) return emptySchoolCalendar;
  return parseSeedFile(path, 'calendar.yaml', SchoolCalendar).body;
}

function readRouting(
  seedDir: string,
  known: Parameters<typeof findRoutingProblem>[1],
): SettingsBody<'routing'> {
  const path = join(seedDir, 'routing.yaml');
  if (!existsSync(path)) return [];
  const file = parseSeedFile(path, 'routing.yaml', RoutingFile);
  const problem = findRoutingProblem(file.body.rules, known);
  if (problem !== null) file.refuse(['rules', ...problem.path], problem.message);
  return file.body.rules;
}

/** Who holds a step is checked once there are people. */
function readChains(
  seedDir: string,
  known: { units: SettingsBody<'units'>; channels: SettingsBody<'channels'> },
): SettingsBody<'chains'> {
  const path = join(seedDir, 'chains.yaml');
  if (!existsSync(path)) return [];
  const file = parseSeedFile(path, 'chains.yaml', ChainsFile);
  assertUniqueIds(file, 'chains', file.body.chains);
  for (const [index, chain] of file.body.chains.entries()) {
    for (const field of ['units', 'channels'] as const) {
      const ids = known[field].map(({ id }) => id);
      const unknown = chain[field].find((id) => !ids.includes(id));
      if (unknown === undefined) continue;
      const path = ['chains', index, field, chain[field].indexOf(unknown)];
      file.refuse(path, `${field}.yaml has no "${unknown}"`, 'leave the list empty for all');
    }
  }
  return file.body.chains;
}

function readRoster(seedDir: string): SettingsBody<'roster'> {
  const path = join(seedDir, 'roster.yaml');
  return existsSync(path) ? parseSeedFile(path, 'roster.yaml', RosterFile).body.roster : [];
}

function readAuthority(seedDir: string): SettingsBody<'authority'> {
  const path = join(seedDir, 'authority.yaml');
  if (!existsSync(path)) return emptyAuthority;
  const file = parseSeedFile(path, 'authority.yaml', Authority);
  const problem = findAuthorityProblem(file.body);
  if (problem !== null) file.refuse(problem.path, problem.message);
  return file.body;
}

function readBriefs(seedDir: string): SettingsBody<'briefs'> {
  const path = join(seedDir, 'briefs.yaml');
  if (!existsSync(path)) return defaultTemplates;
  const file = parseSeedFile(path, 'briefs.yaml', BriefTemplates);
  const problem = findTemplateProblem(file.body);
  if (problem !== null) file.refuse(problem.path, problem.message);
  return file.body;
}

/**
 * Reads and checks every seed of a deployment. Only channels.yaml must be there.
 * @param fallbackDir the program's own `config`, for the lexicons that come with it
 * @throws InvalidSeed for the first thing that is wrong, in any file: nothing is imported then
 */
export function readSeeds(seedDir: string, fallbackDir: string): Seeds {
  const units = readUnits(seedDir);
  const channels = readChannels(seedDir, units);
  return {
    units: { source: 'seed:units.yaml', body: units },
    channels: { source: 'seed:channels.yaml', body: channels },
    governance: { source: 'seed:governance.yaml', body: readGovernance(seedDir) },
    rules: { source: 'seed:lexicons', body: readRules(seedDir, fallbackDir) },
    calendar: { source: 'seed:calendar.yaml', body: readCalendar(seedDir) },
    chains: { source: 'seed:chains.yaml', body: readChains(seedDir, { units, channels }) },
    roster: { source: 'seed:roster.yaml', body: readRoster(seedDir) },
    authority: { source: 'seed:authority.yaml', body: readAuthority(seedDir) },
    briefs: { source: 'seed:briefs.yaml', body: readBriefs(seedDir) },
    routing: { source: 'seed:routing.yaml', body: readRouting(seedDir, { units, channels }) },
  };
}
