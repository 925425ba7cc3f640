import type { Term } from './term-list.ts';

/** 固定提法: what public documents lay down. What a school adds of its own stands in the authority table. */
export const phraseList = {
  version: '2026.11',
  source: '《中国共产党章程》、历次全国代表大会和中央全会文件',
  owner: '党委宣传部',
} as const;

const serious = '严重的文字差错，须改正后再发布。';
const meeting = '会议名称按规范写法。';
const fixed = '固定提法按文件原文书写。';
const plans = '自“十一五”起称“规划”，并加引号。';

export const partyPhrases: readonly Term[] = [
  {
    id: 'serious-state',
    pattern: /中华人(?:名|民共合)共?和?国|中华入民共和国|中华人民共合国|中华人民共和围/gu,
    right: '中华人民共和国',
    level: 'block',
    why: serious,
  },
  {
    id: 'serious-party',
    pattern: /中国共产(?:觉|堂|常|档)/gu,
    right: '中国共产党',
    level: 'block',
    why: serious,
  },
  { id: 'serious-centre', pattern: /中共中(?:夹|英|映)/gu, right: '中共中央', level: 'block', why: serious },
  {
    id: 'serious-secretary',
    pattern: /总书(?:纪|计|己)(?!念|录)/gu,
    right: '总书记',
    level: 'block',
    why: serious,
  },
  {
    id: 'serious-name',
    pattern: /刁近平|习(?:进|尽|今|禁)平(?=总书记|主席|同志|新时代|在|指出|强调)|习近(?:乎|评|瓶|凭)/gu,
    right: '习近平',
    level: 'block',
    why: serious,
  },
  {
    id: 'secretary-short',
    pattern: /(?<![复学练])习总书记/gu,
    right: '习近平总书记',
    why: '领导人姓名、职务使用全称。',
  },
  {
    id: 'thought',
    pattern: /习近平新时代(?:特色社会主义思想|中国特色社会思想|中国社会主义思想|中国特色主义思想)/gu,
    right: '习近平新时代中国特色社会主义思想',
    why: fixed,
  },
  {
    id: 'three-represents',
    pattern: /(?<![“"])三个代表(?=重要思想)/gu,
    right: '“三个代表”',
    why: `${fixed}“三个代表”加引号。`,
  },
  { id: 'three-represents-thought', pattern: /“?三个代表”?思想/gu, right: '“三个代表”重要思想', why: fixed },
  {
    id: 'congress',
    pattern: /(?<![我本全爱建入我们])党(十[五六七八九]|二十)大(?![一-鿿]?(?:楼|厦|队|桥|道))/gu,
    right: '党的$1大',
    why: meeting,
  },
  {
    id: 'plenum-of-congress',
    pattern: /(十[五六七八九]|二十)大([一二三四五六七])中全会/gu,
    right: '$1届$2中全会',
    why: `${meeting}中央全会按“届”称，如“二十届三中全会”。`,
  },
  {
    id: 'plenum-ordinal',
    pattern: /党的第(十[五六七八九]|二十)届([一二三四五六七])中全会/gu,
    right: '党的$1届$2中全会',
    why: meeting,
  },
  {
    id: 'congress-ordinal',
    pattern: /(中国共产党|党的)第?(十[五六七八九]|二十)届全国代表大会/gu,
    right: '$1第$2次全国代表大会',
    why: `${meeting}全国代表大会按“次”称。`,
  },
  {
    id: 'five-year-plan',
    pattern: /[“"]?(十[一二三四五]五)[”"]?(?:发展)?计划(?!生育|单列)/gu,
    right: '“$1”规划',
    why: plans,
  },
  {
    id: 'centre-and-council',
    pattern: /党中央国务院/gu,
    right: '党中央、国务院',
    why: '并列的机关名称之间用顿号。',
  },
  {
    id: 'first-heart',
    pattern: /“不忘初心，牢记使命”/gu,
    right: '“不忘初心、牢记使命”',
    why: '主题教育的名称中间用顿号。',
  },
  {
    id: 'moral-five',
    pattern:
      /(?<![德智体美劳])(?:德智体劳美|德智美体劳|德智美劳体|德智劳体美|德体智美劳|德体美智劳|德美智体劳)(?![德智体美劳])/gu,
    right: '德智体美劳',
    why: fixed,
  },
  { id: 'values-law', pattern: /自由、平等、公正、法制/gu, right: '自由、平等、公正、法治', why: fixed },
  { id: 'law-country', pattern: /社会主义法制国家/gu, right: '社会主义法治国家', why: fixed },
];

export interface FixedOrder {
  id: string;
  items: readonly string[];
  /** Some of them alone may stand in a list, in the same order. */
  parts?: true;
}

export const fixedOrders: readonly FixedOrder[] = [
  { id: 'four-consciousnesses', items: ['政治意识', '大局意识', '核心意识', '看齐意识'] },
  { id: 'four-confidences', items: ['道路自信', '理论自信', '制度自信', '文化自信'] },
  {
    id: 'four-comprehensives',
    items: ['全面建设社会主义现代化国家', '全面深化改革', '全面依法治国', '全面从严治党'],
  },
  { id: 'five-in-one', items: ['经济建设', '政治建设', '文化建设', '社会建设', '生态文明建设'] },
  { id: 'new-ideas', items: ['创新', '协调', '绿色', '开放', '共享'] },
  {
    id: 'core-values',
    items: ['富强', '民主', '文明', '和谐', '自由', '平等', '公正', '法治', '爱国', '敬业', '诚信', '友善'],
  },
  { id: 'study-history', items: ['学史明理', '学史增信', '学史崇德', '学史力行'] },
  {
    id: 'guiding-thoughts',
    items: [
      '马克思列宁主义',
      '毛泽东思想',
      '邓小平理论',
      '“三个代表”重要思想',
      '科学发展观',
      '习近平新时代中国特色社会主义思想',
    ],
    parts: true,
  },
];
