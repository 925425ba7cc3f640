import { z } from 'zod';
import { ChannelKind, ChannelState } from '../../pipeline/domain/channel.ts';
import { ChannelWindow, Gap } from '../../pipeline/domain/completeness.ts';
import { CrawlRun, LedgerPage } from '../../pipeline/domain/crawl.ts';
import { CredentialFacts, CredentialStanding } from '../../pipeline/domain/credential.ts';
import { registerFields } from '../../pipeline/domain/register-fields.ts';
import { IdText, TypedText } from './fields.ts';

const UnitName = z.object({ id: z.string(), name: z.string() });
const Filing = registerFields.filing.unwrap();

/** One stretch of time and what came in it; newest first wherever they are listed. */
const WindowView = ChannelWindow.omit({ channelId: true });
export type WindowView = z.infer<typeof WindowView>;
const GapView = Gap.omit({ channelId: true });
export type GapView = z.infer<typeof GapView>;

/** What the office should know of a channel: `words` for its screens, `says` for those in English. */
const NoticeView = z.object({
  ...{ code: z.string(), words: z.string(), says: z.string(), url: z.string().nullable() },
});

export const ChannelView = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: ChannelKind,
    /** Of a manual one: the platform's code or name. */
    platform: z.string().nullable(),
    state: ChannelState,
    /** What this person may make of it now. */
    nextStates: z.array(ChannelState),
    unit: UnitName,
    executor: UnitName.nullable(),
    responsible: z.string().nullable(),
    account: z.string().nullable(),
    filing: Filing.nullable(),
    reviewedOn: z.string().nullable(),
    reviewDueOn: z.string().nullable(),
    /** The day from which review is compulsory. */
    reviewFrom: z.string().nullable(),
    shutDown: registerFields.shutDown.unwrap().nullable(),
    /** Whoever changes the channel names the one they saw. */
    revision: z.string(),
    notices: z.array(NoticeView),
    lastRun: CrawlRun.omit({ channelId: true }).nullable(),
    /** At most 14. */
    windows: z.array(WindowView),
    /** At most 10. */
    openGaps: z.array(GapView),
    /** Without what is sealed. */
    credentials: z.array(CredentialFacts.omit({ channelId: true })),
    /** Pages that failed, were refused, or that the parser does not know: newest first, at most 20. */
    pagesToLookAt: z.array(
      LedgerPage.pick({ url: true, role: true, state: true, fetchedAt: true, status: true, error: true }),
    ),
  })
  .meta({ id: 'ChannelView' });
export type ChannelView = z.infer<typeof ChannelView>;

export const ChannelList = z
  .object({
    items: z.array(ChannelView),
    /** What the office must do so that comments may go on being gathered. */
    reminders: z.array(z.object({ code: z.string(), words: z.string(), says: z.string() })),
    units: z.array(UnitName),
    /** Whether this person may write the register. */
    mayManage: z.boolean(),
  })
  .meta({ id: 'ChannelList' });
export type ChannelList = z.infer<typeof ChannelList>;

export const ChannelDetail = ChannelView.extend({
  /** Newest first, at most 30. */
  runs: z.array(CrawlRun.omit({ channelId: true })),
  filledGaps: z.array(GapView),
}).meta({ id: 'ChannelDetail' });
export type ChannelDetail = z.infer<typeof ChannelDetail>;

const Day = z.iso.date();
const entry = {
  name: TypedText(1, 60),
  unit: IdText,
  executor: IdText.nullable().default(null),
  responsible: TypedText(0, 60).nullable().default(null),
  account: TypedText(0, 60).nullable().default(null),
  filing: z
    .strictObject({ number: TypedText(1, 60), filedOn: Day })
    .nullable()
    .default(null),
  reviewedOn: Day.nullable().default(null),
  reviewFrom: Day.nullable().default(null),
};

