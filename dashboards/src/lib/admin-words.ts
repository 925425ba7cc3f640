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
