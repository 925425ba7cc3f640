import type { GatheredItem } from '../pipeline/ports/post-store.ts';

/** A small generator of random numbers in [0, 1) that repeats from its seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const list = (words: string): readonly string[] => words.trim().split(/\s+/);

const parts: Record<string, readonly string[]> = {
  time: list(
    '今天 昨晚 早上 中午 下午 周末 这学期 上个月 刚刚 明天 期末前 每天晚上 国庆那几天 开学第一周 雨停以后',
  ),
  who: list(
    '我 室友 我们班 隔壁宿舍 辅导员 学长 同桌 社团的朋友 打饭的阿姨 一位老师 图书馆的志愿者 我妈 新生们 球队队长',
  ),
  place: list(
    '图书馆三楼 二食堂 操场 东区宿舍 教学楼门口 实验室 校医院 快递站 北门外面 体育馆 湖边的长椅 机房 阶梯教室',
  ),
  deed: list(
    '排了半小时的队 把作业写完了 遇到了高中同学 弄丢了校园卡 看了一场电影 跑了三公里 听了一个讲座 吃到了新出的面 选上了想要的课 修好了自行车 复习到很晚 拍了很多照片 收到了一封来信 参加了招聘会 打了一下午篮球',
  ),
  view: list(
    '感觉还不错 其实有点累 真的很开心 说不上好坏 比想象中简单 希望以后多一些 有点失望 味道一般 收获不少 就是人太多了 天气也刚刚好 心里踏实多了 有些不习惯 明年还想再来',
  ),
  end: list('。 ！ ～ …… 。 。 [哈哈] [泪] 😊 😂 ？ 。'),
  tail: list(
    '大家觉得呢 先这样吧 晚安 继续加油 有一起的吗 记录一下 不说了去上课了 就当锻炼身体 回头再补照片',
  ),
};

/** Invented posts of about 65 characters in everyday words, the same for the same seed. */
export function writePosts(count: number, seed: number): string[] {
  const random = seededRandom(seed);
  const pick = (name: string): string => {
    const words = parts[name] ?? [];
    return words[Math.floor(random() * words.length)] ?? '';
  };
  const sentence = (): string =>
    `${pick('time')}${random() < 0.7 ? pick('who') : '和'}${random() < 0.8 ? `在${pick('place')}` : ''}${pick('deed')}，${pick('view')}${pick('end')}`;
  return Array.from({ length: count }, () => {
    let post = sentence();
    while (post.length < 60) post += random() < 0.25 ? `${pick('tail')}，` : sentence();
    return post;
  });
}

/** As a source would hand them in, numbered; `benchPostId` tells their ids. */
export function gatherPosts(texts: readonly string[], start = 0): GatheredItem[] {
  return texts.map((text, index) => ({
    post: {
      channelId: 'bench',
      kind: 'comment' as const,
      externalId: String(start + index),
      url: '',
      parentId: null,
      rootId: null,
      title: '',
      text,
      publishedAt: null,
      publishedPrecision: null,
      metrics: {},
      links: [],
      attachments: [],
    },
    snapshotHash: null,
  }));
}

export const benchPostId = (index: number): string => `bench:comment:${index}`;
