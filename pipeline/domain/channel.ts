import { z } from 'zod';
import { ServiceTopic } from './category.ts';
import { isPlainInstance, isSharedPlace, mayBeOwnFeed } from './own-places.ts';
import { registerFields } from './register-fields.ts';

export const ChannelKind = z.enum(['site', 'weibo', 'wechat', 'feed', 'manual']);
export type ChannelKind = z.infer<typeof ChannelKind>;

export const ChannelState = z.enum(['not-connected', 'trial', 'live', 'paused', 'deregistered']);
export type ChannelState = z.infer<typeof ChannelState>;

const Id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,47}$/, 'only lower-case letters, digits and hyphens');
const HttpUrl = z
  .url({ protocol: /^https?$/ })
  .refine((url) => !/^https?:\/\/[^/]*@/.test(url), 'no name and password in an address');

const Host = z
  .string()
  .regex(
    /^[a-z0-9.-]+(:\d+)?$/,
    'only host and port, in lower case: no http://, no path, no *; a Chinese name as xn--…',
  )
  .refine((host) => !/:(80|443)$/.test(host), 'leave out :80 and :443, which http and https have anyway');

/** Where a structural default does not fit, a site may name its own places. CSS selectors. */
export const SiteSelectors = z.strictObject({
  listItem: z.string().optional(),
  listDate: z.string().optional(),
  nextPage: z.string().optional(),
  title: z.string().optional(),
  date: z.string().optional(),
  body: z.string().optional(),
  /** Links to files, or what holds them: each is taken for a file, whatever its address looks like. */
  attachments: z.string().optional(),
  /** What is not there for the reader: taken out before anything is read. */
  ignore: z.string().optional(),
});
export type SiteSelectors = z.infer<typeof SiteSelectors>;

const base = {
  id: Id,
  name: z.string().min(1),
  unit: Id,
  responsible: z.string().min(1).optional(),
  state: ChannelState.default('not-connected'),
  /** The day from which what is published here must have been approved, YYYY-MM-DD. */
  reviewFrom: z.iso.date().optional(),
  ...registerFields,
};

const cadence = {
  everyMinutes: z.int().min(5).max(10_080).default(60),
  requestsPerMinute: z.int().min(1).max(6000).default(60),
};

/** The school's own web site: only these hosts and paths are ever read (R1). */
export const SiteChannel = z.strictObject({
  ...base,
  kind: z.literal('site'),
  startUrls: z.array(HttpUrl).min(1),
  allow: z
    .array(
      z.strictObject({
        host: Host.refine(
          (host) => !isSharedPlace(host),
          'not the school’s own host: an account there is a channel of kind weibo, wechat or manual',
        ),
        paths: z.array(z.string().startsWith('/', 'a path begins with /')).default(['/']),
      }),
    )
    .min(1),
  /** A school's site may stand inside its own network; only then may a private address be fetched. */
  privateAddress: z.boolean().default(false),
  maxListPages: z.int().min(1).max(500).default(50),
  ...cadence,
  selectors: SiteSelectors.default({}),
  /** `browser`: its pages are built by scripts, and are read as a browser shows them. Dear in memory and time. */
  fetchedBy: z.enum(['http', 'browser']).default('http'),
  /** Files that its articles offer are read too, for personal data that should not stand there. */
  attachments: z.boolean().default(true),
});
export type SiteChannel = z.infer<typeof SiteChannel>;

/** The school's own Weibo account, by its number; no other account can be named (R1). */
export const WeiboChannel = z.strictObject({
  ...base,
  kind: z.literal('weibo'),
  uid: z.string().regex(/^\d{5,12}$/, 'the number of the account, as in weibo.com/u/1234567890'),
  /**
   * By which way it is read: `open-platform` with the account's own OAuth token, `mobile` with the account's own login at
   * m.weibo.cn, `import` from files that a person saves.
   */
  door: z.enum(['open-platform', 'mobile', 'import']),
  comments: z.boolean().default(true),
  /** What the Open Platform grants one authorised account. */
  callsPerDay: z.int().min(10).max(100_000).default(100),
  /** How far back the first run reads. */
  backDays: z.int().min(1).max(3650).default(90),
  ...cadence,
  requestsPerMinute: z.int().min(1).max(6000).default(20),
});
export type WeiboChannel = z.infer<typeof WeiboChannel>;

