import { InvalidArgumentError } from 'commander';
import { z } from 'zod';

/** Is it in the calendar? JavaScript takes 2026-02-30 for the second of March. */
export const isRealDay = (text: string): boolean => z.iso.date().safeParse(text).success;

/** Of an option. @throws InvalidArgumentError, to which the option's name is put */
export function parseDay(text: string): string {
  if (isRealDay(text)) return text;
  throw new InvalidArgumentError('give a day that there is, such as 2026-11-23.');
}
