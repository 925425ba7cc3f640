/** What briefs are called and how their numbers are written, on paper and on screen: one place for both. */
export { briefKindNames, showNumber } from '../../pipeline/domain/brief.ts';
