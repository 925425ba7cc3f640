import { type Chance, pick } from './chance.ts';

const words = (text: string): readonly string[] => text.split(' ');
const numbers = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

const dishes = words(
  '酸汤肥牛 土豆粉 小馄饨 麻辣香锅 鸡公煲 盖浇饭 兰州拉面 石锅拌饭 黄焖鸡 热干面 烤冷面 番茄炒蛋 红烧茄子 糖醋里脊 螺蛳粉 煎饼果子 豆腐脑 羊肉泡馍',
);

const fillings: Record<string, readonly string[]> = {
  ...{ n14: numbers(1, 4), n58: numbers(5, 8), n29: numbers(2, 9), n69: numbers(6, 19) },
  percent: words('百分之五 百分之十 百分之二十 百分之三十 百分之四十 一半 百分之六十'),
  floor: words('一楼 二楼 三楼 四楼 五楼 六楼 二层 三层 四层 五层'),
  clock: words(
    '七点半 八点 十点 十一点 十二点 一点多 四点 六点 七点 八点半 九点 九点半 十点半 十一点半 半夜',
  ),
  yuan: words('8块 9块5 11块 12块5 13块 15块 16块8 18块 21块 23块 26块'),
  ...{ dish: dishes, dish2: dishes },
  canteen: words('一食堂 二食堂 三食堂 清真食堂 教工食堂 一食堂二楼 二食堂一楼 北区食堂 南区小食堂'),
  house: words(
    '北区3号楼 北区5号楼 北区7号楼 南区1号楼 南区4号楼 南区6号楼 东苑2栋 东苑5栋 西区2号楼 西区8号楼 研究生公寓 梅园 竹园',
  ),
  course: words(
    '高数 线代 大物 古代文学 教育学 心理学 有机化学 数据结构 马原 英语听力 现代汉语 解剖学 概率论 美术史 会计学 体育',
  ),
  course2: words('毛概 政治经济学 普通话 离散数学 分析化学 电路 训诂学 测量学 乐理 统计学 写作课 实变函数'),
  place: words(
    '银杏路 人工湖 东门 北门 操场 体育馆 教学楼A座 实验楼 图书馆门口 钟楼 文化广场 小树林 快递站 大礼堂 行政楼',
  ),
  club: words('街舞社 吉他社 话剧社 合唱团 辩论队 摄影社 轮滑社 志愿者协会 书法社 天文社'),
};

const slot = /\{(\w+)\}/g;

/** @throws Error for a slot that nothing fills */
export function fillSlots(text: string, chance: Chance): string {
  return text.replace(slot, (_, name: string) => {
    const from = fillings[name];
    if (from === undefined) throw new Error(`nothing fills {${name}} of: ${text}`);
    return pick(from, chance);
  });
}
