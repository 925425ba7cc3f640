import { z } from 'zod';
import type { Action } from '../../pipeline/domain/role.ts';
import { IdText } from './fields.ts';

/**
 * `action` is the right that a route asks for (pipeline/domain/role.ts); `signed-in` asks for a session only, `public` for none.
 * `answer` is the body on success, null for an empty 204. Every failure is a Problem.
 */
export interface RouteSpec {
  method: 'get' | 'post' | 'delete';
  /** As Express has it, parameters as `:id`. */
  path: string;
  summary: string;
  action: Action | 'signed-in' | 'public';
  params: z.ZodObject | null;
  query: z.ZodObject | null;
  body: z.ZodObject | null;
  answer: z.ZodType | null;
  /** The body is a file, as it is, instead of JSON. */
  upload?: { maxBytes: number; anyType?: boolean };
  /** The answer is a file, as it is, instead of JSON; `answer` is null. */
  download?: true;
  /** Points that it takes of the caller's allowance; 1 unless told. */
  cost?: number;
  /** Asked by pages on their own: it doesn't keep the session alive. Any other request says so by `x-guanlan-background: 1`. */
  background?: true;
  /** May be used before the password that was made for somebody is changed. */
  withFirstPassword?: true;
}

/** What a route has unless it says otherwise. */
export const plain = { params: null, query: null, body: null, answer: null };
export const withId = { ...plain, params: z.strictObject({ id: IdText }) };