/** The whole entry: what is null the register no longer knows. */
export const RegisterRequest = z
  .strictObject({ revision: z.string().max(64), ...entry })
  .meta({ id: 'RegisterRequest' });
export type RegisterRequest = z.input<typeof RegisterRequest>;

/** `on`: the first day of compulsory review for `live`, the last day for `deregistered`; today unless told. */
export const ChannelStateRequest = z
  .strictObject({
    revision: z.string().max(64),
    to: ChannelState,
    on: Day.nullable().default(null),
    reason: TypedText(0, 200).nullable().default(null),
  })
  .meta({ id: 'ChannelStateRequest' });
export type ChannelStateRequest = z.input<typeof ChannelStateRequest>;

/** A channel that is registered and not crawled. */
export const ManualChannelRequest = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,47}$/, '只能用小写字母、数字和短横'),
    platform: TypedText(1, 40),
    ...entry,
  })
  .meta({ id: 'ManualChannelRequest' });
export type ManualChannelRequest = z.input<typeof ManualChannelRequest>;

/** Without an address the channel's first page. Asked for by the channel's own rules: no other host or account is reached. */
export const PageTestRequest = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .max(1000)
      .nullable()
      .default(null),
  })
  .meta({ id: 'PageTestRequest' });

const Found = z.object({ title: z.string(), publishedAt: z.string().nullable(), url: z.string().nullable() });

/** What the crawler would take from one page; nothing of it is stored. Of what persons wrote only how much it is. */
export const PageTest = z
  .object({
    url: z.string(),
    movedTo: z.string().nullable(),
    /** Of HTTP; null where there was no answer. */
    status: z.int().nullable(),
    /** English, for the operator; null where the page was read. */
    problem: z.string().nullable(),
    credential: CredentialStanding,
    /** How the parser took the page: `ok`, `empty`, or what is the matter with it. */
    state: z.string().nullable(),
    /** Of an article's page; else null. */
    article: z
      .object({
        title: z.string(),
        publishedAt: z.string().nullable(),
        /** Its beginning. */
        text: z.string(),
        characters: z.int(),
        attachments: z.array(z.string()),
      })
      .nullable(),
    /** Of a list, or of a platform's answer: the school's own items, at most 20. */
    items: z.array(Found),
    /** How many there are, those of persons left out. */
    itemCount: z.int(),
    /** How many items of persons a platform's answer holds. */
    others: z.int(),
    leadsTo: z.int(),
    /** Where on the page it was taken from, as CSS selectors. */
    places: z.array(
      z.object({
        what: z.enum(['title', 'body', 'rows']),
        by: z.enum(['selector', 'structure']),
        at: z.string(),
      }),
    ),
    /** English, for the operator: what a person should see to. */
    hints: z.array(z.string()),
  })
  .meta({ id: 'PageTest' });
export type PageTest = z.infer<typeof PageTest>;

/** Addresses of the account's own articles or albums, as copied from them. */
export const ArticlesRequest = z
  .strictObject({ addresses: z.array(TypedText(1, 1000)).min(1).max(20) })
  .meta({ id: 'ArticlesRequest' });
export type ArticlesRequest = z.input<typeof ArticlesRequest>;

/** In the order given. `why` is English, for the operator. */
export const ArticlesAnswer = z
  .object({
    items: z.array(
      z.discriminatedUnion('outcome', [
        z.object({
          outcome: z.enum(['added', 'asked-again']),
          is: z.enum(['article', 'album']),
          url: z.string(),
        }),
        z.object({ outcome: z.literal('refused'), why: z.string() }),
      ]),
    ),
  })
  .meta({ id: 'ArticlesAnswer' });
export type ArticlesAnswer = z.infer<typeof ArticlesAnswer>;

/** The whole register as CSV with a byte order mark. */
export const AssetRegister = z
  .object({ fileName: z.string(), csv: z.string() })
  .meta({ id: 'AssetRegister' });
