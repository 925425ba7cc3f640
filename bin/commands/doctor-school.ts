import { findChainFaults } from '../../pipeline/domain/review-chain.ts';
import { mayEnter } from '../../pipeline/domain/user.ts';
import { findUnknownYears } from '../../pipeline/domain/work-calendar.ts';
import { type FoundSchool, ok, type Result, warn } from './doctor-result.ts';

/** Due times are worked out from it. */
export function checkCalendar(school: FoundSchool | undefined): Result {
  if (school === undefined) return warn('not checked: see database');
  const years = findUnknownYears(school.calendar, school.at);
  if (years.length === 0) return ok('the official holidays of the next two months are known');
  const hint = 'update guanlan, or enter them in calendar.yaml';
  return warn(
    `${years.join(', ')}年放假安排尚未收录: weekends and fixed holidays are taken until then; ${hint}`,
  );
}

export function checkRoster(school: FoundSchool | undefined): Result {
  if (school === undefined) return warn('not checked: see database');
  const { settings, users, at } = school;
  const active = users.filter((user) => mayEnter(user, at));
  const logins = new Set(active.map(({ login }) => login));
  const { roster, chains } = settings;
  if (roster.length === 0) return warn('the duty roster is empty: guanlan setup template --out FILE.xlsx');
  const gone = [...new Set(roster.map(({ person }) => person))].filter((login) => !logins.has(login));
  if (gone.length > 0) return warn(`${gone.join(', ')} stands in the duty roster and cannot sign in`);
  const broken = chains.filter((chain) => findChainFaults(chain, active).length > 0);
  if (broken.length === 0) return ok(`${roster.length} shifts, ${chains.length} review chains`);
  return warn(`review chain ${broken.map(({ id }) => id).join(', ')}: a step has nobody of its own`);
}
