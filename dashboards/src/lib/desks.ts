import { t } from '../i18n/t.ts';
import type { Action } from './codes.ts';
import { type Desk, deskNames, type PageName, pageFacts, pagesFor } from './pages.ts';

const deskLabels: Record<Desk, string> = {
  today: t('app.deskToday'),
  review: t('app.workbench'),
  drafts: t('app.drafts'),
  trends: t('app.deskTrends'),
  channels: t('app.channels'),
  rules: t('app.deskRules'),
  admin: t('app.deskAdmin'),
};

export interface DeskLinks {
  desk: Desk;
  /** That of its page where there is only one: nobody opens a room to find one door in it. */
  label: string;
  /** At least one; the first is where the desk begins. */
  pages: readonly [PageName, ...PageName[]];
}

/** The desks that somebody with these rights has pages on, in the order of the top bar. */
export function desksFor(actions: readonly Action[]): DeskLinks[] {
  const mine = pagesFor(actions);
  return deskNames.flatMap((desk) => {
    const [first, ...rest] = mine.filter((name) => pageFacts[name].desk === desk);
    if (first === undefined) return [];
    const label = rest.length === 0 ? pageFacts[first].label : deskLabels[desk];
    return [{ desk, label, pages: [first, ...rest] as const }];
  });
}
