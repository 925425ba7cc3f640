import type { CheckLevel } from '../domain/check.ts';

/** 慎用词和规范称谓: chosen and worded by the office; each says why. What depends on what is meant has no right form. */
export const termList = {
  version: '2026.11',
  source: '新华社新闻报道中的禁用词和慎用词（2016）；全国科学技术名词审定与教育部有关规定',
  owner: '党委宣传部',
} as const;

export interface Term {
  id: string;
  pattern: RegExp;
  /** Instead of the whole match; `$1` as in String.replace. Null where only a person can tell. */
  right: string | null;
  why: string;
  level?: CheckLevel;
}

const respect = '涉及残疾人的称谓应当尊重，不用带有歧视的说法。';
const law = '未经人民法院判决，任何人不得称为罪犯。';
const places = '涉及港澳台的表述，香港、澳门、台湾是中国的一部分，不与“国家”“中国”并列。';
const world = '国家、地区和国际组织按规范名称书写。';

export const terms: readonly Term[] = [
  { id: 'disabled', pattern: /残废(?:人士?|者)/gu, right: '残疾人', why: respect },
  { id: 'blind', pattern: /(?<![《“])瞎子(?!摸象|阿炳)/gu, right: '盲人', why: respect },
  { id: 'deaf', pattern: /(?<![《“])聋子(?!的耳朵)/gu, right: '聋人', why: respect },
  {
    id: 'mentally',
    pattern: /弱智(?:儿童|学生|孩子|人群|者)/gu,
    right: null,
    why: `${respect}可用“智力障碍”。`,
  },
  {
    id: 'deaf-mute',
    pattern: /聋哑(?:人|学生|儿童)(?!学校|协会)/gu,
    right: null,
    level: 'info',
    why: `${respect}可用“听力障碍”“言语障碍”。`,
  },
  {
    id: 'poor-student',
    pattern: /贫困生/gu,
    right: '家庭经济困难学生',
    level: 'info',
    why: '学生资助工作的规范称谓是“家庭经济困难学生”。',
  },
  {
    id: 'weak-student',
    pattern: /(?<!温)差生(?!活|产|意|成|长|命|物|态|存|动)/gu,
    right: null,
    why: '对学生不用贬义称呼，可用“学习有困难的学生”。',
  },
  { id: 'suspect', pattern: /(?<!犯罪)嫌疑犯|犯罪嫌疑犯/gu, right: '犯罪嫌疑人', why: law },
  {
    id: 'caught-criminal',
    pattern: /(?:抓获|逮捕|拘留|抓捕|通缉)(?:了|的)?[^，。；\n]{0,6}罪犯/gu,
    right: null,
    why: `${law}判决前用“犯罪嫌疑人”。`,
  },
  {
    id: 'former-convict',
    pattern: /劳改犯|刑满释放犯/gu,
    right: null,
    why: '不用带有歧视的称呼，可用“刑满释放人员”。',
  },
  {
    id: 'village-head',
    pattern: /(?<![农乡山渔新老全该各小本《“])村长(?![大成出期远久势效寿江城安假跑])/gu,
    right: '村主任',
    why: '村民委员会负责人称“村民委员会主任”，简称“村主任”，不称“村长”。',
  },
  {
    id: 'provincial-secretary',
    pattern: /(?<![各两本该外跨])省省委(?=书记|副书记|常委|组织部|宣传部|教育工委)/gu,
    right: '省委',
    why: '写作“中共××省委书记”，不写“××省省委书记”。',
  },
  {
    id: 'city-secretary',
    pattern: /(?<![级各两本该跨县])市市委(?=书记|副书记|常委|组织部|宣传部|教育工委)/gu,
    right: '市委',
    why: '写作“中共××市委书记”，不写“××市市委书记”。',
  },
  {
    id: 'procurator',
    pattern: /(人民)?检察院院长/gu,
    right: '$1检察院检察长',
    why: '检察院负责人称“检察长”。',
  },
  {
    id: 'chief-executive',
    pattern: /(香港|澳门)特别行政区政府(行政长官|立法会)/gu,
    right: '$1特别行政区$2',
    why: '行政长官、立法会不属于特别行政区政府。',
  },
  {
    id: 'hongkong-mainland',
    pattern: /中港(?=两地|关系|边境|司法|交流|合作)/gu,
    right: '内地与香港',
    why: places,
  },
  { id: 'macao-mainland', pattern: /中澳(?=两地)/gu, right: '内地与澳门', why: places },
  {
    id: 'taiwan-mainland',
    pattern: /中台(?=合资|两地|关系)/gu,
    right: null,
    why: `${places}可用“大陆与台湾”“两岸”。`,
  },
  {
    id: 'as-countries',
    pattern:
      /(香港|澳门|台湾|台北)等((?:[一二三四五六七八九十\d]+|多)个)?(?:国家|国)(?![和、或与（及内家际])/gu,
    right: '$1等$2国家和地区',
    why: `${places}与外国并列时写“国家和地区”。`,
  },
  {
    id: 'among-countries',
    pattern:
      /(?<=(?:香港|澳门|台湾|台北)(?:、[一-鿿]{2,6}){1,6})等((?:[一二三四五六七八九十\d]+|多)个)?(?:国家|国)(?![和、或与（及内家际])/gu,
    right: '等$1国家和地区',
    why: `${places}与外国并列时写“国家和地区”。`,
  },
  {
    id: 'come-to-china',
    pattern: /(?:香港|澳门|台湾|港澳台)[一-鿿]{0,6}(?:来华|回国|归国)/gu,
    right: null,
    why: `${places}香港、澳门人员来内地，台湾人员来大陆，不说“来华”“回国”。`,
  },
  {
    id: 'three-places',
    pattern: /两岸(?:三|四)地/gu,
    right: null,
    why: '不用“两岸三地”“两岸四地”，可用“海峡两岸和港澳”“内地与港澳、大陆与台湾”。',
  },
  {
    id: 'national-taiwan',
    pattern: /国立(台湾|政治|交通|中山|成功|台湾师范)大学(?=[一-鿿]{0,6}(?:台湾|教授|学生|交流))/gu,
    right: '$1大学',
    why: '台湾的学校不称“国立”。',
  },
  {
    id: 'taiwan-government',
    pattern: /台湾(?:中央)?政府/gu,
    right: '台湾当局',
    why: '不称“台湾政府”，可用“台湾当局”“台湾方面”。',
  },
  {
    id: 'japanese-rule',
    pattern: /日治(?=时期|时代)/gu,
    right: '日据',
    why: '用“日本殖民统治时期”或“日据时期”。',
  },
  { id: 'diaoyu', pattern: /尖阁(?:群岛|诸岛)/gu, right: '钓鱼岛', why: '我国领土按我国的名称书写。' },
  { id: 'nansha', pattern: /斯普拉特利群岛/gu, right: '南沙群岛', why: '我国领土按我国的名称书写。' },
  { id: 'formosa', pattern: /福(?:摩萨|尔摩[莎沙])/gu, right: '台湾', why: '不用带有殖民色彩的名称。' },
  { id: 'uygur', pattern: /(?<![纤思])维族/gu, right: '维吾尔族', why: '民族名称不用简称。' },
  { id: 'mongol', pattern: /(?<!内)蒙族/gu, right: '蒙古族', why: '民族名称不用简称。' },
  { id: 'korean', pattern: /(?<!朝)鲜族/gu, right: '朝鲜族', why: '民族名称不用简称。' },
  { id: 'non-party', pattern: /非党人士/gu, right: '党外人士', why: '统一战线工作的规范称谓是“党外人士”。' },
  {
    id: 'wto-members',
    pattern: /(世界贸易组织|世贸组织|亚太经合组织)成员国/gu,
    right: '$1成员',
    why: `${world}其成员不全是国家。`,
  },
  { id: 'apec', pattern: /亚太经合组织峰会/gu, right: '亚太经合组织领导人非正式会议', why: world },
  { id: 'north-korea', pattern: /(?<!东)北朝鲜(?!族)/gu, right: '朝鲜', why: world },
  { id: 'soviet', pattern: /前苏联(?!国家|地区|加盟|各)/gu, right: '苏联', why: world },
  { id: 'black-africa', pattern: /黑非洲/gu, right: '撒哈拉以南非洲', why: world },
  { id: 'islamic', pattern: /穆斯林(国家|世界)/gu, right: '伊斯兰$1', why: world },
  {
    id: 'belt-road',
    pattern: /[“"]?一带一路[”"]?(?:发展|国家)?战略/gu,
    right: '“一带一路”倡议',
    why: '“一带一路”是倡议，不称战略。',
  },
  {
    id: 'founding',
    pattern: /(?<![国开立邦])建国(以来|初期|(?:\d{2}|[一二三四五六七八九]十[一二三四五六七八九]?)周年)/gu,
    right: '新中国成立$1',
    why: '1949年用“新中国成立”，不简称“建国”。',
  },
  {
    id: 'founding-republic',
    pattern:
      /(?<=中华人民共和国)建国(?=以来|初期|(?:\d{2}|[一二三四五六七八九]十[一二三四五六七八九]?)周年)/gu,
    right: '成立',
    why: '1949年用“中华人民共和国成立”“新中国成立”，不用“建国”。',
  },
  {
    id: 'war-years',
    pattern: /八年抗(战|日战争)/gu,
    right: '十四年抗$1',
    why: '教材和宣传口径为“十四年抗战”。',
  },
  {
    id: 'exam-champion',
    pattern: /(?<!(?:炒作|宣传|严禁|禁止|不得|所谓)[^，。]{0,4}[“]?)高考状元/gu,
    right: null,
    why: '教育部要求不得宣传炒作“高考状元”。',
  },
];