/** The school's own official account: its interface, and the pages of its own articles. */
export const WechatChannel = z.strictObject({
  ...base,
  kind: z.literal('wechat'),
  /** The account's number in addresses of its articles (`__biz=`): a page of another account is refused. */
  biz: z
    .string()
    .regex(/^[A-Za-z0-9+/]{8,24}={0,2}$/, 'as after __biz= in the address of one of its articles'),
  /** For the official interface; left out, only pasted addresses are read. */
  appId: z
    .string()
    .regex(/^wx[0-9a-f]{16}$/, 'wx and 16 digits, from the account’s developer page')
    .optional(),
  /** Approved drafts may be put into its draft box; never more than that (R12, R22). */
  sendsDrafts: z.boolean().default(false),
  comments: z.boolean().default(true),
  ...cadence,
  requestsPerMinute: z.int().min(1).max(6000).default(20),
});
export type WechatChannel = z.infer<typeof WechatChannel>;

/** Routes of RSSHub that name one account and nothing else; `:id` is the channel's own (R1). */
const RsshubRoute = z.enum([
  '/weibo/user/:id',
  '/wechat/mp/msgalbum/:id',
  '/bilibili/user/video/:id',
  '/bilibili/user/dynamic/:id',
  '/douyin/user/:id',
]);

/** A feed of the school's own: on its own host, or made by an RSSHub from the channel's own account. */
export const FeedChannel = z.strictObject({
  ...base,
  kind: z.literal('feed'),
  feed: z.discriminatedUnion('from', [
    z.strictObject({
      from: z.literal('own'),
      url: HttpUrl.refine(
        mayBeOwnFeed,
        'not on a host of the school’s own; for an RSSHub write `from: rsshub`',
      ),
    }),
    z.strictObject({
      from: z.literal('rsshub'),
      instance: HttpUrl.refine(isPlainInstance, 'the address of an RSSHub alone, without a route or a query'),
      route: RsshubRoute,
      accountId: z
        .string()
        .regex(/^\w[\w.=~-]{0,79}$/, 'letters, digits and . = ~ - _ only, a letter or digit first'),
    }),
  ]),
  privateAddress: z.boolean().default(false),
  ...cadence,
});
export type FeedChannel = z.infer<typeof FeedChannel>;

/** Registered and reviewed for, not crawled. */
const ManualChannel = z.strictObject({
  ...base,
  kind: z.literal('manual'),
  platform: z.string().min(1),
});

export const Channel = z.discriminatedUnion('kind', [
  SiteChannel,
  WeiboChannel,
  WechatChannel,
  FeedChannel,
  ManualChannel,
]);
export type Channel = z.infer<typeof Channel>;

/** One that is gathered from; a manual one is registered and reviewed for only. */
export type CrawledChannel = Exclude<Channel, { kind: 'manual' }>;

/** One that is read by calls to a platform or a feed, not by walking through pages. */
export type SourceChannel = Exclude<CrawledChannel, { kind: 'site' }>;

/** A building, canteen or other place with a name of its own, which a unit answers for. */
const Place = z.strictObject({
  name: z.string().min(1),
  aliases: z.array(z.string().min(1)).default([]),
  /** What people mean who name it without saying more. */
  topic: ServiceTopic.nullable().default(null),
});
export const Unit = z.strictObject({
  id: Id,
  name: z.string().min(1),
  aliases: z.array(z.string().min(1)).default([]),
  topics: z.array(ServiceTopic).default([]),
  places: z.array(Place).default([]),
});
export type Unit = z.infer<typeof Unit>;

/**
 * Who answers for the processing of comments (R21). Without an unexpired impact assessment, a named controller, an
 * independent reviewer and a notice, comments are not gathered; own articles go on.
 */
export const Governance = z.strictObject({
  school: z.string().min(1),
  controller: z.string().min(1).nullable().default(null),
  independentReviewer: z.string().min(1).nullable().default(null),
  noticeUrl: HttpUrl.nullable().default(null),
  impactAssessment: z
    .strictObject({ signedOn: z.iso.date(), expiresOn: z.iso.date() })
    .nullable()
    .default(null),
  /** Where people outside reach the office: stands in the public notice (R14). */
  contact: z
    .strictObject({
      phone: z.string().min(1).max(60).nullable().default(null),
      email: z.email().nullable().default(null),
      post: z.string().min(1).max(200).nullable().default(null),
    })
    .nullable()
    .default(null),
  /**
   * Whoever reads more texts than this on a day without acting on as many is shown to the independent reviewer (R23). Nothing
   * else follows from it.
   */
  manyReadsPerDay: z.int().min(5).max(10_000).default(60),
  /** The form of student numbers, by which one in public is found: `#` for any digit, everything else for itself. */
  studentNumberPattern: z
    .string()
    .regex(/^(?=(?:[^#]*#){4})[0-9A-Za-z#]{6,20}$/, '6 to 20 letters, digits and #, at least four of them #')
    .nullable()
    .default(null),
  /** Beginnings of document numbers (发文字号) that are never published, without year and number: a draft that holds one is not stored. */
  restrictedSeries: z.array(z.string().trim().min(2).max(30)).max(100).default([]),
});
export type Governance = z.infer<typeof Governance>;
