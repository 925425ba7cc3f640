/**
 * Words that carry tone, written by hand; strength 1 (a shade) to 3 (strong). Simplified and in lower case, as a
 * normalised text is. Change the version with the words: every verdict is stamped with it.
 */
export const toneLexiconVersion = 'tone-3';

const list = (words: string): readonly string[] => words.trim().split(/\s+/);

const positive: Record<1 | 2 | 3, readonly string[]> = {
  1: list(`好 不错 还行 可以 方便 干净 整洁 整齐 安静 宽敞 明亮 热情 耐心 细心 周到 贴心 用心 认真 负责 及时 快捷 顺利 顺畅 流畅 稳定
    实惠 便宜 划算 优惠 公道 合理 新鲜 健康 舒服 舒适 温暖 暖和 凉快 香 甜 美味 好吃 好喝 好用 好听 好看 好玩 好笑 漂亮 好看 可爱 帅 帅气 美 美丽
    有趣 有意思 期待 希望 盼望 愿 愿意 支持 赞同 同意 相信 信心 努力 加油 进步 提高 改善 提升 成功 成长 收获 学到 充实 丰富 精彩 生动
    友好 善良 真诚 诚恳 礼貌 文明 和谐 和睦 平安 安全 放心 安心 轻松 悠闲 自在 自由 阳光 晴朗 清新 清爽 轻快 高兴 快乐 开心 欢乐 愉快
    喜欢 爱 热爱 喜爱 想念 珍惜 感动 幸运 顺心 如意 满意 知足 欣慰 值得 推荐 适合 划得来 靠谱 高效 迅速 优质 优秀 厉害 聪明 机智
    嘻嘻 哈哈 嘿嘿 呵护 陪伴 团圆 团聚 浪漫 幽默 温柔 温馨 熟悉 亲切 亲爱 宝贝 朋友 梦想 勇敢 坚强 坚持 乐观 积极 向上 笑容 笑脸
    春天 鲜花 拥抱 亲亲 爱心 鼓掌 握手 强 ok good nice 棒棒 给力 享受 美好 祝 祝福 祝贺 恭喜 庆祝 生日快乐 节日快乐 早安 晚安
    奋斗 荣幸 荣誉 光荣 骄傲 自豪 英雄 胜利 夺冠 冠军 赢 获奖 得奖 入选 晋级 治愈 康复 痊愈 恢复 好转 解决 谢谢 感谢 多谢 谢 致谢 报答 心意
    风味 乐趣 小巧 好书 首选 一流 物有所值 超值 轻便 独特 奢华 魅力 回味 值得一看 神速 优美 适中 朴实 性价比 盛宴 精心 细腻 不见不散
    齐全 特点 福利 美景 迫不及待 活力 风情 大奖 够用 很快 足够 奖品 宁静 珍藏 爽 休闲 新年快乐 壮观 便利 大气 震撼 挺不错 氛围 优雅 圆满
    有幸 智慧 创意 最佳 不愧 唯美 得意 准时 亲密 过瘾 极致 享受 造型 才华 完整 难忘 景色 美妙 吉祥 向往 柔软 性感 友谊 小王子 兔子 彩虹
    准确 成熟 调皮 热闹 充分 珍贵 和平 洋气 诱人 送给 欢迎 憧憬 受益匪浅 爱不释手 启发 尽情 挺好吃 早上好 开花 身体健康 一如既往 喽 耶 嘿 偷笑 馋嘴 羞
    爱你 可爱 太开心 嘻 心 威武 抱抱 福 蛋糕 礼物 好运 中奖 分享 美女 帅哥 女神 男神 偶像 吉他 演唱会 歌声 春光 樱花 晴天 蓝天 阳光明媚
    利索 暖 扎实 夸 夸奖 称赞 称道 亮堂 安逸 不赖 不孬 下饭 过瘾 燃 解放 真鲜 鲜 一流 录取 上岸 到位 麻利 踏实 走心 出圈 上头 治愈系 倍儿棒 杠杠的 得劲 攒劲 中意
    美食 大餐 惊艳 惬意 正能量 真好 挺好 蛮好 很好 太好了 好棒 好美 好看 加分 实用 耐用 结实 正品 清晰 灵敏 简洁 大方 精致 时尚 经典`),
  2: list(`很棒 真棒 太棒 棒 赞 点赞 超赞 好评 优秀 出色 卓越 完美 精美 惊喜 喜悦 兴奋 激动 幸福 甜蜜 感恩 敬佩 佩服 钦佩 致敬 敬意 崇拜
    最爱 超爱 深爱 心爱 爱死 爱你 爱你们 么么哒 比心 美滋滋 开心 高兴 快乐 欢喜 欢快 哈哈哈 哈哈哈哈 嘻嘻 太阳 鲜美 好极了 喜欢 好喜欢 好幸福 好开心 美丽
    值得信赖 物美价廉 物超所值 性价比高 服务好 态度好 赏心悦目 心旷神怡 回味无穷 流连忘返 无微不至 满满 动人 迷人 惹人爱 辉煌 伟大 崇高 给力 牛 牛逼 nb
    yyds 绝绝子 神仙 封神 真香 良心 宝藏 种草 安利 萌 萌萌 萌萌哒 心动 耶 太美 太帅 加油 威武 霸气 了不起 大赞 顶呱呱 欣喜 欣赏 喜爱 疼爱`),
  3: list(
    `太棒了 完美无缺 无可挑剔 爱死了 幸福死了 美哭 感激不尽 感激 五星好评 强烈推荐 力荐 满分 一级棒 最棒 最好 赞赞赞 喜出望外 心满意足 欣喜若狂 热泪盈眶 无与伦比`,
  ),
};

