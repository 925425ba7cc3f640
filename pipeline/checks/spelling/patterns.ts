/** Mistakes that need more than a list of words. */
export interface PatternHit {
  start: number;
  end: number;
  wrong: string;
  right: string;
  rule: string;
  /** In Chinese. */
  why: string;
}

interface Pattern {
  rule: string;
  expression: RegExp;
  right: (...groups: string[]) => string;
  why: string;
}

const patterns: readonly Pattern[] = [
  {
    rule: 'party-congress',
    expression: /(?<![全我本该])党(?=(?:十[五六七八九]|二十)(?:大(?!型)|届[一二三四五六七]中全会))/gu,
    right: () => '党的',
    why: '规范说法是“党的十九大”“党的二十大”，不省略“的”',
  },
  {
    rule: 'until-today',
    expression:
      /(?<=^|[\n。；，、：（(])截止(?=(?:到)?(?:目前|今[天日年]|昨[天日]|发稿|记者发稿|本[月周年]))/gu,
    right: () => '截至',
    why: '“截止”是到期停止；后面带时间宾语、事情仍在继续的，用“截至”',
  },
  {
    rule: 'log-in',
    // A typhoon lands, and so may troops; into a system one logs in.
    expression:
      /登陆(?=(?:[学本]校|学院|官方|教务|校园|图书馆|信息|网上|一站式|服务|报名|招生|就业|迎新|财务|科研|办公)*(?:网站|官网|网页|网址|系统|平台|页面|邮箱|账[号户]|公众号|小程序|门户|客户端|校园网|后台|APP))/gu,
    right: () => '登录',
    why: '进入网站、系统用“登录”；“登陆”是上岸',
  },
  {
    rule: 'doubled-particle',
    expression: /(?<![目标真有端打怕似是众鹄])的的(?![确士话]|黎波里)/gu,
    right: () => '的',
    why: '多写了一个“的”',
  },
  {
    rule: 'doubled-word',
    expression:
      /(?<=[\u4e00-\u9fa5])(?<!参|给|授|赋|相|予)与与(?=[\u4e00-\u9fa5])|(?<=[\u4e00-\u9fa5])及及(?=[\u4e00-\u9fa5])/gu,
    right: (found = '') => found.slice(0, 1),
    why: '多写了一个字',
  },
  {
    rule: 'adverbial-particle',
    // Only before a verb with 了 or 到, where nothing else can stand.
    expression:
      /(?<=极大|有力|圆满|顺利|成功|充分|深刻|清楚|清醒|全面|切实|积极|认真|深入|生动|详细|广泛|熟练|准确|及时)的(?=(?:完成|推动|提升|提高|促进|丰富|激发|增强|调动|发挥|展示|展现|介绍|讲解|讲述|阐述|分析|推进|开展|改善|保障|维护|回答|掌握|拓展|拓宽|鼓舞)了|(?:认识|体会|感受)到)/gu,
    right: () => '地',
    why: '修饰动词用“地”',
  },
  {
    rule: 'complement-particle',
    expression:
      /(?<=(?<![改转演多嬗渐突量质蜕可不所应善巨会能])变)的(?=更加|越来越|十分|非常)|(?<=(?<![明彰浅凸])显)的(?=格外|尤为|十分|更加|非常)/gu,
    right: () => '得',
    why: '后面是补语，用“得”',
  },
];

export function findPatterns(text: string): PatternHit[] {
  return patterns.flatMap(({ rule, expression, right, why }) =>
    Array.from(text.matchAll(expression), (match) => ({
      start: match.index,
      end: match.index + match[0].length,
      wrong: match[0],
      right: right(...match),
      rule,
      why,
    })),
  );
}
