/** Mistakes that need more than a list of words. */
export interface PatternHit {
  start: number;
  end: number;
  wrong: string;
  right: string;
  rule: string;
  /** In Chinese. */
  why: string;
}

interface Pattern {
  rule: string;
  expression: RegExp;
  right: (...groups: string[]) => string;
  why: string;
}

const patterns: readonly Pattern[] = [
  {
    rule: 'party-congress',
    expression: /(?<![全我本该])党(?=(?:十[五六七八九]|二十)(?:大(?!型)|届[一二三四五六七]中全会))/gu,
    right: () => '党的',
    why: '规范说法是“党的十九大”“党的二十大”，不省略“的”',
  },
  {
    rule: 'until-today',
    expression:
      /(?<=^|[\n。；，、：（(])截止(?=(?:到)?(?:目前|今[天日年]|昨[天日]|发稿|记者发稿|本[月周年]))/gu,
    right: () => '截至',
    why: '“截止”是到期停止；后面带时间宾语、事情仍在继续的，用“截至”',
  },
  {
    rule: 'doubled-particle',
    expression: /(?<![目标真有端打怕似是众鹄])的的(?![确士话]|黎波里)/gu,
    right: () => '的',
    why: '多写了一个“的”',
  },
  {
    rule: 'doubled-word',
    expression:
      /(?<=[\u4e00-\u9fa5])(?<!参|给|授|赋|相|予)与与(?=[\u4e00-\u9fa5])|(?<=[\u4e00-\u9fa5])及及(?=[\u4e00-\u9fa5])/gu,
    right: (found = '') => found.slice(0, 1),
    why: '多写了一个字',
  },
];

export function findPatterns(text: string): PatternHit[] {
  return patterns.flatMap(({ rule, expression, right, why }) =>
    Array.from(text.matchAll(expression), (match) => ({
      start: match.index,
      end: match.index + match[0].length,
      wrong: match[0],
      right: right(...match),
      rule,
      why,
    })),
  );
}