const negative: Record<1 | 2 | 3, readonly string[]> = {
  1: list(`坏 差 慢 贵 脏 乱 吵 旧 破 臭 酸 苦 冷 凉 挤 难 累 困 饿 痛 疼 烦 闷 丑 假 弱 烂 笨 傻 呆 怕 慌 急 愁 忧 怪 怨 悔 泪 哭 呜 唉 哎 晕 汗 衰 囧 悲 哀 恨 怒
    不好 不行 不便 不足 不够 不想 不爽 不满 不安 不适 不幸 不公 不平 不值 不如 不敢 没用 没人 没有用 无奈 无语 无聊 无助 无力 无情 麻烦 困难 艰难 问题 故障 毛病
    缺点 缺陷 错误 失误 失败 失望 失落 失眠 失去 遗憾 可惜 可怜 抱歉 道歉 担心 担忧 忧虑 忧郁 焦虑 紧张 害怕 恐惧 恐慌 可怕 吓人 惊吓 尴尬 丢脸 丢人 羞愧 后悔
    难受 难过 难吃 难喝 难看 难听 难用 伤心 伤感 心酸 心疼 心痛 心累 心烦 心碎 寂寞 孤独 孤单 冷漠 冷淡 敷衍 推诿 推脱 拖延 拖拉 拥挤 堵 堵车 排队 太慢 太贵 太差
    漏水 停水 停电 断网 断电 掉线 卡顿 死机 异味 发霉 蟑螂 老鼠 苍蝇 头发 噪音 吵闹 投诉 抱怨 抗议 举报 维权 退款 退货 迟到 延误 取消 罚款 收费 涨价
    感冒 发烧 咳嗽 生病 头疼 头痛 胃疼 牙疼 病 住院 病毒 疫情 感染 确诊 去世 逝世 离世 牺牲 死亡 遇难 死 分手 失恋 吵架 争吵 打架 骂 欺负 欺骗 骗 骗人 忽悠 谎言 撒谎 虚假
    累死 热死 冷死 饿死 困死 疼死 烦死 气死 笑死人 要命 糟 糟糕 倒霉 完蛋 惨 悲剧 悲伤 悲哀 痛苦 绝望 崩溃 抑郁 压抑 沮丧 消沉 低落 迷茫 空虚 疲惫 疲倦 辛苦
    讨厌 厌恶 反感 嫌弃 鄙视 蔑视 无视 歧视 嘲笑 讽刺 批评 指责 谴责 质疑 怀疑 危险 威胁 危机 事故 灾难 地震 火灾 爆炸 车祸 贪官 腐败 强拆 城管
    可恶 可恨 可耻 可悲 可气 生气 气愤 愤怒 恼火 发火 火大 郁闷 纠结 蛋疼 坑 坑人 坑爹 山寨 劣质 粗糙 粗暴 简陋 破旧 陈旧 昏暗 潮湿 拉肚子 变质 过期 馊 硬 腻 油腻
    泪奔 流泪 哭泣 哭了 想哭 大哭 呜呜 呜呜呜 委屈 难熬 煎熬 折磨 受伤 受罪 受不了 忍不了 吃不消 抓狂 衰 悲催 苦逼 苦恼 无能 无耻 无赖 无理 没劲 没意思 没劲儿 不舒服 不开心 不高兴
    超时 较差 送错 很脏 太烂 太旧 太油 太久 太晚 太重 没法 再也 根本 严重 恐怖 变态 不合理 该死 耽误 过分 太过分 不敢恭维 噩梦 误导 不符 一般般
    一塌糊涂 不怎么样 乱七八糟 莫名其妙 浪费 混乱 勉强 不堪 折腾 忍受 费劲 拒绝 不理 竟然 居然 不该 毁 废 咸 糊 剩 没收 吵醒 催 搞错 弄丢 少送 漏送 洒
    诅咒 神经病 玩意 老子 老娘 不要脸 坏人 砍 打死 害 虐 污染 毒 有毒 过敏 头晕 憋 冻死 吓死 睡不着 失眠 心塞 心慌 眼泪 不在乎 孤零零 凭什么 怎么回事 怎么办 救命 可笑
    服务质量 一股 没吃过 隔音 凑合 霉味 烟味 一点点 返修 损失 抵制 反对 呵呵 唉 唉声叹气 呜 晕 鄙视 抓狂 黑线 伤 可怜 委屈 怒骂 生病 吐 衰 失望 悲伤 泪 蜡烛 弱
    离谱 崩 崩了 刁钻 三流 添堵 官僚 形式主义 摆设 心虚 删帖 烂透 缓冲 头皮发麻 硌 磕碜 烦躁 心焦 浇灭 凶 不快 乱套 扯皮 甩锅 糊弄 应付 折腾人 装死
    弱智 脑残 白痴 傻逼 傻b 煞笔 沙雕 二货 呸 滚 滚蛋 去死 屎 屁 狗屁 放屁 扯淡 鬼 靠 擦 尼玛 妈的 他妈 他妈的 妈蛋 卧槽 操 草 md tmd sb`),
  2: list(`难吃 难闻 恶心 恶劣 很差 太差 极差 差劲 差评 垃圾 渣 破烂 稀烂 坑爹 骗子 欺诈 诈骗 黑心 无良 奸商 霸王 乱收费 不负责任 不负责 不作为 没人管 态度差 爱答不理 不耐烦
    失望 绝望 崩溃 心寒 寒心 愤怒 气愤 气死 气死我了 怒 怒骂 愤慨 悲愤 痛恨 憎恨 仇恨 讨厌 厌恶 恶毒 残忍 残酷 惨死 惨烈 凄惨 悲惨 悲痛 哀悼 痛心 心碎 泪流满面 痛苦
    傻逼 傻x 煞笔 贱 贱人 王八蛋 混蛋 畜生 禽兽 人渣 败类 流氓 无耻 卑鄙 丧心病狂 丢人现眼 滚 妈的 他妈的 尼玛 tmd 狗屁 脑残 弱智 坑人 后悔 白痴 上当 上当受骗 糟糕 糟透 倒霉
    受不了 忍无可忍 无法忍受 岂有此理 气人 火大 郁闷 烦死 烦死了 抓狂 悲剧 悲哀 没法用 用不了 打不开 修不好 质量差 不值得 不推荐 不会再来 难受 伤心 难过 可恶 可怕 可耻 可恨 蜡烛 衰 吐 呕吐 反胃 想吐 害人`),
  3: list(
    `垃圾透顶 差到极点 恶心死了 恶心透顶 令人发指 惨不忍睹 天理难容 罪大恶极 烂透了 烂到家 深恶痛绝 一无是处 千万别 千万不要 再也不 最差 最烂 最恶心 难吃死了 难吃得要命 气炸 气炸了`,
  ),
};

