import type { StepName } from './review-chain.ts';

/** As the office says them. */
export const stepNames: Record<StepName, string> = {
  first: '初审一校',
  second: '复审二校',
  final: '终审三校',
  'first-review': '初审',
  'second-review': '复审',
  'final-review': '终审',
  'first-proof': '一校',
  'second-proof': '二校',
  'third-proof': '三校',
};
