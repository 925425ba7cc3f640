import type { Channel, CrawledChannel, Governance } from './channel.ts';
import { channelKindName, channelStateNames } from './channel-names.ts';
import { commentsGate } from './comments-gate.ts';
import { type GatheredPost, GatheredPost as GatheredSchema } from './post.ts';
import { answerWorkingDays } from './public-request.ts';
import { describeTerm, RetentionClass } from './retention-class.ts';
import { targetName } from './rule-life.ts';
import type { Settings } from './settings.ts';

interface NoticeSection {
  title: string;
  paragraphs: string[];
  /** Name and value. */
  rows: [string, string][];
}

/** The public notice 公开告知 (R14): every line is made from what runs, so that none can say what is not so. */
export interface PublicNotice {
  school: string;
  /** YYYY-MM-DD in Shanghai. */
  madeOn: string;
  settingsVersion: number;
  sections: NoticeSection[];
}

export interface NoticeFacts {
  settings: Settings;
  models: { version: string; heads: readonly string[] } | null;
  today: string;
}

/** Pure. */
export function buildNotice({ settings, models, today }: NoticeFacts): PublicNotice {
  const { governance } = settings;
  return {
    school: governance?.school ?? '（学校名称未填写）',
    madeOn: today,
    settingsVersion: settings.version,
    sections: [
      describeController(governance),
      describeChannels(settings.channels, governance, today),
      describeFields(),
      describeUse(settings.rules, models),
      describeRetention(),
      describeSafety(),
      describeYourWay(governance),
    ],
  };
}

const missing = '（未填写）';

/** What the school has not filled in yet, by the names that the notice gives it. */
export function listUnfilled({ sections }: PublicNotice): string[] {
  return sections.flatMap(({ rows }) => rows.filter(([, value]) => value === missing).map(([name]) => name));
}

function describeController(governance: Governance | null): NoticeSection {
  const assessment = governance?.impactAssessment ?? null;
  const contact = governance?.contact ?? null;
  return {
    title: '谁在处理',
    paragraphs: [],
    rows: [
      ['个人信息处理者', governance?.controller ?? missing],
      ['独立监督', governance?.independentReviewer ?? missing],
      ['联系电话', contact?.phone ?? missing],
      ['电子邮箱', contact?.email ?? missing],
      ['通信地址', contact?.post ?? missing],
      [
        '个人信息保护影响评估',
        assessment === null
          ? '没有有效的评估，不采集评论'
          : `${assessment.signedOn} 签署，${assessment.expiresOn} 到期`,
      ],
    ],
  };
}

const weiboDoors = {
  'open-platform': '微博开放平台接口（本校账号授权）',
  mobile: '本校账号登录后读取自己的页面',
  import: '由工作人员保存页面后导入',
} as const;

/** By which door a channel is read, in words. */
function doorOf(channel: CrawledChannel): string {
  switch (channel.kind) {
    case 'site':
      return `${channel.fetchedBy === 'browser' ? '以浏览器读取' : '读取'}公开网页：${channel.allow.map(({ host }) => host).join('、')}${channel.attachments ? '，含附件' : ''}`;
    case 'weibo':
      return weiboDoors[channel.door];
    case 'wechat':
      return channel.appId === undefined ? '工作人员登记的文章地址' : '公众号官方接口（本校账号授权）';
    case 'feed':
      return channel.feed.from === 'own' ? '本校订阅源' : '由本校账号生成的订阅源';
  }
}

const readStates: readonly Channel['state'][] = ['trial', 'live'];

function describeChannels(
  channels: readonly Channel[],
  governance: Governance | null,
  today: string,
): NoticeSection {
  const read = channels
    .filter((one) => one.kind !== 'manual')
    .filter(({ state }) => readStates.includes(state));
  const gate = commentsGate(governance, today);
  const comments = gate.open
    ? `网民在这些渠道上对本校内容的公开评论，采集至 ${gate.endsOn} 为止。`
    : '目前不采集任何评论。';
  return {
    title: '读取哪些渠道',
    paragraphs: [
      '只读取学校自己的渠道；不按关键词搜索，不读取他人主页，不进入任何群组。',
      comments,
      ...(read.length === 0 ? ['目前没有读取任何渠道。'] : []),
    ],
    rows: read.map((channel) => {
      const withComments = 'comments' in channel && channel.comments && gate.open ? '，含评论' : '';
      const kind = channelKindName(channel.kind);
      return [
        channel.name,
        `${kind}（${channelStateNames[channel.state]}）：${doorOf(channel)}${withComments}`,
      ];
    }),
  };
}