/** Emoji and the names of bracketed emoticons that say more than their character does. */
const emoji: Readonly<Record<string, number>> = {
  '😀': 2,
  '😁': 2,
  '😂': 0.5,
  '😃': 2,
  '😄': 2,
  '😊': 2,
  '😍': 3,
  '🥰': 3,
  '😘': 2,
  '😋': 2,
  '👍': 2,
  '👏': 2,
  '💪': 1,
  '🎉': 2,
  '❤': 2,
  '💕': 2,
  '🌹': 1,
  '😡': -3,
  '😠': -3,
  '🤬': -3,
  '😤': -2,
  '😢': -2,
  '😭': -1,
  '😞': -2,
  '😔': -2,
  '😩': -2,
  '😫': -2,
  '🤮': -3,
  '👎': -2,
  '💔': -2,
  '🙄': -2,
  '🎊': 2,
  '🥳': 2,
  '🤗': 2,
  '💯': 2,
  '🔥': 1,
  '✨': 1,
  '👌': 1,
  '😆': 2,
  '😎': 1,
  '🤣': 0.5,
  '😅': -1,
  '😒': -2,
  '😓': -1,
  '😰': -1,
  '😱': -1,
  '🥲': -1,
  '🤦': -1,
  '🙂': -0.5,
};

