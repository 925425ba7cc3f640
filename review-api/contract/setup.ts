import { z } from 'zod';
import { ServiceTopic } from '../../pipeline/domain/category.ts';
import { TypedText } from './fields.ts';

export const SetupSheetName = z.enum(['units', 'people', 'roster', 'chains']);
export type SetupSheetName = z.infer<typeof SetupSheetName>;

const fileName = TypedText(1, 200).meta({ description: 'As it is called on the sender’s disk' });

export const SetupCheckQuery = z.strictObject({ fileName });
export const SetupImportQuery = z.strictObject({
  fileName,
  /** Of the check that was confirmed. */
  digest: z.string().regex(/^[0-9a-f]{64}$/, '请先检查文件'),
  commandId: z.uuid(),
});

/** What is wrong, where, and what to write instead. */
const SetupProblem = z.object({
  sheet: z.string(),
  row: z.int().nullable(),
  column: z.string().nullable(),
  message: z.string(),
  hint: z.string(),
});
export type SetupProblem = z.infer<typeof SetupProblem>;

const SetupChange = z.object({ label: z.string(), details: z.array(z.string()) });
const SetupSection = z.object({
  sheet: SetupSheetName,
  added: z.array(SetupChange),
  changed: z.array(SetupChange),
  /** Accounts that leave; chains and shifts that go. */
  removed: z.array(SetupChange),
  unchanged: z.int(),
  /** Not in the sheet, and kept. */
  missing: z.array(z.string()),
  /** Rows in which something is wrong; they are in none of the lists. */
  wrongRows: z.int(),
});
export type SetupSection = z.infer<typeof SetupSection>;

export const SetupCheck = z
  .object({
    digest: z.string(),
    /** There is nothing to import. */
    isUnchanged: z.boolean(),
    problems: z.array(SetupProblem),
    /** More than are shown. */
    problemCount: z.int(),
    notices: z.array(z.string()),
    sections: z.array(SetupSection),
    /** So many first passwords will be made. */
    firstPasswords: z.int(),
  })
  .meta({ id: 'SetupCheck' });
export type SetupCheck = z.infer<typeof SetupCheck>;

const Count = z.object({ added: z.int(), changed: z.int(), removed: z.int(), unchanged: z.int() }).nullable();

export const SetupImport = z
  .object({
    counts: z.object({ units: Count, people: Count, roster: Count, chains: Count }),
    repeated: z.boolean(),
    /** Told once. */
    firstPasswords: z.array(z.object({ login: z.string(), name: z.string(), password: z.string() })),
  })
  .meta({ id: 'SetupImport' });
export type SetupImport = z.infer<typeof SetupImport>;

export const SetupTemplate = z
  .object({ fileName: z.string(), base64: z.string() })
  .meta({ id: 'SetupTemplate' });

export const SetupOverview = z
  .object({
    units: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        aliases: z.array(z.string()),
        topics: z.array(ServiceTopic),
        /** Active accounts. */
        people: z.int(),
      }),
    ),
    /** Years, this one and what lies within two months, whose official holidays are not known. */
    unknownYears: z.array(z.int()),
  })
  .meta({ id: 'SetupOverview' });
export type SetupOverview = z.infer<typeof SetupOverview>;
