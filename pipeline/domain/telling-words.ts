/**
 * Which words tell one matter from another, where two texts are otherwise alike. Lists of plain language, of no opinion and of
 * nobody: numbers, places, times and denials on one side; courtesy, degree and connecting words on the other.
 */

/** Words that may be exchanged, left out or added without saying anything else. */
const loose = new Set(
  `的 地 得 了 着 过 吧 呢 啊 呀 吗 嘛 啦 哦 哈 哎 唉 嗯 哇 诶 么 之 所 而 与 和 及 或 并 且 就 都 也 还 又 再 才 很 太 真 最 更 挺 蛮 超 是 在 有 把 被 让 使 给 对 对于 向 从 由 以 为 因 因为 所以 于是 由于 既然 那么 这么 这样 那样 这个 那个 这些 那些 这种 那种 这 那 其 此 该 本 我 我们 咱们 咱 你 你们 您 大家 各位 自己 人家 有人 他们 它
非常 特别 十分 相当 极其 尤其 实在 真的 的确 确实 其实 根本 简直 完全 几乎 差不多 大概 可能 也许 似乎 好像 一直 总是 老是 经常 时常 常常 往往 有时 有时候 偶尔 已经 曾经 刚刚 刚才 终于 依然 仍然 仍旧 还是 还有 而且 并且 同时 另外 此外 以及 但是 可是 不过 然而 只是 却 虽然 尽管 即使 如果 要是 假如 只要 只有 除非 无论 不管 不仅 不但 不只 甚至 居然 竟然 果然 反正 毕竟 究竟 到底 难道 一下 一点 一些 一样 一起 一定 一般 一个 一种 一次 一旦 一边 一会 一会儿 有点 有点儿 有些 有的 多么 如此 比较 稍微 略微 特意 专门 顺便 赶紧 赶快 尽快 尽早 马上 立刻 立即 及时 早日 快点 速度
觉得 感觉 认为 以为 想 想要 希望 盼望 期望 期待 恳请 恳求 请 请求 请问 麻烦 拜托 求 求助 求求 建议 反映 反应 反馈 投诉 提 提出 提个 说 说说 讲 讲讲 问 问问 问一下 看 看看 看到 听说 据说 知道 了解 关注 重视 考虑 解决 处理 改善 改进 改正 整改 优化 完善 安排 落实 帮忙 帮 帮助 谢谢 感谢 多谢 谢 辛苦 您好 你好 尊敬 学校 校方 有关 有关部门 相关 相关部门 部门 方面 情况 问题 事情 事 毛病 现象 时候 地方 东西 能 能否 能够 可以 可否 是否 应该 应当 需要 必须 要 会 做 做到 进行 给予 予以 出现 发生 存在 成为 造成 导致 影响 到 来 去 上来 下来 起来 出来 过来 里 里面 中 当中 之中 内 多 许多 很多 好多 大量 不少 几 每 各 个 次 点 些 种 件
转 转发 扩散 速看 快看 求转 求扩散 顶 支持 同意 赞同 附议 同问 蹲 路过 围观 必看 重要 紧急 置顶 话题 微博 原文 转自 来自 分享 全文 展开 链接 网页 图片 哈哈 哈哈哈 呜呜 呵呵 嘻嘻 太太 好好 别人 特地 分别 个别 区别 级别 非 常 尤为 格外 分外 异常 万分 极为 颇 甚 颇为 多少 怎么 怎样 怎么样 如何 为什么 为何 什么 哪些 谁 无比 无疑 不禁 不由得 不得不 始终 原本 本来 原来 答复 回复 回应 说法 早些 早点 愈来愈 越来越 发现 看见 物品 无比 万分 请教 叫 叫做 名为 以前 之前 之后 以后 后来 今日 日常 生活 服务 吐槽`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

export function isLooseWord(word: string): boolean {
  return loose.has(word);
}

const denials = new Set('不没无未勿莫别非');
const numbers = new Set('0123456789零〇一二两三四五六七八九十百千万亿半双第单首');
const sides = new Set('东西南北男女早晚昨今明前后上下左右初末旧新内外有');
const endsOfPlaces = /.[楼堂馆区园院系部处室站门路街湖场厅舍号层栋幢座]$/;

/** Characters by which one matter is told from another when they are exchanged. */
const things = new Set(
  '水电网饭菜汤面米肉鱼蛋油盐床灯门窗锁桌椅柜墙厕浴澡衣鞋车票卡钱费书课考试分数学英语史化物文理工医法商热冷暖凉快慢多少高低贵贱好坏脏净开关停修买卖进出来去大小长短远近轻重春夏秋冬雨雪风晴猫狗鼠虫蚊',
);

/** How many denials a text holds, of whatever wording. */
export function countDenials(characters: string): number {
  return count(characters, (one) => denials.has(one));
}

export function countNumbers(characters: string): number {
  return count(characters, (one) => numbers.has(one));
}

const tells = (one: string) => numbers.has(one) || sides.has(one) || things.has(one);

/** Does something that tells matters apart stand where another such thing stood? */
export function isOpposed(gone: string, come: string): boolean {
  return count(gone, tells) > 0 && count(come, tells) > 0;
}

export function namesPlace(word: string): boolean {
  return endsOfPlaces.test(word);
}

function count(characters: string, holds: (one: string) => boolean): number {
  let found = 0;
  for (const one of characters) if (holds(one)) found += 1;
  return found;
}
