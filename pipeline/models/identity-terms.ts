/**
 * Words that say which group somebody belongs to. The models read every one of them as the same symbol, so that none can
 * learn that a region, an ethnic group, a gender, a faith, a disability or a major is good or bad (R15); and no rule for a
 * category may contain one.
 *
 * Words of abuse are not here, although some began as names of groups: they are what the models should hear. Illnesses of
 * the mind are not here either: who writes of his depression may need help. Simplified, in lower case, as a normalised
 * text is. After a change, train again: the weights belong to the list.
 */
const list = (words: string): readonly string[] => words.trim().split(/\s+/);

export type IdentityGroup = 'region' | 'ethnicity' | 'gender' | 'religion' | 'disability' | 'major';

/** In Chinese order of provinces, then wider and foreign regions. */
const region = list(`
  北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南
  西藏 陕西 甘肃 青海 宁夏 新疆 香港 澳门 台湾
  广州 深圳 武汉 成都 西安 南京 杭州 苏州 郑州 长沙 沈阳 大连 哈尔滨 长春 济南 青岛 合肥 福州 厦门 南昌 昆明 贵阳 南宁 海口 兰州 西宁 银川
  乌鲁木齐 拉萨 呼和浩特 太原 石家庄 唐山 徐州 温州 宁波 无锡 佛山 东莞 潮汕 洛阳 莆田
  东北 华北 西北 西南 华东 华南 江南 南方 北方 西部 东部 沿海 山区 农村 乡下 乡村 城里 城市 县城 小镇 外地 外省 本地 本省
  美国 英国 法国 德国 俄罗斯 日本 韩国 朝鲜 印度 巴基斯坦 越南 泰国 缅甸 老挝 柬埔寨 蒙古国 尼日利亚 埃及 伊朗 巴西 哈萨克斯坦 印尼 马来西亚
  非洲 欧洲 亚洲 南美 中东 东南亚`);

/** The fifty-six, the short names in use, and what is said of descent. */
const ethnicity = list(`
  汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族
  拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族
  乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族
  蒙族 维族 哈族 少数民族 黑人 白人 黄种人 混血 华人 华裔 犹太人 阿拉伯人`);

const gender = list(`
  男生 女生 男孩 女孩 男孩子 女孩子 男同学 女同学 男人 女人 男性 女性 男的 女的 男士 女士 先生 小姐 小伙子 小姑娘 姑娘 小伙 妹子 汉子
  学长 学姐 学弟 学妹 师兄 师姐 师弟 师妹 哥哥 姐姐 弟弟 妹妹 爸爸 妈妈 父亲 母亲 儿子 女儿 大叔 大妈 叔叔 阿姨 爷爷 奶奶 大爷 大娘
  男友 女友 男朋友 女朋友 他 她 他们 她们 男 女
  同性恋 异性恋 双性恋 跨性别 无性恋 lgbt 男同 女同 同志`);

const religion = list(`
  佛教 道教 基督教 天主教 伊斯兰教 东正教 犹太教 印度教 佛教徒 道教徒 基督徒 基督教徒 天主教徒 伊斯兰教徒 东正教徒 犹太教徒 印度教徒
  穆斯林 信徒 教徒 居士 无神论者 信佛 信教`);

const disability = list(`
  残疾 残障 残疾人 肢体残疾 视障 视力障碍 盲人 听障 听力障碍 聋人 聋哑 聋哑人 言语障碍 口吃 坐轮椅 轮椅 拄拐 拄拐杖 智力障碍 自闭症 孤独症 唐氏
  唐氏综合征 阅读障碍 侏儒症 脑瘫 癫痫 色盲 色弱 白化病 失明 失聪`);

const major = list(`
  哲学 经济学 金融学 国际贸易 法学 社会学 社会工作 民族学 马克思主义理论 思政 教育学 学前教育 小学教育 特殊教育 体育教育 汉语言文学 英语 日语 俄语
  翻译 新闻学 广告学 传播学 历史学 考古学 数学 应用数学 物理学 化学 天文学 地理科学 大气科学 海洋科学 地质学 生物科学 生物技术 心理学 统计学
  力学 机械工程 机械 车辆工程 材料科学 材料 冶金工程 能源与动力 电气工程 电气 电子信息 通信工程 自动化 计算机 计算机科学 软件工程 软件
  人工智能 网络工程 网络空间安全 信息安全 物联网 土木工程 土木 水利工程 测绘工程 化学工程 化工 地质工程 采矿工程 纺织工程 轻化工程 交通工程 船舶
  航空航天 兵器科学 核工程 农业工程 林业工程 环境工程 生物医学工程 食品科学 食品 建筑学 建筑 城乡规划 风景园林 安全工程 消防工程 生物工程 刑侦
  公安学 农学 植物保护 园艺 动物科学 动物医学 兽医 林学 水产养殖 基础医学 临床医学 口腔医学 预防医学 中医学 中药学 药学 法医学 护理学 护理
  医学检验 管理科学 信息管理 工程管理 工商管理 市场营销 会计学 会计 财务管理 人力资源 旅游管理 行政管理 公共管理 图书馆学 档案学 物流管理 电子商务
  音乐学 音乐表演 舞蹈学 舞蹈 戏剧影视 表演 播音主持 动画 美术学 美术 设计学 视觉传达 服装设计 书法学 体育 文科 理科 工科 医科 艺术 师范 艺术生 体育生
  文科生 理科生 工科生 医学生 师范生`);

export const identityTerms: Readonly<Record<IdentityGroup, readonly string[]>> = {
  region,
  ethnicity,
  gender,
  religion,
  disability,
  major,
};
