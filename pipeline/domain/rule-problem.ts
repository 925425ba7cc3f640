import { InvalidInput } from './errors.ts';

/** What can be wrong with a rule. */
export type RuleFault =
  | 'missing'
  | 'malformed'
  | 'unknown-field'
  | 'duplicate-id'
  | 'empty'
  | 'word-is-allowed'
  | 'pattern-refused'
  | 'purpose-unnamed'
  | 'purpose-second'
  | 'purpose-refused'
  | 'expiry-too-far'
  | 'expiry-past'
  | 'version-kept'
  | 'state-move'
  | 'example-missed'
  | 'example-missed-in-set'
  | 'counter-example-hit'
  | 'counter-example-hit-in-set';

/** One thing that is wrong. `ruleId` is `#3` for the third of the list where it has none. */
export interface RuleProblem {
  ruleId: string;
  field: string;
  fault: RuleFault;
  /** What the fault is about: a word, a date, the name that was wanted. */
  detail: string;
}

interface Words {
  office: (detail: string) => string;
  operator: (detail: string) => string;
}

const words: Record<RuleFault, Words> = {
  missing: { office: () => '没有填写', operator: () => 'is missing' },
  malformed: { office: (d) => `填写有误（${d}）`, operator: (d) => `is not valid: ${d}` },
  'unknown-field': { office: () => '没有这个字段', operator: () => 'there is no such field' },
  'duplicate-id': { office: () => '编号重复', operator: () => 'the id is used twice' },
  empty: { office: () => '没有词语也没有模式', operator: () => 'there is neither a word nor a pattern' },
  'word-is-allowed': {
    office: (d) => `“${d}”既是词语又是放行短语`,
    operator: (d) => `"${d}" is both a word and an allow-phrase`,
  },
  'pattern-refused': {
    office: (d) => `模式不能使用（${d}）`,
    operator: (d) => `the pattern is refused: ${d}`,
  },
  'purpose-unnamed': {
    office: (d) => `用途须以“${d}：”开头`,
    operator: (d) => `must begin with "${d}：" (the screen name of its target)`,
  },
  'purpose-second': {
    office: (d) => `用途只能有一个，不能再写“${d}：”`,
    operator: (d) => `names a second purpose, "${d}："`,
  },
  'purpose-refused': {
    office: (d) => `不得用于“${d}”`,
    operator: (d) => `"${d}" is nothing that a rule may be for`,
  },
  'expiry-too-far': {
    office: (d) => `有效期最长十二个月，不晚于 ${d}`,
    operator: (d) => `lies more than twelve months ahead; at the latest ${d}`,
  },
  'expiry-past': { office: () => '有效期已过', operator: () => 'lies in the past' },
  'version-kept': {
    office: (d) => `内容改了，版本须高于 ${d}`,
    operator: (d) => `the rule has changed, so its version must rise above ${d}`,
  },
  'state-move': { office: (d) => `状态不能这样变更（${d}）`, operator: (d) => `no such move: ${d}` },
  'example-missed': { office: () => '命中示例没有命中', operator: () => 'the rule does not hit it' },
  'example-missed-in-set': {
    office: () => '与其他规则一起时，命中示例没有命中',
    operator: () => 'among all rules, the rule does not hit it',
  },
  'counter-example-hit': { office: () => '不应命中的示例被命中', operator: () => 'the rule hits it' },
  'counter-example-hit-in-set': {
    office: () => '与其他规则一起时，不应命中的示例被命中',
    operator: () => 'among all rules, the rule hits it',
  },
};

/** For those who work with rules on screens. */
export function describeProblem({ ruleId, field, fault, detail }: RuleProblem): string {
  return `${ruleId} 的 ${field}：${words[fault].office(detail)}`;
}

/** For a terminal. */
export function describeProblemInEnglish({ ruleId, field, fault, detail }: RuleProblem): string {
  return `rule ${ruleId}: ${field}: ${words[fault].operator(detail)}`;
}

/** Rules that were refused: everything that is wrong with them, at once. Nothing was saved. */
export class InvalidRules extends InvalidInput {
  readonly problems: readonly RuleProblem[];
  constructor(problems: readonly RuleProblem[]) {
    const [first] = problems;
    super(
      first === undefined ? 'rules' : `${first.ruleId}.${first.field}`,
      `规则有 ${problems.length} 处不合要求：${problems.map(describeProblem).join('；')}。`,
    );
    this.problems = problems;
  }
}
