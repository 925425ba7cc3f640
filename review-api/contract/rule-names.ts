export { stateNames as ruleStateNames, targetName } from '../../pipeline/domain/rule-life.ts';
