/** The hundred and some commonest surnames: what follows one, and looks like a given name, is nobody's typing mistake. */
const surnames =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边';
const titles =
  '同志|教授|副教授|老师|同学|书记|副书记|主任|副主任|校长|副校长|院长|副院长|处长|副处长|部长|副部长|科长|主席|副主席|院士|博士|硕士|先生|女士|研究员|副研究员|工程师|辅导员|会长|秘书长|理事长|董事长|总经理|经理|记者|局长|市长|省长|厅长|主编|编辑|代表|医生|护士';
const deeds =
  '表示|介绍|指出|强调|说|认为|提出|主持|宣读|致辞|讲话|发言|出席|参加|带领|率|作|为|向|在|从|围绕|回顾|分享|讲述|告诉|代表|荣获|获|当选|担任|任|陪同|一行|等|领衔|带队|撰|摄|供稿|文';

const given = '[\\u4e00-\\u9fa5]';
const edge = '[\\s，。、；：（）()《》“”\\n/|·•]';
const patterns = [
  new RegExp(`(?<![\\u4e00-\\u9fa5])[${surnames}]${given}{1,2}(?=${titles}|${deeds}|${edge}|$)`, 'gu'),
  new RegExp(
    `(?:${titles}|学生|教师|党员|作者|通讯员|记者|主持人|负责人|班长|队长|队员|选手|嘉宾)[：:]?[${surnames}]${given}{1,2}(?=${titles}|${deeds}|${edge}|$)`,
    'gu',
  ),
  new RegExp(`[${surnames}]${given}{1,2}(?=${titles})`, 'gu'),
];
/** 俄克拉荷马, 查士丁尼, 东布罗夫斯基斯: characters that write foreign names, four or more in a row. */
const foreign =
  /[阿埃艾安昂奥巴班邦保贝本比彼宾波伯勃博布查达大戴丹道德登迪蒂丁东杜多顿恩尔法菲费芬佛夫弗福盖甘冈戈格葛古圭哈海汉荷赫亨华怀霍基吉加贾杰捷金卡凯坎康考柯科克肯库夸昆拉莱赖兰朗劳勒雷黎里理利莉林隆卢鲁伦罗洛马玛麦曼芒梅门蒙米密明摩莫默姆穆纳娜奈南尼涅宁纽努诺欧帕潘佩彭皮平珀普齐奇乔切琴丘日瑞萨塞赛桑瑟森沙山舍圣施史士斯丝苏索塔泰坦汤特廷托瓦旺威韦维魏文翁沃乌武西希锡夏香肖谢辛休叙雪雅亚扬耶叶伊因尤于约泽扎詹朱兹祖佐]{4,}|[\u4e00-\u9fa5]+·[\u4e00-\u9fa5·]+/gu;

export interface Span {
  start: number;
  end: number;
}

/** Where names of persons stand, as far as form and neighbours tell. Some that are none are among them. */
export function findPersonNames(text: string): Span[] {
  return [...patterns, foreign].flatMap((expression) =>
    Array.from(text.matchAll(expression), ({ 0: found, index }) => ({
      start: index,
      end: index + found.length,
    })),
  );
}
