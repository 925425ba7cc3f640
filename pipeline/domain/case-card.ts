import { z } from 'zod';
import { AccessClass } from './access-class.ts';
import { Subject } from './instruction.ts';
import { Instant } from './time.ts';

/** The office's own words on the one-minute card 一分钟卡; everything else on it is read from the facts. */
export const CardText = z.object({
  subject: Subject,
  version: z.int().positive(),
  /** 事由, in a sentence. */
  gist: z.string().min(1).max(120),
  /** 下一步. */
  nextStep: z.string().max(120),
  /** 口径: an approved stock answer. */
  stockAnswerId: z.string().nullable(),
  accessClass: AccessClass,
  updatedBy: z.string(),
  updatedAt: Instant,
});
export type CardText = z.infer<typeof CardText>;

export const SaveCard = z.object({
  commandId: z.uuid(),
  subject: Subject,
  /** The version that the person saw; 0 for none yet. */
  version: z.int().nonnegative(),
  gist: z.string().min(1).max(120),
  nextStep: z.string().max(120),
  stockAnswerId: z.string().nullable(),
});
export type SaveCard = z.infer<typeof SaveCard>;
