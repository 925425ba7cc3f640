import type { PersonalSpan } from './personal-kind.ts';

const surname =
  '[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文]';
const need =
  '建档立卡(?:贫困)?(?:户|家庭|学生)|低保(?:户|家庭|学生|对象)|特困(?:供养|学生|人员|生)|贫困(?:生|学生|户)|家庭经济(?:特别)?困难学生|孤儿|单亲家庭|残疾(?:人|学生)';
const illness =
  '白血病|抑郁症|双相(?:情感)?障碍|精神分裂症|焦虑症|癫痫|乙肝|艾滋病|肺结核|恶性肿瘤|[胃肝肺肠乳]?[腺]?癌|尿毒症|肾衰竭|重症肌无力|先天性心脏病|脑瘫|自闭症';

/** A name, at most a few words, and how that person is: 张三同学系建档立卡户; 李某某患白血病. A masked name is none. */
const statuses: readonly RegExp[] = [
  new RegExp(
    `(?<![一-鿿])${surname}[一-鿿]{1,2}(?:同学|学生)?[，,（(]?(?:系|为|是|属于?|来自)(?:我院|我校|一名)?(?:${need})`,
    'gu',
  ),
  new RegExp(
    `(?<![一-鿿])${surname}[一-鿿]{1,2}(?:同学|学生)[^，。；\\n]{0,8}(?:患有?|确诊|被诊断[为出]?|罹患|身患)[^，。；\\n]{0,4}(?:${illness})`,
    'gu',
  ),
];

export function findStatuses(text: string): PersonalSpan[] {
  return statuses.flatMap((pattern) =>
    [...text.matchAll(pattern)]
      .filter(({ 0: found }) => !/^.某/u.test(found))
      .map((match): PersonalSpan => {
        const end = match.index + match[0].length;
        return { kind: 'status', start: match.index, end, isNamed: true };
      }),
  );
}
