import { z } from 'zod';
import { Authority } from './authority.ts';
import { BriefTemplates } from './brief-template.ts';
import { Channel, Governance, Unit } from './channel.ts';
import { ReviewChain } from './review-chain.ts';
import { RosterEntry } from './roster.ts';
import { RoutingRules } from './routing.ts';
import { LexiconRule } from './rule.ts';
import { SchoolCalendar } from './school-calendar.ts';
import { Instant } from './time.ts';

export const SettingsKind = z.enum([
  ...(['channels', 'units', 'governance', 'rules'] as const),
  ...(['calendar', 'routing', 'chains', 'roster', 'authority', 'briefs'] as const),
]);
export type SettingsKind = z.infer<typeof SettingsKind>;

export const settingsBodies = {
  channels: z.array(Channel),
  units: z.array(Unit),
  governance: Governance,
  rules: z.array(LexiconRule),
  calendar: SchoolCalendar,
  chains: z.array(ReviewChain),
  roster: z.array(RosterEntry),
  routing: RoutingRules,
  authority: Authority,
  briefs: BriefTemplates,
} as const;

export type SettingsBody<K extends SettingsKind> = z.infer<(typeof settingsBodies)[K]>;

/** All kinds as they stood at one version; `version` 0 means that nothing was imported yet. */
export interface Settings {
  version: number;
  channels: SettingsBody<'channels'>;
  units: SettingsBody<'units'>;
  governance: SettingsBody<'governance'> | null;
  rules: SettingsBody<'rules'>;
  calendar: SettingsBody<'calendar'>;
  chains: SettingsBody<'chains'>;
  roster: SettingsBody<'roster'>;
  routing: SettingsBody<'routing'>;
  authority: SettingsBody<'authority'>;
  briefs: SettingsBody<'briefs'>;
}

export const SettingsChange = z.object({
  version: z.int().positive(),
  kind: SettingsKind,
  at: Instant,
  actorId: z.string().nullable(),
  /** Where it came from: a seed file's name or `command`. */
  source: z.string(),
  digest: z.string(),
});
export type SettingsChange = z.infer<typeof SettingsChange>;
