import type { CampusArticle } from './article.ts';

/**
 * 公示公告. Two go wrong as real ones do: a list with full identity numbers, a list with private mobile numbers. All
 * persons are invented; the identity numbers carry a right check digit over an area code that was never given out.
 */
export const publicity: readonly CampusArticle[] = [
  {
    key: 'aid-list-leak',
    site: 'vsb',
    columns: ['gsgg', 'tzgg'],
    title: '文学与传播学院{y}年家庭经济困难学生认定结果公示',
    daysAgo: 2,
    clock: '11:36:08',
    shown: 'second',
    unit: '文学与传播学院',
    body: [
      '经个人申请、班级民主评议、学院认定工作组审核，拟认定以下同学为家庭经济困难学生，现予公示，公示期五个工作日。',
      {
        table: [
          ['序号', '姓名', '身份证号', '等级'],
          ['1', '苏砚秋', '139901200503140013', '特别困难'],
          ['2', '柏雨眠', '139902200411230026', '困难'],
          ['3', '郗若川', '139901200607080035', '一般困难'],
        ],
      },
      '如有异议，请于{+7}前向学院学生工作办公室实名反映，电话0300-5500342。',
    ],
    edited: [
      '经个人申请、班级民主评议、学院认定工作组审核，拟认定以下同学为家庭经济困难学生，现予公示，公示期五个工作日。',
      '苏砚秋、柏雨眠、郗若川。',
      '如有异议，请于{+7}前向学院学生工作办公室实名反映，电话0300-5500342。',
    ],
    attachments: ['家庭经济困难学生认定名单.xlsx'],
  },
  {
    key: 'contest-list-mobiles',
    site: 'vsb',
    columns: ['gsgg'],
    title: '关于省师范生教学技能大赛校内选拔入围名单的公示',
    daysAgo: 8,
    clock: '17:15:00',
    shown: 'minute',
    unit: '教务处',
    body: [
      '省师范生教学技能大赛校内选拔已结束，经专家现场评审，拟推荐下列同学参加集训，公示至{+5w}。',
      {
        table: [
          ['组别', '姓名', '联系方式'],
          ['小学语文', '阮知微', '19900001234'],
          ['小学数学', '骆怀瑾', '16600004321'],
          ['学前教育', '蔺初晴', '17300005678'],
        ],
      },
      '入围同学请于{+6}下午到知行楼302参加动员会，带队教师为教师教育学院司徒明远。',
    ],
    attachments: ['校内选拔评分细则.docx'],
  },
  {
    key: 'scholarship-list',
    site: 'vsb',
    columns: ['gsgg', 'tzgg'],
    title: '{y}年度国家励志奖学金推荐人选公示',
    daysAgo: 20,
    clock: '10:18:22',
    shown: 'second',
    unit: '学生工作处',
    body: [
      '根据国家励志奖学金评审办法，经学院推荐、学校评审委员会评审，拟推荐以下36名同学，现予公示。',
      '数学与信息学院：闻人溪、楚怀远、岳清和、尉迟安；外国语学院：桑晚晴、褚一帆、游思齐；美术学院：佘墨白、冉星野；其余名单见附件。',
      '公示期自{0}至{+5}。对人选有异议的，请以书面形式提交学生资助管理中心，匿名材料不予受理，反映人信息严格保密。',
    ],
    attachments: ['推荐人选汇总表.xlsx'],
    traits: ['attachment-in-body'],
  },
  {
    key: 'procurement-result',
    site: 'vsb',
    columns: ['gsgg'],
    title: '第三教学楼多媒体设备采购项目成交结果公告',
    daysAgo: 31,
    clock: '15:00:00',
    shown: 'day',
    unit: '国有资产管理处',
    body: [
      '项目名称：第三教学楼多媒体设备采购；采购方式：竞争性磋商；采购预算：人民币壹佰捌拾陆万元整。',
      '成交供应商：河川智教科技有限公司；成交金额：1728600元；主要标的：激光投影机24台、智慧黑板24套、中控系统1套；质保期三年。',
      '供应商认为成交结果使其权益受到损害的，可在七个工作日内书面提出质疑，逾期不再受理。',
    ],
    attachments: ['成交明细.pdf'],
    traits: ['local-file'],
  },
];