const negations = list(
  `不 没 没有 别 未 无 非 莫 勿 不是 不会 不能 不要 不够 不太 不算 不怎么 并不 并不是 并非 从不 从未 从来不 毫无 毫不 绝不 决不
  难以 缺乏 缺少 谈不上 算不上 称不上 不再 没什么 没那么 未曾 说不上 算不得 莫得 没得 唔 勿 冇`,
);

const degrees: readonly (readonly [number, readonly string[]])[] = [
  [
    1.5,
    list(`非常 特别 十分 极其 极 太 超 超级 真 真是 真的 实在 简直 相当 格外 尤其 最 好 巨 贼 死 万分 无比 如此 这么 那么 多么
    完全 根本 绝对 忒 倍儿 贼拉 老 爆 可真 邪气 霸蛮 死了`),
  ],
  [1.25, list('很 挺 蛮 够 更 更加 越来越 越')],
  [0.7, list('有点 有点儿 有些 稍 稍微 略 略微 比较 还 一点 一些 几乎 差点')],
];

/** Those that turn only where they open a clause (就是, 结果) are in tone-openers.ts. */
const contrasts = list('但 但是 可是 不过 然而 却 偏偏 反而');
const concessions = list('虽然 虽 尽管 虽说 固然 即使 即便 就算');
const rhetorical = list('难道 岂 何尝 何不 谁说');
const questions = list('吗 么');
const clauseEnds = [...', . ! ? ; 。 、 … ~ :'.split(' '), ' ', '\n'];

interface Company {
  before: ReadonlySet<string>;
  after: ReadonlySet<string>;
}

/** Beside one of these a word carries no tone. */
export const fixedCompany: ReadonlyMap<string, Company> = new Map([
  [
    '困难',
    {
      before: new Set(list('经济 家庭 生活 特别 就业')),
      after: new Set(list('学生 家庭 认定 补助 补贴 职工 群众 毕业生 新生 同学 等级 资助 群体')),
    },
  ],
  [
    '好',
    {
      before: new Set(
        list(`准备 写 做 办 修 弄 买 选 想 学 看 说 搞 装 带 放 拿 填 交 关 约 定 安排 商量 收拾 整理 保管 管 穿 戴 锁 存 备
        抓 落实 完成 收 调 排 打 讲 用 练 备份 保护 保存 计划`),
      ),
      after: new Set(list('想 像 多 久 几 长 怕 让 奇怪 几个 几次 几天 长时间 多人 不容易')),
    },
  ],
]);

/**
 * What a word does to the tone. `contrast`: what follows counts more than what came before; `concession`: its clause is
 * conceded; `rhetorical`: the denial is denied (难道不好吃). A word with both tone and degree is a degree before a word
 * with tone (好难吃), and speaks for itself elsewhere.
 */
export interface WordRole {
  /** −3 … 3; 0 for none. */
  tone: number;
  /** How much it strengthens or weakens the next word; 1 for not at all. */
  degree: number;
  part: 'plain' | 'negation' | 'contrast' | 'concession' | 'rhetorical' | 'question' | 'end' | 'exclamation';
}

function buildRoles(): ReadonlyMap<string, WordRole> {
  const roles = new Map<string, WordRole>();
  const add = (words: readonly string[], role: Partial<WordRole>): void => {
    for (const word of words) {
      roles.set(word, { ...(roles.get(word) ?? { tone: 0, degree: 1, part: 'plain' }), ...role });
    }
  };
  for (const strength of [1, 2, 3] as const) {
    add(positive[strength], { tone: strength });
    add(negative[strength], { tone: -strength });
  }
  for (const [character, tone] of Object.entries(emoji)) add([character], { tone });
  for (const [degree, words] of degrees) add(words, { degree });
  add(negations, { part: 'negation' });
  add(contrasts, { part: 'contrast' });
  add(concessions, { part: 'concession' });
  add(rhetorical, { part: 'rhetorical' });
  add(questions, { part: 'question' });
  add(clauseEnds, { part: 'end' });
  add(['!'], { part: 'exclamation' });
  return roles;
}

/** By word; one look-up tells all. */
export const roleOf: ReadonlyMap<string, WordRole> = buildRoles();
