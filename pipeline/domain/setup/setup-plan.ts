import { findChainFaults } from '../review-chain.ts';
import { Duty, type RosterEntry } from '../roster.ts';
import type { SheetTable } from '../sheet-table.ts';
import { mayEnter } from '../user.ts';
import { type ChainsPlan, planChains } from './chain-rows.ts';
import type { SetupSheet } from './columns.ts';
import { type Colleague, colleaguesAfter } from './find-person.ts';
import { type PeoplePlan, planPeople } from './people-rows.ts';
import type { SectionPlan, SetupScene } from './plan-section.ts';
import { findRecords, type SetupProblem } from './records.ts';
import { dutyNames, planRoster, type RosterPlan } from './roster-rows.ts';
import { planUnits, type UnitsPlan } from './unit-rows.ts';

/** What an import would do; with any problem it does nothing. A sheet without rows changes nothing. */
export interface SetupPlan {
  problems: SetupProblem[];
  notices: string[];
  units: UnitsPlan | null;
  people: PeoplePlan | null;
  roster: RosterPlan | null;
  chains: ChainsPlan | null;
}

/** Pure: the same file over the same school gives the same plan. */
export function planSetup(tables: readonly SheetTable[], scene: SetupScene): SetupPlan {
  const { sheets, problems, notices } = findRecords(tables);
  const { settings, users, at } = scene;
  const filled = <T extends { records: readonly unknown[] }>(found: T | null): T | null =>
    found === null || found.records.length === 0 ? null : found;
  const [unitRows, peopleRows] = [filled(sheets.units), filled(sheets.people)];
  const [rosterRows, chainRows] = [filled(sheets.roster), filled(sheets.chains)];
  if (problems.length === 0 && [unitRows, peopleRows, rosterRows, chainRows].every((rows) => rows === null)) {
    const about = { sheet: tables[0]?.name ?? '', row: null, column: null };
    problems.push({
      ...about,
      message: '表里没有可以导入的行。',
      hint: '示例行和空行不算；请从列名下面一行开始填。',
    });
  }
  const units = unitRows === null ? null : planUnits(unitRows, settings.units, problems);
  const known = units?.next ?? settings.units;
  const people = peopleRows === null ? null : planPeople(peopleRows, { ...scene, units: known }, problems);
  const colleagues = colleaguesAfter(users, people);
  const roster =
    rosterRows === null ? null : planRoster(rosterRows, { known: settings.roster, colleagues, at }, problems);
  const chainScene = { known: settings.chains, units: known, channels: settings.channels, colleagues, at };
  const chains = chainRows === null ? null : planChains(chainRows, chainScene, problems);
  if (people !== null) notices.push(...findLosses(scene, { colleagues, roster, chains }));
  if (roster !== null && problems.length === 0) notices.push(...findLostDuties(settings.roster, roster.next));
  for (const [found, part] of [
    [unitRows, units],
    [peopleRows, people],
    [rosterRows, roster],
    [chainRows, chains],
  ] as const)
    if (found !== null && part !== null) part.section.wrongRows = countWrongRows(found.name, problems);
  return { problems, notices, units, people, roster, chains };
}

function countWrongRows(sheetName: string, problems: readonly SetupProblem[]): number {
  const rows = problems.filter(({ sheet, row }) => sheet === sheetName && row !== null);
  return new Set(rows.map(({ row }) => row)).size;
}

/** A sheet replaces the whole roster: a kind of duty that it forgets would have nobody at all. */
function findLostDuties(before: readonly RosterEntry[], after: readonly RosterEntry[]): string[] {
  const has = (roster: readonly RosterEntry[], kind: Duty) => roster.some(({ duty }) => duty === kind);
  return Duty.options
    .filter((kind) => has(before, kind) && !has(after, kind))
    .map((kind) => `新的值班表里没有“${dutyNames[kind]}”值班，导入后这一类将没有人值班。`);
}

/** Who leaves and stands in what the file does not replace. */
function findLosses(
  { settings, at }: SetupScene,
  after: { colleagues: readonly Colleague[]; roster: RosterPlan | null; chains: ChainsPlan | null },
): string[] {
  const people = after.colleagues.filter((one) => mayEnter(one, at));
  const active = new Set(people.map(({ login }) => login));
  const onDuty = after.roster === null ? settings.roster.map(({ person }) => person) : [];
  const gone = [...new Set(onDuty)].filter((login) => !active.has(login));
  const broken = (after.chains === null ? settings.chains : []).filter(
    (chain) => findChainFaults(chain, people).length > 0,
  );
  return [
    ...gone.map((login) => `值班表里还有 ${login}，这个账号不在岗。`),
    ...broken.map(({ name }) => `审校链“${name}”有环节没有人担任。`),
  ];
}

export type SetupCounts = Record<
  SetupSheet,
  { added: number; changed: number; removed: number; unchanged: number } | null
>;

const countOf = ({ added, changed, removed, unchanged }: SectionPlan) => ({
  added: added.length,
  changed: changed.length,
  removed: removed.length,
  unchanged,
});

export function countSetup({ units, people, roster, chains }: SetupPlan): SetupCounts {
  const count = (part: { section: SectionPlan } | null) => (part === null ? null : countOf(part.section));
  return { units: count(units), people: count(people), roster: count(roster), chains: count(chains) };
}

/** Nothing that the file says is new. */
export function changesNothing(plan: SetupPlan): boolean {
  return Object.values(countSetup(plan)).every(
    (count) => count === null || count.added + count.changed + count.removed === 0,
  );
}
