import type { CheckInput, CheckLevel, EditorialCategory, ReadImage } from '../../domain/check.ts';

/** What is wrong with one picture, by what the form and its bytes say. */
export interface PictureTrouble {
  category: EditorialCategory;
  level: CheckLevel;
  rule: string;
  /** The field of the picture that puts it right. */
  field: 'source' | 'licence' | 'licenceUntil' | 'mapNumber' | 'showsMap' | 'aiGenerated' | 'bytes';
  message: string;
}

const blank = (text: string | null) => (text ?? '').trim() === '';

export function judgeLicence({ image }: ReadImage, day: string): PictureTrouble[] {
  const { source, licence, licenceUntil } = image;
  const troubles: PictureTrouble[] = [];
  const add = (rule: string, field: PictureTrouble['field'], message: string) =>
    troubles.push({ category: 'image-licence', level: 'warn', rule, field, message });
  if (licence === 'unknown') add('licence-unknown', 'licence', '没有填写授权情况，不清楚能否使用。');
  else if (licence !== 'own' && blank(source)) add('source-missing', 'source', '没有填写来源或作者。');
  if (licence === 'own' && blank(source)) add('author-missing', 'source', '没有填写拍摄者或制作者。');
  if (licenceUntil !== null && licenceUntil < day)
    add('licence-over', 'licenceUntil', `授权已于 ${licenceUntil} 到期，请更换或续签。`);
  return troubles;
}

/** GS（2024）0650号, GS京（2023）0012号, 冀S（2024）012号. */
const mapNumber =
  /^(?:审图号[:：]?)?\s*(?:GS\s*[一-鿿]?|[一-鿿]{1,2}\s*S)\s*[（(〔[]\s*(?:19|20)\d{2}\s*[）)〕\]]\s*(?:第\s*)?\d{1,6}\s*号$/iu;
const mapWords = /地图|版图|疆域图|行政区划图|区位图|路线图|示意图|线路图|分布图/u;
/** In the picture itself: a map prints it. */
const printedNumber = /审图号|GS\s*[一-鿿]?\s*[（(〔]\s*20\d{2}/u;
/** Plans of a campus and of how something is done show no territory. */
const noTerritory = /流程|技术|校园|校区|楼层|平面|考场|原理|结构|组织|思路|框架|座位|操作/u;

export function judgeMap({ image, alt, text }: ReadImage): PictureTrouble[] {
  const { showsMap, mapNumber: number, name } = image;
  const trouble = (
    level: CheckLevel,
    rule: string,
    field: PictureTrouble['field'],
    message: string,
  ): PictureTrouble[] => [{ category: 'map-number', level, rule, field, message }];
  if (showsMap) {
    if (blank(number))
      return trouble(
        'block',
        'number-missing',
        'mapNumber',
        '是地图，公开的地图要标明审图号（地图管理条例）；请填写，或改用标准地图。',
      );
    if (mapNumber.test((number ?? '').trim())) return [];
    return trouble(
      'block',
      'number-malformed',
      'mapNumber',
      `审图号“${number}”不像审图号，应如“GS（2024）0650号”“冀S（2024）012号”。`,
    );
  }
  const words = `${name} ${alt ?? ''}`;
  if (printedNumber.test(text ?? ''))
    return trouble('warn', 'looks-like-map', 'showsMap', '图中印有审图号，请勾选“含地图”并填写审图号。');
  if (mapWords.test(words) && !noTerritory.test(words))
    return trouble(
      'info',
      'may-be-map',
      'showsMap',
      '名称像是地图；如含国界、省界等，请勾选“含地图”并填写审图号。',
    );
  return [];
}

const sayings: Partial<
  Record<
    ReadImage['facts'][number]['kind'],
    (detail: string | null) => Omit<PictureTrouble, 'field' | 'level'>
  >
> = {
  position: () => ({
    category: 'personal-data',
    rule: 'position',
    message: '带有拍摄位置，读者可以看到在哪里拍的。请重新上传，系统会去除位置。',
  }),
  device: (detail) => ({
    category: 'personal-data',
    rule: 'device-owner',
    message: `带有作者或设备信息（${detail ?? ''}）。请重新上传，系统会去除。`,
  }),
};

export function judgeFacts(
  { image, facts }: ReadImage,
  { declarations }: Pick<CheckInput, 'declarations'>,
): PictureTrouble[] {
  return facts.flatMap(({ kind, detail }): PictureTrouble[] => {
    const said = sayings[kind]?.(detail);
    if (said !== undefined) return [{ ...said, level: 'warn', field: 'bytes' }];
    if (kind !== 'ai-made' || image.aiGenerated || declarations.ai.use === 'generated') return [];
    const message = `自称由算法生成（${detail ?? ''}），但没有声明为 AI 生成。请核对并声明。`;
    return [{ category: 'ai-label', level: 'warn', rule: 'ai-undeclared', field: 'aiGenerated', message }];
  });
}

/** Words for a picture that say nothing of it. */
const emptyAlt =
  /^(?:图|图片|照片|配图|插图|截图|海报|image|img|photo|picture)\s*\d*$|^(?:img|dsc|mmexport|微信图片|wx_camera|screenshot)[_-]?\d*|\.(?:jpe?g|png|gif|webp|bmp)$/iu;

/** Null: nobody has said; empty: decoration, which is an answer. */
export function lacksAlt({ alt }: ReadImage): boolean {
  return alt === null || (alt !== '' && (alt.trim() === '' || emptyAlt.test(alt.trim())));
}
