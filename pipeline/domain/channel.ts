import { z } from 'zod';
import { ServiceTopic } from './category.ts';

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
const SiteSelectors = z.strictObject({
  listItem: z.string().optional(),
  listDate: z.string().optional(),
  nextPage: z.string().optional(),
  title: z.string().optional(),
  date: z.string().optional(),
  body: z.string().optional(),
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
};

/** The school's own web site: only these hosts and paths are ever read (R1). */
export const SiteChannel = z.strictObject({
  ...base,
  kind: z.literal('site'),
  startUrls: z.array(HttpUrl).min(1),
  allow: z
    .array(
      z.strictObject({
        host: Host,
        paths: z.array(z.string().startsWith('/', 'a path begins with /')).default(['/']),
      }),
    )
    .min(1),
  /** A school's site may stand inside its own network; only then may a private address be fetched. */
  privateAddress: z.boolean().default(false),
  maxListPages: z.int().min(1).max(500).default(50),
  everyMinutes: z.int().min(5).max(10_080).default(60),
  requestsPerMinute: z.int().min(1).max(6000).default(60),
  selectors: SiteSelectors.default({}),
});
export type SiteChannel = z.infer<typeof SiteChannel>;

/** Registered and reviewed for, not crawled. */
const ManualChannel = z.strictObject({
  ...base,
  kind: z.literal('manual'),
  platform: z.string().min(1),
});

export const Channel = z.discriminatedUnion('kind', [SiteChannel, ManualChannel]);
export type Channel = z.infer<typeof Channel>;

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
  /** The form of student numbers, by which one in public is found: `#` for any digit, everything else for itself. */
  studentNumberPattern: z
    .string()
    .regex(/^(?=(?:[^#]*#){4})[0-9A-Za-z#]{6,20}$/, '6 to 20 letters, digits and #, at least four of them #')
    .nullable()
    .default(null),
});
export type Governance = z.infer<typeof Governance>;
