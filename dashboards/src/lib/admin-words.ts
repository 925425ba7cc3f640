import type { SettingsChangeView } from '../../../review-api/contract/administration.ts';
import { t } from '../i18n/t.ts';

export type SettingsKind = SettingsChangeView['kind'];

export const settingsKindLabels: Record<SettingsKind, string> = {
  governance: t('admin.kindGovernance'),
  units: t('admin.kindUnits'),
  channels: t('admin.kindChannels'),
  rules: t('admin.kindRules'),
  calendar: t('admin.kindCalendar'),
  chains: t('admin.kindChains'),
  roster: t('admin.kindRoster'),
  routing: t('admin.kindRouting'),
  authority: t('admin.kindAuthority'),
  briefs: t('admin.kindBriefs'),
};

/** Who changed it: a person by name, the machine, or an account that is gone. */
export function describeAuthor({
  byName,
  byMachine,
}: Pick<SettingsChangeView, 'byName' | 'byMachine'>): string {
  if (byMachine) return t('admin.machine');
  return byName ?? t('app.disabledAccount');
}

/** Behind the author's name: from which file, where it was one. */
export function describeSource(source: string): string {
  return source === 'command' ? '' : t('admin.fromFile', { source });
}

/** Families of actions of the audit log: what stands before the dot. */
export const auditFamilies: Readonly<Record<string, string>> = {
  case: t('admin.familyCase'),
  lead: t('admin.familyLead'),
  handover: t('admin.familyHandover'),
  instruction: t('admin.familyInstruction'),
  card: t('admin.familyCard'),
  draft: t('admin.familyDraft'),
  check: t('admin.familyCheck'),
  live: t('admin.familyLive'),
  brief: t('admin.familyBrief'),
  burst: t('admin.familyBurst'),
  user: t('admin.familyUser'),
  'stand-in': t('admin.familyStandIn'),
  login: t('admin.familyLogin'),
  password: t('admin.familyPassword'),
  'second-factor': t('admin.familySecondFactor'),
  settings: t('admin.familySettings'),
  setup: t('admin.familySetup'),
  credential: t('admin.familyCredential'),
  objection: t('admin.familyObjection'),
  'public-request': t('admin.familyPublicRequest'),
  'lawful-request': t('admin.familyLawfulRequest'),
  retention: t('admin.familyRetention'),
  audit: t('admin.familyAudit'),
};

const verbs: Readonly<Record<string, string>> = {
  opened: t('admin.verbOpened'),
  claimed: t('admin.verbClaimed'),
  decided: t('admin.verbDecided'),
  registered: t('admin.verbRegistered'),
  changed: t('admin.verbChanged'),
  withdrawn: t('admin.verbWithdrawn'),
  added: t('admin.verbAdded'),
  removed: t('admin.verbRemoved'),
  saved: t('admin.verbSaved'),
  made: t('admin.verbMade'),
  ended: t('admin.verbEnded'),
  left: t('admin.verbLeft'),
  disabled: t('admin.verbDisabled'),
  enabled: t('admin.verbEnabled'),
  unlocked: t('admin.verbUnlocked'),
  locked: t('admin.verbLocked'),
  failed: t('admin.verbFailed'),
  refused: t('admin.verbRefused'),
  reset: t('admin.verbReset'),
  exported: t('admin.verbExported'),
  fetched: t('admin.verbFetched'),
  imported: t('admin.verbImported'),
  verified: t('admin.verbVerified'),
  purged: t('admin.verbPurged'),
  answered: t('admin.verbAnswered'),
  'link-made': t('admin.verbLinkMade'),
  'link-opened': t('admin.verbLinkOpened'),
  'signed-out': t('admin.verbSignedOut'),
  'contact-read': t('admin.verbContactRead'),
};

/** An action in words as far as they are known; what is not stays as the log has it. */
export function describeAction(action: string): string {
  const [family = '', verb = ''] = action.split('.');
  const thing = auditFamilies[family];
  const done = verbs[verb];
  if (thing !== undefined && verb === '') return thing;
  return thing === undefined || done === undefined ? action : t('admin.actionOn', { thing, done });
}
