import type { Migration } from './migration.ts';

/** Items are counted in cubes of a day, days keep what became of cases and slips. Both are filled by counting anew. */
export const migration: Migration = {
  number: 30,
  name: 'item-cubes',
  sql: `
DROP TABLE rollup_cells;
DROP TABLE rollup_days;

-- One plane of one day's cube; the hours apart, for most questions leave them out.
CREATE TABLE rollup_cubes (
  plane TEXT NOT NULL,
  day TEXT NOT NULL,
  speaker TEXT NOT NULL,
  access_class TEXT NOT NULL,
  cells BLOB NOT NULL,
  hours BLOB,
  PRIMARY KEY (plane, day, speaker, access_class)
) STRICT;

-- The tally as a list of numbers; the lists of minutes apart.
CREATE TABLE rollup_days (
  family TEXT NOT NULL,
  day TEXT NOT NULL,
  key TEXT NOT NULL,
  access_class TEXT NOT NULL,
  tally TEXT NOT NULL,
  minutes TEXT,
  PRIMARY KEY (family, day, key, access_class)
) STRICT;
UPDATE rollup_state SET layout = 0;
`,
};
