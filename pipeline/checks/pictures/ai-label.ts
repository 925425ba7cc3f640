import type { CheckFinding, CheckInput, CheckLevel, CheckPlace } from '../../domain/check.ts';
import type { CheckStage } from '../check-stage.ts';
import { questionKey } from '../text-stage.ts';

const name = 'ai-label';
const version = '1';

/** What tells a reader so, in the text. */
const told =
  /(?:AI|AIGC|人工智能|大模型|算法|智能工具)[^。\n]{0,12}(?:生成|合成|制作|创作|绘制|辅助)|(?:生成|合成)[^。\n]{0,6}(?:AI|人工智能)/iu;
const saysMade =
  /(?:本文|本稿|本图|图片|视频|音频|海报|封面)[^。\n]{0,8}(?:由|经)[^。\n]{0,8}(?:AI|AIGC|人工智能|大模型)[^。\n]{0,6}(?:生成|合成|制作|绘制)/iu;
const blank = (text: string | null) => (text ?? '').trim() === '';

interface Said {
  level: CheckLevel;
  rule: string;
  place: CheckPlace;
  message: string;
  text?: string;
}

const form = (ref: string): CheckPlace => ({ part: 'form', ref, start: 0, end: 0 });

function checkLabel({ body, title, declarations: { ai }, images }: CheckInput): Said[] {
  const made = images.filter(({ image }) => image.aiGenerated);
  if (ai.use !== 'generated' && made.length === 0) return [];
  const what = ai.use === 'generated' ? '声明了正文由 AI 生成' : `有 ${made.length} 张 AI 生成的图片`;
  if (blank(ai.labelled)) {
    const message = `${what}，但没有写明怎样向读者标识。请在“AI 标识”一栏写明，并在稿件里标注。`;
    return [{ level: 'block', rule: 'label-missing', place: form('declarations.ai.labelled'), message }];
  }
  if (told.test(title) || told.test(body) || body.includes((ai.labelled ?? '').trim())) return [];
  const message = `${what}，正文里却没有找到标识（如“本文由人工智能辅助生成”）。标识应让读者看得到。`;
  return [{ level: 'warn', rule: 'label-not-shown', place: form('declarations.ai.labelled'), message }];
}

function checkDeclared({ body, declarations: { ai }, images }: CheckInput): Said[] {
  if (ai.use !== 'none' || images.some(({ image }) => image.aiGenerated)) return [];
  const match = saysMade.exec(body);
  if (match === null) return [];
  const [start, end] = [match.index, match.index + match[0].length];
  const message = '正文写明由人工智能生成，但“AI 生成”一栏声明为未使用，请核对。';
  return [
    {
      level: 'warn',
      rule: 'undeclared',
      place: { part: 'body', ref: null, start, end },
      message,
      text: match[0],
    },
  ];
}

/** What a machine made is declared, and its readers are told. */
export function buildAiLabelStage(): CheckStage {
  return {
    name,
    version,
    run: (input) => ({
      findings: [...checkLabel(input), ...checkDeclared(input)].map(
        ({ level, rule, place, message, text = '' }): CheckFinding => ({
          category: 'ai-label',
          level,
          ...{ stage: name, rule, version, place, text, message },
          suggestion: null,
          key: questionKey(name, rule),
        }),
      ),
    }),
  };
}
