/** What cases are called on paper and on screen: one place for both. */
export {
  caseStateNames,
  decisionNames,
  reasonNames,
  riskLevelNames,
} from '../../pipeline/domain/case-names.ts';