/** A field that is added to what is kept must be told here, or this does not compile. */
const fieldNames: Record<keyof GatheredPost, string> = {
  channelId: '所在渠道',
  kind: '类型（文章、微博、评论、线索）',
  externalId: '平台对这条内容的编号',
  url: '公开地址',
  parentId: '所回复内容的编号',
  rootId: '所在话题串的编号',
  title: '标题',
  text: '正文（对他人的提及已遮盖）',
  publishedAt: '发布时间',
  publishedPrecision: '发布时间的精度',
  metrics: '转发、评论、点赞、阅读数',
  links: '文中链接',
  attachments: '附件名称与地址',
  images: '学校自有文章中图片的地址',
  official: '是否学校官方账号发布',
};

function describeFields(): NoticeSection {
  const fields = Object.keys(GatheredSchema.shape) as (keyof GatheredPost)[];
  return {
    title: '保存哪些内容',
    paragraphs: [
      `每条内容只保存：${fields.map((field) => fieldNames[field]).join('、')}。`,
      '不保存发布者的任何身份信息：昵称、头像、账号编号、性别、地区、简介在读取时即丢弃，也不保存由其生成的任何标识。因此本系统不能按人查找、排列或统计，也不与学生、教职工名册比对。',
    ],
    rows: [],
  };
}

function describeUse(rules: Settings['rules'], models: NoticeFacts['models']): NoticeSection {
  const counts = new Map<string, number>();
  for (const rule of rules) {
    if (rule.state !== 'live') continue;
    const name = targetName(rule.target);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return {
    title: '用来做什么',
    paragraphs: [
      '为了及时答复诉求、发现人身安全危险、查出个人信息泄露和网页篡改、更正学校自己的差错。批评和意见按服务诉求处理，由有关单位答复；系统没有政治观点、立场一类的分类。',
      '系统只提出建议，每件事由具名工作人员决定；不自动回复，不自动发布，也没有在平台上删除、隐藏评论或举报用户的功能。',
      models === null
        ? '目前没有使用统计模型，只用规则。'
        : `使用在本机运行的小型文本模型（版本 ${models.version}，用于：${models.heads.join('、')}），内容不送往任何外部模型服务。`,
    ],
    rows: [...counts].map(([name, n]) => [`${name}`, `启用规则 ${n} 条`]),
  };
}

const retentionNames: Record<RetentionClass, string> = {
  comment: '评论、线索摘要和引用它们的文字',
  noise: '广告和垃圾信息的文字',
  'own-article': '学校自己发布的文章',
  'raw-page': '未能识别的页面',
  record: '不含原文的办理记录',
  publication: '稿件及其审校记录（自办结之日起）',
  audit: '操作与阅读记录的附注',
};

function describeRetention(): NoticeSection {
  return {
    title: '保存多久',
    paragraphs: ['到期后文字、索引和快照一并清除，只留下不含原文的条目用于计数。'],
    rows: RetentionClass.options.map((one) => [retentionNames[one], describeTerm(one)]),
  };
}

function describeSafety(): NoticeSection {
  return {
    title: '人身安全',
    paragraphs: [
      '出现自伤危险的内容只由值班的心理中心或保卫处查看，宣传部门看不到原文。系统不查明发布者是谁，首先在原处给出求助信息。',
      '每次阅读评论原文都有记录，由独立监督查看。机关依法调取须有书面文书，逐条列明，经两人审批，并公布次数。',
    ],
    rows: [],
  };
}

function describeYourWay(governance: Governance | null): NoticeSection {
  const contact = governance?.contact ?? null;
  const ways = [
    contact?.phone ? `电话 ${contact.phone}` : null,
    contact?.email ? `电子邮件 ${contact.email}` : null,
    contact?.post ? `来信 ${contact.post}` : null,
  ].filter((way) => way !== null);
  return {
    title: '异议与更正',
    paragraphs: [
      '您可以要求：更正对您留言的错误理解或答复、从本系统删除您的评论、今后不再处理您的内容、更正学校发布内容中的错误。不需要登录，也不需要提供姓名或证件。',
      `网上提交，或${ways.length === 0 ? '到学校宣传部门' : ways.join('、')}。${answerWorkingDays} 个工作日内书面答复并说明理由。`,
    ],
    rows: [],
  };
}
