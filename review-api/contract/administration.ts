import { z } from 'zod';
import { AccessClass } from '../../pipeline/domain/access-class.ts';
import { QueueName } from '../../pipeline/domain/category.ts';
import { RetentionClass } from '../../pipeline/domain/retention-class.ts';
import { Action, Role } from '../../pipeline/domain/role.ts';
import { SettingsKind } from '../../pipeline/domain/settings.ts';
import { Instant } from '../../pipeline/domain/time.ts';
import { Cursor, IdText, PageLimit, PageOf } from './fields.ts';

/** The table of rights as it runs: who may do what, of whose matters, and how each sees texts of each class. */
export const RightsTable = z
  .object({
    roles: z.array(
      z.object({
        role: Role,
        queues: z.array(QueueName),
        /** `none`: for this role its rows do not exist. */
        view: z.record(AccessClass, z.enum(['full', 'masked', 'none'])),
      }),
    ),
    actions: z.array(
      z.object({
        action: Action,
        holders: z.array(z.object({ role: Role, scope: z.enum(['all', 'own-unit']) })),
      }),
    ),
    /** Pairs that one person may not hold together. */
    apart: z.array(z.tuple([Role, Role])),
  })
  .meta({ id: 'RightsTable' });
export type RightsTable = z.infer<typeof RightsTable>;

/** The public notice as it stands at this moment; its words are those of the public page. */
export const NoticePreview = z
  .object({
    school: z.string(),
    /** YYYY-MM-DD in Shanghai. */
    madeOn: z.iso.date(),
    settingsVersion: z.int().nonnegative(),
    /** Names of what the school has not filled in. */
    unfilled: z.array(z.string()),
    sections: z.array(
      z.object({
        title: z.string(),
        paragraphs: z.array(z.string()),
        rows: z.array(z.tuple([z.string(), z.string()])),
      }),
    ),
  })
  .meta({ id: 'NoticePreview' });
export type NoticePreview = z.infer<typeof NoticePreview>;

export const SettingsChangeView = z
  .object({
    version: z.int().positive(),
    kind: SettingsKind,
    at: Instant,
    /** Null for the machine, and for an account that is gone. */
    byName: z.string().nullable(),
    byMachine: z.boolean(),
    /** A seed file's name, or `command`. */
    source: z.string(),
  })
  .meta({ id: 'SettingsChangeView' });
export type SettingsChangeView = z.infer<typeof SettingsChangeView>;

export const SettingsHistoryQuery = z.strictObject({
  kind: SettingsKind.optional(),
  /** Older than this version. */
  before: z.coerce.number().int().positive().optional(),
  limit: PageLimit.default(50),
});
export const SettingsHistory = z
  .object({
    version: z.int().nonnegative(),
    /** The change that made each kind what it is; null where nobody ever gave it. */
    inForce: z.array(z.object({ kind: SettingsKind, change: SettingsChangeView.nullable() })),
    /** Newest first. */
    items: z.array(SettingsChangeView),
    /** Ask for these with `before`; null at the end. */
    nextBefore: z.int().positive().nullable(),
  })
  .meta({ id: 'SettingsHistory' });
export type SettingsHistory = z.infer<typeof SettingsHistory>;

const KeptPart = z.union([RetentionClass, z.enum(['note', 'written', 'case', 'audit-note'])]);
export type KeptPart = z.infer<typeof KeptPart>;

export const Retention = z
  .object({
    terms: z.array(
      z.object({
        retention: RetentionClass,
        term: z.union([
          z.object({ days: z.int().positive() }),
          z.object({ months: z.int().positive() }),
          /** As long as it is on line, and so many months more. */
          z.object({ monthsAfterTakenDown: z.int().positive() }),
        ]),
      }),
    ),
    purgeEveryMinutes: z.int().positive(),
    /** The last that erased anything; null when none has within the last year. */
    lastPurgeAt: Instant.nullable(),
    /** What is there and what goes next, over all access classes: for the independent reviewer, null for others. */
    counts: z
      .object({
        /** Up to this instant is `due`. */
        until: Instant,
        parts: z.array(
          z.object({
            part: KeptPart,
            kept: z.int(),
            overdue: z.int(),
            due: z.int(),
            nextAt: Instant.nullable(),
          }),
        ),
        lastPurge: z.record(z.string(), z.int()).nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'Retention' });
export type Retention = z.infer<typeof Retention>;

const Family = z.string().regex(/^[a-z][a-z-]{0,39}$/, '应为小写字母');

/** `family`: what stands before the dot of an action. */
export const AuditQuery = z
  .strictObject({
    actorId: IdText.optional(),
    /** Days on a Shanghai calendar, both of them with. */
    fromDay: z.iso.date().optional(),
    untilDay: z.iso.date().optional(),
    family: Family.optional(),
    subject: IdText.optional(),
    cursor: Cursor.optional(),
    limit: PageLimit.default(50),
  })
  .refine(({ fromDay, untilDay }) => fromDay === undefined || untilDay === undefined || fromDay <= untilDay, {
    path: ['fromDay'],
    message: '起止日期颠倒',
  });

/** Who did what to which thing, and when: ids, and nothing of what was written. */
export const AuditItem = z
  .object({
    id: z.string(),
    at: Instant,
    /** Null for the machine. */
    actorId: z.string().nullable(),
    /** Null for the machine, and for an account that is gone. */
    actorName: z.string().nullable(),
    action: z.string(),
    subject: z.string(),
    chain: z.string(),
    /** Not linked: written a moment ago, and not covered by a verification yet. */
    linked: z.boolean(),
    /** What lay beside it has gone with its term. */
    erased: z.boolean(),
  })
  .meta({ id: 'AuditItem' });
export type AuditItem = z.infer<typeof AuditItem>;
export const AuditPage = PageOf(AuditItem).meta({ id: 'AuditPage' });

/** Everybody with an account, also a disabled one, by name: for choosing whose entries are shown. */
export const AuditPeople = z
  .object({ items: z.array(z.object({ id: z.string(), name: z.string() })) })
  .meta({ id: 'AuditPeople' });
export type AuditPeople = z.infer<typeof AuditPeople>;

/** The chains of both logs, newest month first, each with its end and what was signed of it. */
export const AuditChains = z
  .object({
    items: z.array(
      z.object({
        chain: z.string(),
        /** How many links it has, and the hash of the last. */
        length: z.int().nonnegative(),
        hash: z.string().nullable(),
        /** The last anchor: signed at this place, at this time, with this key. */
        anchor: z.object({ seq: z.int().positive(), at: Instant, kid: z.string() }).nullable(),
      }),
    ),
    /** Older ones that are not shown. */
    more: z.int().nonnegative(),
    unlinked: z.int().nonnegative(),
  })
  .meta({ id: 'AuditChains' });
export type AuditChains = z.infer<typeof AuditChains>;
