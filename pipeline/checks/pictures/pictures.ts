import type { CheckFinding, CheckInput, ReadImage, Unchecked } from '../../domain/check.ts';
import type { CheckStage } from '../check-stage.ts';
import { questionKey } from '../text-stage.ts';
import { judgeFacts, judgeLicence, judgeMap, lacksAlt, type PictureTrouble } from './picture-rules.ts';

const name = 'pictures';
const version = '1';

/** Many pictures with one omission are one question. */
function findingOf(
  { image }: ReadImage,
  { category, level, rule, field, message }: PictureTrouble,
): CheckFinding {
  return {
    category,
    level,
    ...{ stage: name, rule, version },
    place: { part: 'form', ref: `images.${image.hash}.${field}`, start: 0, end: 0 },
    text: '',
    suggestion: null,
    message: `图片“${image.name}”${message}`,
    key: level === 'block' ? questionKey(name, rule, image.hash) : questionKey(name, rule),
  };
}

function findAlt(images: readonly ReadImage[]): CheckFinding[] {
  const lacking = images.filter(lacksAlt);
  const [first] = lacking;
  if (first === undefined) return [];
  return [
    {
      category: 'accessibility',
      level: 'warn',
      ...{ stage: name, rule: 'alt-missing', version },
      place: { part: 'form', ref: `images.${first.image.hash}.alt`, start: 0, end: 0 },
      text: '',
      suggestion: null,
      message: `有 ${lacking.length} 张图片没有替代文字（或只写了“图片”），看不到图的读者无从得知内容；装饰性图片请留空并标明。`,
      key: questionKey(name, 'alt-missing'),
    },
  ];
}

function tellUnchecked({ image, notes }: ReadImage): Unchecked[] {
  return notes.map((note) => ({ stage: name, part: image.hash, reason: `图片“${image.name}”：${note}` }));
}

/** Pictures: whose they are, whether they show a map, what they tell of their origin, who can make use of them. */
export function buildPicturesStage(): CheckStage {
  return {
    name,
    version,
    run: (input: CheckInput) => ({
      findings: [
        ...input.images.flatMap((read) =>
          [...judgeLicence(read, input.day), ...judgeMap(read), ...judgeFacts(read, input)].map((trouble) =>
            findingOf(read, trouble),
          ),
        ),
        ...findAlt(input.images),
      ],
      unchecked: input.images.flatMap(tellUnchecked),
    }),
  };
}
