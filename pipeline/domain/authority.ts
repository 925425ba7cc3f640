import { z } from 'zod';
import { CheckLevel } from './check.ts';

/**
 * 权威信息表: who holds which post, how units are called and which wording is fixed, each with the days it is true on. A draft is
 * judged on the day it is published. Days are Shanghai's; `until` is the last day; null is open.
 */
const dated = {
  from: z.iso.date().nullable().default(null),
  until: z.iso.date().nullable().default(null),
};
const inOrder = ({ from, until }: Dated) => from === null || until === null || from <= until;
const orderProblem = { message: '起始日期晚于截止日期', path: ['until'] };

interface Dated {
  from: string | null;
  until: string | null;
}

const Post = z
  .strictObject({
    /** As it is written before or after the name: 党委书记, 副校长. */
    title: z.string().min(1).max(60),
    /** Whose post: the school's name, or a unit's. Empty: the school's. */
    unit: z.string().max(60).default(''),
    ...dated,
    /** Place in lists, from 1; null where the order says nothing. */
    rank: z.int().positive().nullable().default(null),
  })
  .refine(inOrder, orderProblem);
export type AuthorityPost = z.infer<typeof Post>;

const Person = z.strictObject({
  name: z.string().min(2).max(40),
  /** Other ways to write it that are right too. */
  aliases: z.array(z.string().min(2).max(40)).max(10).default([]),
  posts: z.array(Post).min(1).max(20),
});
export type AuthorityPerson = z.infer<typeof Person>;

const Phrase = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/),
    right: z.string().min(2).max(200),
    wrong: z.array(z.string().min(2).max(200)).min(1).max(30),
    ...dated,
    /** Where the wording is laid down. */
    source: z.string().min(1).max(200),
    level: CheckLevel.default('warn'),
    /** For whoever wonders. */
    note: z.string().max(300).nullable().default(null),
  })
  .refine(inOrder, orderProblem);
export type AuthorityPhrase = z.infer<typeof Phrase>;

const UnitName = z
  .strictObject({
    name: z.string().min(2).max(60),
    ...dated,
    /** What it is called after `until`; null where there is no such unit any more. */
    now: z.string().min(2).max(60).nullable().default(null),
  })
  .refine(inOrder, orderProblem);
export type AuthorityUnit = z.infer<typeof UnitName>;

export const Authority = z.strictObject({
  /** Who keeps it, and by which day it was last looked through. */
  owner: z.string().max(60).default(''),
  asOf: z.iso.date().nullable().default(null),
  persons: z.array(Person).max(500).default([]),
  phrases: z.array(Phrase).max(1000).default([]),
  units: z.array(UnitName).max(500).default([]),
});
export type Authority = z.infer<typeof Authority>;

export const emptyAuthority: Authority = { owner: '', asOf: null, persons: [], phrases: [], units: [] };

export function isTrueOn({ from, until }: Dated, day: string): boolean {
  return (from === null || from <= day) && (until === null || day <= until);
}

/** The posts somebody holds on a day. */
export function postsOn(person: AuthorityPerson, day: string): AuthorityPost[] {
  return person.posts.filter((post) => isTrueOn(post, day));
}

/** What stands in a list twice, or contradicts itself. @returns where, and what; null where all is well */
export function findAuthorityProblem({
  persons,
  phrases,
}: Authority): { path: (string | number)[]; message: string } | null {
  for (const [index, { id, right, wrong }] of phrases.entries()) {
    if (phrases.findIndex((other) => other.id === id) !== index)
      return { path: ['phrases', index, 'id'], message: `编号“${id}”用了两次` };
    const same = wrong.findIndex((form) => right.includes(form));
    if (same !== -1)
      return {
        path: ['phrases', index, 'wrong', same],
        message: `误写“${wrong[same]}”包含在正确写法里`,
      };
  }
  for (const [index, { name }] of persons.entries()) {
    if (persons.findIndex((other) => other.name === name) !== index)
      return {
        path: ['persons', index, 'name'],
        message: `“${name}”登记了两次，请把职务合并到一人名下`,
      };
  }
  return null;
}
