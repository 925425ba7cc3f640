import { describe, expect, it } from 'vitest';
import { findSecrecyMarks } from './secrecy-marks.ts';

const marked = (text: string) =>
  findSecrecyMarks(text).map(({ rule, start, end }) => [rule, text.slice(start, end)]);

describe('a secrecy mark is told by its form', () => {
  it.each([
    ['机密★1年\n关于某项工作的通知', 'graded', '机密★1年'],
    ['秘密 ★ 10年', 'graded', '秘密 ★ 10年'],
    ['绝密★长期', 'graded', '绝密★长期'],
    ['机 密 ★ 五年', 'graded', '机 密 ★ 五年'],
    ['機密★', 'graded', '機密★'],
    ['★秘密', 'graded', '★秘密'],
    ['附件 秘密＊３年', 'graded', '秘密＊３年'],
    ['秘\u200b密★6个月', 'graded', '秘\u200b密★6个月'],
    ['密级：机密', 'grade-field', '密级：机密'],
    ['密 级: 内部', 'grade-field', '密 级: 内部'],
    ['编号\t12\n密级\t秘密\n', 'grade-field', '密级\t秘密'],
    ['绝密\n某某会议纪要', 'grade-line', '绝密'],
    ['【机密】\n正文', 'grade-line', '【机密】'],
    ['秘　密\n沧澜大学文件', 'grade-line', '秘　密'],
    ['秘密5年\n通知', 'grade-line', '秘密5年'],
    ['  TOP SECRET  \n', 'grade-line', 'TOP SECRET'],
    ['内部资料，注意保存', 'internal', '内部资料，注意保存'],
    ['（内部资料 不得外传）', 'internal', '内部资料 不得外传'],
    ['内部文件\n一、总体情况', 'internal', '内部文件'],
    ['本材料仅供内部使用。', 'internal', '仅供内部使用'],
    ['（内部发行）', 'internal', '（内部发行）'],
    ['（不得外传）', 'internal', '（不得外传）'],
    ['此件不予公开', 'not-public', '此件不予公开'],
    ['本文件不得公开。', 'not-public', '本文件不得公开'],
    ['公开属性：不予公开', 'not-public', '公开属性：不予公开'],
    ['份号：000012', 'copy-number', '份号：000012'],
    ['沧大党密〔2025〕3号', 'restricted-series', '沧大党密〔2025〕3号'],
  ])('%s', (text, rule, words) => {
    const found = marked(text);
    expect(found.map(([first]) => first)).toContain(rule);
    expect(found.some(([, span]) => span?.includes(words))).toBe(true);
    expect(findSecrecyMarks(text).every(({ stopsStorage }) => stopsStorage)).toBe(true);
  });

  it('knows the series that a school never publishes', () => {
    const text = '根据沧大内字〔2024〕12号文件';
    expect(findSecrecyMarks(text)).toEqual([]);
    expect(findSecrecyMarks(text, { restrictedSeries: ['沧大内字'] })).toHaveLength(1);
  });

  it('lets be stored what is given on request, and says so', () => {
    expect(findSecrecyMarks('（此件依申请公开）')).toMatchObject([
      { rule: 'on-request', stopsStorage: false },
    ]);
  });
});

/** What schools write about secrets, and other uses of the words. */
const clean = [
  '保守国家秘密是每个公民的义务。',
  '学校召开保密工作会议，传达学习新修订的保守国家秘密法。',
  '全体涉密人员参加了保密教育培训。',
  '企业应当依法保护商业秘密和个人隐私。',
  '话剧《秘密花园》将于周五在大学生活动中心上演。',
  '讲座介绍了信息安全的机密性、完整性和可用性三个要素。',
  '《中华人民共和国保守国家秘密法》规定，国家秘密的密级分为绝密、机密、秘密三级。',
  '绝密级国家秘密是最重要的国家秘密。',
  '机密级以上的会议场所应当符合保密要求。',
  '他揭开了宇宙深处的秘密。',
  '青春没有秘密，成长自有答案。',
  '这个秘密10年后才被揭开。',
  '标有“机密★”字样的文件不得带离办公室。',
  '凡标注“内部资料 注意保存”字样的材料，一律不得上网。',
  '涉密不上网，上网不涉密。',
  '各单位要严格落实“谁主管谁负责”的保密工作责任制。',
  '保密委员会办公室印发《保密自查自评工作方案》。',
  '校保密〔2024〕1号文件已经发布。',
  '关于开展保密宣传月活动的通知',
  '本次考试试卷启封前属于国家秘密。',
  '泄露机密将被追究法律责任。',
  '加密算法可以保护数据的机密。',
  '请妥善保管好自己的手机、密码和银行卡。',
  '司机密切注意路况，安全第一。',
  '飞机密集起降，噪声明显增加。',
  '图书馆内部资料室周六不开放。',
  '连续性内部资料出版物准印证（沧）字第012号',
  '该数据库仅限校内使用。',
  '会议室仅供校内单位预约。',
  '任何人不得公开他人隐私。',
  '学生成绩不得公开排名。',
  '不予公开的政府信息应当说明理由。',
  '评审结果将于下周公开。',
  '此件公开发布',
  '公开属性：主动公开',
  '这本书1978年内部发行，1985年公开出版。',
  '密级：公开',
  '密级\t绝密\t机密\t秘密\n保密期限\t30年\t20年\t10年',
  '★ 欢迎报考沧澜大学！★',
  '五★好评，秘密武器是食堂的糖醋排骨。',
  '考生应在规定时间内完成报名，逾期不予办理。',
  '祖传配方不得外传，如今却写进了校本教材。',
  '本文不代表本站立场，未经许可不得转载。',
  '内部控制与风险管理专题培训开班。',
  '学院内部交流活动丰富多彩。',
  '第十二届保密技术交流大会在青岛举行。',
  '请同学们保密个人账号，不要向他人透露验证码。',
  '获奖名单揭晓前，一切都是秘密。',
];

it.each(clean)('says nothing of: %s', (text) => {
  expect(findSecrecyMarks(text)).toEqual([]);
});

it('is read in linear time', () => {
  for (const piece of ['机 ', '密级：', '（内部', '★', '此件', '甲乙丙丁戊己庚辛'])
    expect(findSecrecyMarks(piece.repeat(20_000))).toEqual([]);
});
