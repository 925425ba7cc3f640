import { z } from 'zod';
import { ChannelKind } from '../../pipeline/domain/channel.ts';
import { CrawlRun } from '../../pipeline/domain/crawl.ts';
import { CredentialStanding } from '../../pipeline/domain/credential.ts';
import { TypedText } from './fields.ts';

const Address = z.url({ protocol: /^https?$/ }).max(1000);

/** How far the office is set up, read from what there is; nothing of it is kept apart. Counts and names of channels only. */
export const Guide = z
  .object({
    site: z.object({
      /** Channels that are gathered from. */
      crawled: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          kind: ChannelKind,
          lastRun: CrawlRun.omit({ channelId: true }).nullable(),
        }),
      ),
      /** Own articles that came from the first of them, newest reading first, at most 8; for who may add one. */
      arrived: z.array(z.object({ title: z.string(), publishedAt: z.string().nullable(), url: z.string() })),
      /** Whether this person may add one. */
      mayAdd: z.boolean(),
    }),
    people: z.object({
      /** Active accounts. */
      accounts: z.int(),
      units: z.int(),
      /** Whether there is somebody who decides about what is gathered. */
      hasReviewer: z.boolean(),
    }),
    credentials: z.array(
      z.object({
        channelId: z.string(),
        name: z.string(),
        kind: ChannelKind,
        standing: CredentialStanding,
      }),
    ),
    assessment: z.object({
      /** What stands against gathering comments, as staff read it (R21): `words`, or `says` in English. */
      missing: z.array(z.object({ words: z.string(), says: z.string() })),
      /** The last day on which they are gathered, YYYY-MM-DD; null while they are not. */
      endsOn: z.iso.date().nullable(),
    }),
  })
  .meta({ id: 'Guide' });
export type Guide = z.infer<typeof Guide>;

export const SiteSurveyRequest = z.strictObject({ address: Address }).meta({ id: 'SiteSurveyRequest' });

/** What a home page and its columns say of themselves; nothing is stored. */
export const SiteFindings = z
  .object({
    /** Of the home page, after redirects. */
    address: z.string(),
    school: z.string(),
    /** What the site is made with; null where its pages don't give it away. */
    system: z.string().nullable(),
    /** Pages that are lists: read in every run. */
    columns: z.array(z.object({ url: z.string(), name: z.string(), items: z.int() })),
    /** The newest, as they would be read; at most 8. */
    sample: z.array(z.object({ title: z.string(), publishedAt: z.string().nullable(), url: z.string() })),
    /** Accounts and sites of the school that the pages link to: registered apart, each after a look. */
    others: z.array(z.object({ name: z.string(), kind: ChannelKind })),
    pagesRead: z.int(),
    /** Pages below the home page that could not be read. */
    troubles: z.int(),
    /** Registered already: the name of the channel. */
    registeredAs: z.string().nullable(),
  })
  .meta({ id: 'SiteFindings' });
export type SiteFindings = z.infer<typeof SiteFindings>;

export const AddSiteRequest = z
  .strictObject({
    address: Address,
    name: TypedText(1, 60),
    columns: z.array(Address).max(40).default([]),
  })
  .meta({ id: 'AddSiteRequest' });
