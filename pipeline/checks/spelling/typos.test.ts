import { describe, expect, it } from 'vitest';
import { checkInput } from '../../../test/builders/check-input.ts';
import { buildSpellingStage } from './index.ts';

/** Sentences as they come out of a hurried newsroom: the wrong characters in brackets, then the right ones. */
const hurried = `
会议[布署|部署]了下学期的重点工作。
我校学子在全国大学生数学[竟赛|竞赛]中获一等奖。
实验人员应做好[幅射|辐射]防护。
[截止|截至]目前，已有三千余名学生完成报名。
图书馆发布招聘[启示|启事]。
请考生[登陆|登录]学校教务系统查询成绩。
同学们[必需|必须]遵守实验室安全规定。
全体党员要坚决[贯切|贯彻]落实上级决策部署。
学院党委[付书记|副书记]主持会议。
两校签署战略[和作|合作]协议。
老师们[兢兢业页|兢兢业业]，教书育人。
志愿者们[踊越|踊跃]参加献血活动。
现场[气份|气氛]热烈。
青年学生要[继往开采|继往开来]。
会上，三位老师[各抒已见|各抒己见]。
他带领团队[攻艰|攻坚]克难，取得突破。
校党委书记为获奖集体[授于|授予]奖牌。
请于五月十日前交回[报明|报名]表。
学校召开[座谈汇|座谈会]听取意见。
要加强意识[型态|形态]阵地管理。
严格遵守考试[记律|纪律]。
切实消除安全[隐换|隐患]。
开展防范电信[炸骗|诈骗]宣传活动。
学校开展[心里健康|心理健康]教育月活动。
晚会在歌声中圆满落下[维幕|帷幕]。
全校师生[缅坏|缅怀]革命先辈。
两部门[座谈汇|座谈会]在行政楼举行。
双方就合作事宜进行了[恰谈|洽谈]。
学生会干部[以身做则|以身作则]。
这项成果受到学界广泛[嘱目|瞩目]。
他的报告[融汇贯通|融会贯通]，深入浅出。
学院为毕业生提供就业[指到|指导]。
活动由校团委[倡义|倡议]发起。
同学们表示受益[非浅|匪浅]。
我校获批三个国家级一流本科[专叶|专业]。
调研组[听去|听取]了学院工作汇报。
会议[强周|强调]，要高度重视安全工作。
各单位要提高[思像|思想]认识。
学校[领到|领导]看望了留校学生。
他在科研上取得了丰硕[成课|成果]。
图书馆[开防|开放]时间有所调整。
学院组织教师开展教学[观磨|观摩]活动。
[毕叶生|毕业生]代表在典礼上发言。
请各部门[任真|认真]做好准备工作。
学校将进一步完善管理[治度|制度]。
本次培训为期三天，内容[丰付|丰富]。
大家纷纷表示要[珍昔|珍惜]来之不易的机会。
学校举行消防[演连|演练]活动。
他[段炼|锻炼]了自己的表达能力。
希望同学们[树力|树立]远大理想。
学院与企业共建实习[机地|基地]。
本学期[其末|期末]考试安排如下。
会议[审义|审议]通过了工作报告。
学校对获奖教师进行[表障|表彰]。
代表们围绕议题展开热烈[讨纶|讨论]。
校医院[开站|开展]健康义诊活动。
讲座吸引了众多学生[前来参佳|前来参加]。
青年教师要[提声|提升]教学能力。
食堂要严把食品[安拳|安全]关。
我们要弘扬[优良传桶|优良传统]。
后勤部门[即时|及时]修复了破损路面。
学校积极[推近|推进]教育教学改革。
运动员们[奋力拼博|奋力拼搏]。
新生[报道|报到]现场井然有序。
社会[实贱|实践]团队深入乡村。
科技创新[能里|能力]显著增强。
`;

/** What is known to be missed: told here, so that the day it is found is noticed. */
const stillMissed = new Set<string>([]);

interface Typo {
  text: string;
  wrong: string;
  start: number;
  end: number;
  target: string;
}

const typos: Typo[] = hurried
  .trim()
  .split('\n')
  .map((line) => {
    const marked = [...line.matchAll(/\[([^|\]]+)\|([^\]]+)\]/g)].filter(
      ([, wrong, right]) => wrong !== right,
    );
    const plain = (pick: 1 | 2) =>
      line.replace(/\[([^|\]]+)\|([^\]]+)\]/g, (...groups) => String(groups[pick]));
    const wrong = marked[0]?.[1] ?? '';
    const text = plain(1);
    const start = text.indexOf(wrong);
    return { text, wrong, start, end: start + wrong.length, target: plain(2) };
  });

const stage = buildSpellingStage();

describe('mistakes of a hurried newsroom', () => {
  it.each(typos.filter(({ wrong }) => !stillMissed.has(wrong)))('$text', ({ text, start, end }) => {
    const findings = stage.run(checkInput({ body: text })).findings;
    const here = findings.filter(({ place }) => place.start < end && start < place.end);
    expect(here, JSON.stringify(findings)).toHaveLength(1);
    expect(findings).toHaveLength(1);
  });

  it('are put right by the suggestion', () => {
    const wrongly = typos.filter(({ text, target, wrong }) => {
      const corrected = stage
        .run(checkInput({ body: text }))
        .findings.toSorted((a, b) => b.place.start - a.place.start)
        .reduce(
          (so, { place, suggestion }) =>
            suggestion === null ? so : so.slice(0, place.start) + suggestion + so.slice(place.end),
          text,
        );
      return corrected !== target && !stillMissed.has(wrong);
    });
    expect(wrongly).toEqual([]);
  });
});
