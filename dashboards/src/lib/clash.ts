import { briefKindNames } from '../../../review-api/contract/brief-names.ts';
import type { TemplatesView } from '../../../review-api/contract/briefs.ts';
import { t } from '../i18n/t.ts';
import { briefKinds } from './brief-words.ts';
import { type Entry, listEntries, periodKindLabels, type SchoolCalendar } from './calendar-draft.ts';

/** Where a colleague saved something else than what is being written here: lines that only one of the two has. */
export interface Clash {
  theirs: string[];
  mine: string[];
}

/**
 * @param base what both began from, `theirs` what is saved now, `mine` what was typed here
 * @returns null where nothing of a colleague's would be lost: nobody saved, or both say the same
 */
export function findClash(base: readonly string[], theirs: readonly string[], mine: readonly string[]) {
  const without = (lines: readonly string[], others: readonly string[]) => {
    const known = new Set(others);
    return lines.filter((one) => !known.has(one));
  };
  const same = (a: readonly string[], b: readonly string[]) => a.join('\n') === b.join('\n');
  if (same(base, theirs) || same(theirs, mine)) return null;
  return { theirs: without(theirs, mine), mine: without(mine, theirs) };
}

export function calendarLines(calendar: SchoolCalendar): string[] {
  const kindOf = ({ list, kind }: Entry) => {
    if (list === 'periods') return periodKindLabels[kind];
    return list === 'daysOff' ? t('calendar.daysOff') : t('calendar.workingDay');
  };
  return listEntries(calendar)
    .map((one) => t('calendar.clashLine', { ...one, kind: kindOf(one), until: one.to }))
    .sort();
}

type Templates = TemplatesView['templates'];
/** A line a field, with the kind of brief that it belongs to. */
export function templateLines({ issuer, kinds }: Templates): string[] {
  const line = (kind: string, name: string, text: string) =>
    t('brief-templates.clashLine', { kind, name, text });
  return [
    t('brief-templates.clashIssuer', { text: issuer }),
    ...briefKinds.flatMap((kind) => {
      const { title, mark, header, footer, numberRule, time, sections } = kinds[kind];
      const name = briefKindNames[kind];
      const when = [
        time.isOn ? t('brief-templates.byItself') : t('brief-templates.clashByHand'),
        time.at,
        ...(kind === 'morning' || kind === 'daily'
          ? [time.days === 'working' ? t('brief-templates.workingDays') : t('brief-templates.everyDay')]
          : []),
        ...(kind === 'weekly' ? [t('brief-templates.clashWeekday', { n: time.weekday })] : []),
        ...(kind === 'monthly' ? [t('brief-templates.clashMonthDay', { n: time.monthDay })] : []),
      ];
      return [
        line(name, t('app.title'), title),
        line(name, t('brief-templates.mark'), mark),
        line(name, t('brief-templates.header'), header),
        line(name, t('brief-templates.footer'), footer),
        line(name, t('brief-templates.numberRule'), numberRule),
        ...(kind === 'special' ? [] : [line(name, t('brief-templates.time'), when.join(t('app.listComma')))]),
        ...sections.map(({ title: of, intro, rows, isOn }, at) =>
          t('brief-templates.clashSection', {
            ...{ kind: name, n: at + 1, of, intro, rows },
            shown: isOn ? t('brief-templates.shown') : t('brief-templates.clashHidden'),
          }),
        ),
      ];
    }),
  ];
}
