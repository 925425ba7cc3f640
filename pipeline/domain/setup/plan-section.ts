import type { Settings } from '../settings.ts';
import type { StandIn } from '../stand-in.ts';
import type { Identity, User } from '../user.ts';
import { type ColumnOf, type SetupSheet, setupSheets } from './columns.ts';
import type { SetupProblem, SetupRecord } from './records.ts';

/** As it stands before the import. */
export interface SetupScene {
  settings: Pick<Settings, 'units' | 'channels' | 'chains' | 'roster'>;
  users: readonly User[];
  /** Not over yet. */
  standIns: readonly StandIn[];
  at: string;
  /** The actor, and in whose stead they act: none for the command line. */
  selves: readonly string[];
  /** The doors of the school's own sign-in that are open. */
  doors: readonly Identity['provider'][];
}

export interface SetupChange {
  label: string;
  /** In Chinese, for whoever looks at the preview. */
  details: string[];
}

/** What becomes of the things of one sheet. */
export interface SectionPlan {
  added: SetupChange[];
  changed: SetupChange[];
  /** Accounts that leave; chains and shifts that the sheet no longer has. */
  removed: SetupChange[];
  unchanged: number;
  /** Not in the sheet, and left as they are. */
  missing: string[];
  /** Rows in which something is wrong; nothing above counts them. */
  wrongRows: number;
}

export const emptySection = (): SectionPlan => ({
  added: [],
  changed: [],
  removed: [],
  unchanged: 0,
  missing: [],
  wrongRows: 0,
});

/** Says what is wrong with a row, at one of its cells. */
export class Complaints<S extends SetupSheet> {
  readonly #sheet: S;
  readonly #problems: SetupProblem[];
  constructor(sheet: S, problems: SetupProblem[]) {
    this.#sheet = sheet;
    this.#problems = problems;
  }

  add(record: SetupRecord<S>, key: ColumnOf<S> | null, message: string, hint = ''): null {
    const columns: Record<string, { header: string }> = setupSheets[this.#sheet].columns;
    const column = key === null ? null : (columns[key]?.header ?? key);
    this.#problems.push({ sheet: record.sheet, row: record.row, column, message, hint });
    return null;
  }
}

/** What differs, for a list that is replaced as a whole. */
export function compareLists<T>(
  before: readonly T[],
  after: readonly T[],
  describe: (item: T) => SetupChange,
): SectionPlan {
  const key = (item: T) => JSON.stringify(item);
  const [had, has] = [new Set(before.map(key)), new Set(after.map(key))];
  return {
    ...emptySection(),
    added: after.filter((item) => !had.has(key(item))).map(describe),
    removed: before.filter((item) => !has.has(key(item))).map(describe),
    unchanged: after.filter((item) => had.has(key(item))).length,
  };
}
