import { z } from 'zod';

const Words = (longest: number) => z.string().trim().min(1).max(longest);

/** What the register (资产台账) says of every channel, crawled or not. All of it may be missing. */
export const registerFields = {
  /** The account's public name or handle on its platform: an account of the school, no person. */
  account: Words(60).optional(),
  /** 承办单位: which unit runs it, where that is not the one that owns it. */
  executor: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,47}$/, 'only lower-case letters, digits and hyphens')
    .optional(),
  /** 备案, of a site with the ministry or of an account with the publicity office. */
  filing: z.strictObject({ number: Words(60), filedOn: z.iso.date() }).optional(),
  /** 年审: when it was last looked through as a whole. */
  reviewedOn: z.iso.date().optional(),
  /** 注销: the end of a channel. */
  shutDown: z.strictObject({ on: z.iso.date(), reason: Words(200) }).optional(),
};
