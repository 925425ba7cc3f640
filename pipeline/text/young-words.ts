/** Everyday words that are younger than the segmenter's dictionary, which cuts them apart. Two or three characters each. */
const youngWords: ReadonlySet<string> = new Set(
  `微博 微信 微商 抖音 快手 知乎 豆瓣 淘宝 拼多多 支付宝 朋友圈 公众号 小程序 二维码 直播间 弹幕 主播 网课 慕课 网购 快递柜 外卖 打卡 点赞 追剧 刷题 刷屏
  刷脸 刷课 考研 保研 读研 读博 考公 选课 逃课 学霸 学渣 团建 内卷 躺平 摸鱼 高铁 地铁 共享 充电宝 体测 核酸 口罩`.split(
    /\s+/,
  ),
);

/** Does a young word stand across this boundary? */
export function cutsYoungWord(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return false;
  if (at <= 0 || at >= text.length) return false;
  return (
    youngWords.has(text.slice(at - 1, at + 1)) ||
    youngWords.has(text.slice(Math.max(0, at - 2), at + 1)) ||
    youngWords.has(text.slice(at - 1, at + 2))
  );
}
