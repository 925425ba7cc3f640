import type { roster as zh } from '../zh-CN/roster.ts';

export const roster = {
  'roster.accountDisabled': ' Account disabled',
  'roster.allChannels': 'all channels',
  'roster.allUnits': 'all units',
  'roster.askImport': 'Ask the security administrator to import one.',
  'roster.backup': 'Backup: {name}',
  'roster.chainApplies': 'For {units}; {channels}',
  'roster.chainBroken':
    'A step has nobody, or one person would hold two steps. Ask the security administrator to add people.',
  'roster.chains': 'Review chains',
  'roster.dutyToday': 'On duty today',
  'roster.holidaysUnknown': 'Holiday arrangements not recorded yet',
  'roster.importInSettings': 'Import one in “Settings”.',
  'roster.nextWeek': 'Next week',
  'roster.noChains': 'No review chains yet.',
  'roster.noRoster': 'No duty roster yet.',
  'roster.noRosterAdvice': 'No duty roster yet. {advice}',
  'roster.nobodyNow': 'Nobody is on duty now.',
  'roster.nobodyOnDuty': 'Nobody on duty',
  'roster.personUnit': ' ({unit})',
  'roster.previousWeek': 'Previous week',
  'roster.restDay': 'Rest day',
  'roster.thisWeek': 'This week',
  'roster.today': ' (today)',
  'roster.weekHeading': 'Week',
  'roster.workingDay': 'Working day',
} satisfies Record<keyof typeof zh, string>;
