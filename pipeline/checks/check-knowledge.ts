import type { Authority } from '../domain/authority.ts';
import type { SchoolFacts } from '../domain/school-facts.ts';

/** What the checks know of the school besides the draft; sent to the thread they run in, so data only. */
export interface CheckKnowledge {
  authority: Authority;
  school: SchoolFacts;
}
