/** What drafts, their steps and what is done with them are called on paper and on screen: one place for both. */
export {
  checkCategoryNames,
  checkLevelNames,
  draftEventNames,
  draftStateNames,
  genreNames,
  licenceNames,
  sourceNames,
} from '../../pipeline/domain/draft-names.ts';
export { stepNames } from '../../pipeline/domain/step-names.ts';
